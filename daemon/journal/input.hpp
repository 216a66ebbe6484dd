// Reading files of a journal: a buffer that is not zeroed first, and a file that is read at any
// place. One thread at a time.
#pragma once

#include <accrue/result.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

namespace accrue::journal {

/// Bytes that something is read or unpacked into, over and over. Begins at a multiple of 16.
class Buffer {
 public:
  /// Room for `size` bytes; what was there is gone.
  char* prepare(std::size_t size);
  /// How much of the room was filled.
  void set_size(std::size_t size) { size_ = size; }
  std::string_view bytes() const { return {room_.get(), size_}; }

 private:
  std::unique_ptr<char[]> room_;
  std::size_t capacity_ = 0;
  std::size_t size_ = 0;
};

class Input {
 public:
  /// Fails with not_found when there is no such file.
  static Result<Input> open(const std::filesystem::path& path);
  ~Input();
  Input(Input&& other) noexcept;
  Input& operator=(Input&& other) noexcept;

  /// Fills `into` with as many of the `size` bytes at `offset` as the file has.
  Result<void> read(std::uint64_t offset, std::size_t size, Buffer& into) const;
  Result<std::uint64_t> size() const;
  const std::filesystem::path& path() const { return path_; }

 private:
  Input(int descriptor, std::filesystem::path path)
      : descriptor_(descriptor), path_(std::move(path)) {}

  int descriptor_ = -1;
  std::filesystem::path path_;
};

}  // namespace accrue::journal
