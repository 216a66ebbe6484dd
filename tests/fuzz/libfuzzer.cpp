// Gives one target (ACCRUE_FUZZ_TARGET) to libFuzzer.
#include "fuzz/targets.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  accrue::fuzz::ACCRUE_FUZZ_TARGET.run({reinterpret_cast<const char*>(data), size});
  return 0;
}
