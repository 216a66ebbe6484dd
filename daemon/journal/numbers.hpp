// Numbers in the bytes of a file, little-endian as the machine is. Pure: any thread.
#pragma once

#include <bit>
#include <cstddef>
#include <cstring>
#include <string_view>

namespace accrue::journal {

static_assert(std::endian::native == std::endian::little, "journal files are little-endian");

/// REQUIRES: bytes has as many bytes from `at` on.
template <class T>
T load(std::string_view bytes, std::size_t at) {
  T value;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

/// REQUIRES: `out` has as much room from `at` on.
template <class T>
void save(char* out, std::size_t at, const T& value) {
  std::memcpy(out + at, &value, sizeof value);
}

}  // namespace accrue::journal
