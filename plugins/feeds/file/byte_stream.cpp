#include "byte_stream.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace accrue::file_feed {
namespace {

class PlainStream final : public ByteStream {
 public:
  using ByteStream::ByteStream;
  Result<std::size_t> read(std::span<char> into) override { return file_.read(into); }
  bool may_be_followed() const override { return true; }
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
  const auto status = file.examine();
  if (!status) return status.error();
  if (!S_ISREG(status->st_mode)) return reject(path + " is no regular file");
  file.seen_ = *status;
  file.seen_at_ = std::chrono::steady_clock::now();
  return file;
}

OpenFile::OpenFile(OpenFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      path_(std::move(other.path_)),
      read_(other.read_),
      seen_(other.seen_),
      seen_at_(other.seen_at_) {}

OpenFile::~OpenFile() {
  if (fd_ >= 0) ::close(fd_);
}

Result<std::size_t> OpenFile::read(std::span<char> into) {
  for (;;) {
    const ssize_t size = ::read(fd_, into.data(), into.size());
    if (size >= 0) {
      read_ += size;
      return static_cast<std::size_t>(size);
    }
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

Result<struct stat> OpenFile::examine() const {
  struct stat status {};
  if (::fstat(fd_, &status) != 0) return system_error("cannot examine", path_, errno);
  return status;
}

bool OpenFile::is_at(const std::string& path) const {
  struct stat named {};
  const auto own = examine();
  return own && ::lstat(path.c_str(), &named) == 0 && named.st_dev == own->st_dev &&
         named.st_ino == own->st_ino;
}

Result<bool> OpenFile::has_grown() const {
  const auto status = examine();
  if (!status) return status.error();
  return status->st_size > read_;
}

Result<std::chrono::milliseconds> OpenFile::unchanged_for(Timestamp now) {
  using std::chrono::milliseconds;
  const auto status = examine();
  if (!status) return status.error();
  const auto looked_at = std::chrono::steady_clock::now();
  if (status->st_size != seen_.st_size || status->st_mtim.tv_sec != seen_.st_mtim.tv_sec ||
      status->st_mtim.tv_nsec != seen_.st_mtim.tv_nsec) {
    seen_ = *status;
    seen_at_ = looked_at;
  }
  const auto changed =
      std::chrono::seconds(seen_.st_mtim.tv_sec) + std::chrono::nanoseconds(seen_.st_mtim.tv_nsec);
  return std::max(now.time_since_epoch() - std::chrono::duration_cast<milliseconds>(changed),
                  std::chrono::duration_cast<milliseconds>(looked_at - seen_at_));
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
