// The bytes of a file as they were before packing: plain, gzip or zstd. One thread.
#pragma once

#include <accrue/result.hpp>
#include <accrue/time.hpp>

#include <sys/stat.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace accrue::file_feed {

/// An open file; closed with the object.
class OpenFile {
 public:
  /// A regular file that is no symbolic link; `follow_link` lets links pass.
  static Result<OpenFile> open(const std::string& path, bool follow_link);

  OpenFile(OpenFile&& other) noexcept;
  OpenFile& operator=(OpenFile&&) = delete;
  ~OpenFile();

  /// Bytes read, 0 at the end.
  Result<std::size_t> read(std::span<char> into);
  /// The first `most` bytes; the reading place stays.
  Result<std::string> beginning(std::size_t most) const;

  /// This file, and no other, is what the path names.
  bool is_at(const std::string& path) const;
  /// It holds more than was read.
  Result<bool> has_grown() const;
  /// For how long its size and its time of change have been what they are: by that time, or by what
  /// was seen since it was opened, should the clock that wrote it go before ours.
  Result<std::chrono::milliseconds> unchanged_for(Timestamp now);

 private:
  explicit OpenFile(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}
  Result<struct stat> examine() const;
  int fd_;
  std::string path_;
  off_t read_ = 0;
  struct stat seen_ {};
  std::chrono::steady_clock::time_point seen_at_{};
};

/// Unpacks an open file. Its end is where it ends for now: a file that has grown is read on.
class ByteStream {
 public:
  explicit ByteStream(OpenFile file) : file_(std::move(file)) {}
  virtual ~ByteStream() = default;
  /// Bytes unpacked, 0 at the end. Fails with corrupt where packed data is damaged.
  virtual Result<std::size_t> read(std::span<char> into) = 0;
  /// Fails with corrupt when packed data may not end where it does.
  virtual Result<void> may_end() const { return ok(); }
  /// Lines appended to it later can be read as they come.
  virtual bool may_be_followed() const { return false; }
  OpenFile& file() { return file_; }
  const OpenFile& file() const { return file_; }

 protected:
  OpenFile file_;
};

enum class Packing { none, gzip, zstd };

/// By the ending of the name (.gz, .zst), otherwise by the first bytes.
Packing packing_of(std::string_view name, std::string_view beginning);

Result<std::unique_ptr<ByteStream>> unpack(OpenFile file, Packing packing);

// One for each packing, in a file of its own.
std::unique_ptr<ByteStream> plain_stream(OpenFile file);
Result<std::unique_ptr<ByteStream>> gzip_stream(OpenFile file);
Result<std::unique_ptr<ByteStream>> zstd_stream(OpenFile file);

/// The error of a system call, with the name of the thing: "cannot open /in/a: No such file …".
Error system_error(std::string_view what, const std::string& path, int number);

}  // namespace accrue::file_feed
