// The bytes of a file as they were before packing: plain, gzip or zstd. One thread.
#pragma once

#include <accrue/result.hpp>

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

 private:
  explicit OpenFile(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}
  int fd_;
  std::string path_;
};

class ByteStream {
 public:
  virtual ~ByteStream() = default;
  /// Bytes unpacked, 0 at the end. Fails with corrupt where packed data is damaged or cut off.
  virtual Result<std::size_t> read(std::span<char> into) = 0;
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
