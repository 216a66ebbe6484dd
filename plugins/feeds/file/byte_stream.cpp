#include "byte_stream.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace accrue::file_feed {
namespace {

class PlainStream final : public ByteStream {
 public:
  explicit PlainStream(OpenFile file) : file_(std::move(file)) {}
  Result<std::size_t> read(std::span<char> into) override { return file_.read(into); }

 private:
  OpenFile file_;
};

}  // namespace

Error system_error(std::string_view what, const std::string& path, int number) {
  return Error{ErrorCode::internal,
               std::string(what) + ' ' + path + ": " + std::generic_category().message(number)};
}

Result<OpenFile> OpenFile::open(const std::string& path, bool follow_link) {
  // Not blocking: a FIFO must not hold the feed before it is seen to be one.
  const int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | (follow_link ? 0 : O_NOFOLLOW);
  const int fd = ::open(path.c_str(), flags);
  if (fd < 0) return system_error("cannot open", path, errno);
  OpenFile file(fd, path);
  struct stat status {};
  if (::fstat(fd, &status) != 0) return system_error("cannot examine", path, errno);
  if (!S_ISREG(status.st_mode)) return reject(path + " is no regular file");
  return file;
}

OpenFile::OpenFile(OpenFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), path_(std::move(other.path_)) {}

OpenFile::~OpenFile() {
  if (fd_ >= 0) ::close(fd_);
}

Result<std::size_t> OpenFile::read(std::span<char> into) {
  for (;;) {
    const ssize_t size = ::read(fd_, into.data(), into.size());
    if (size >= 0) return static_cast<std::size_t>(size);
    if (errno != EINTR) return system_error("cannot read", path_, errno);
  }
}

Result<std::string> OpenFile::beginning(std::size_t most) const {
  std::string bytes(most, '\0');
  std::size_t have = 0;
  while (have < most) {
    const ssize_t size = ::pread(fd_, bytes.data() + have, most - have, static_cast<off_t>(have));
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return system_error("cannot read", path_, errno);
    if (size == 0) break;
    have += static_cast<std::size_t>(size);
  }
  bytes.resize(have);
  return bytes;
}

Packing packing_of(std::string_view name, std::string_view beginning) {
  if (name.ends_with(".gz")) return Packing::gzip;
  if (name.ends_with(".zst")) return Packing::zstd;
  if (beginning.starts_with("\x1f\x8b")) return Packing::gzip;
  if (beginning.starts_with("\x28\xb5\x2f\xfd")) return Packing::zstd;
  return Packing::none;
}

std::unique_ptr<ByteStream> plain_stream(OpenFile file) {
  return std::make_unique<PlainStream>(std::move(file));
}

Result<std::unique_ptr<ByteStream>> unpack(OpenFile file, Packing packing) {
  if (packing == Packing::gzip) return gzip_stream(std::move(file));
  if (packing == Packing::zstd) return zstd_stream(std::move(file));
  return plain_stream(std::move(file));
}

}  // namespace accrue::file_feed
