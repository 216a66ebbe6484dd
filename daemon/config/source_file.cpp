#include "config/source_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace accrue::config {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

std::string why_not_opened(int error) {
  if (error == ELOOP) return "is a symbolic link; put the file itself here";
  if (error == ENOENT) return "does not exist; make it, or name another";
  if (error == ENXIO) return "is not a regular file";
  return std::string("cannot be opened: ") + std::strerror(error);
}

std::optional<std::string> read_all(int fd, std::size_t most_bytes) {
  std::string bytes;
  char block[16 * 1024];
  while (bytes.size() <= most_bytes) {
    const ssize_t got = ::read(fd, block, sizeof block);
    if (got == 0) return bytes;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::nullopt;
    bytes.append(block, static_cast<std::size_t>(got));
  }
  return bytes;
}

}  // namespace

std::optional<std::string> read_source(const std::filesystem::path& file, Problems& problems,
                                       std::size_t most_bytes) {
  const auto refuse = [&](std::string why) {
    problems.add({file.string(), 0, 0}, "unreadable_file", "the file " + std::move(why));
    return std::nullopt;
  };
  // Non-blocking, because opening a pipe would otherwise wait for its writer.
  const Descriptor opened(
      ::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  if (opened.get() < 0) return refuse(why_not_opened(errno));
  struct stat status {};
  if (::fstat(opened.get(), &status) != 0) return refuse("cannot be examined");
  if (S_ISDIR(status.st_mode)) return refuse("is a folder; a file of this name is expected");
  if (!S_ISREG(status.st_mode)) return refuse("is not a regular file");
  std::optional<std::string> bytes = read_all(opened.get(), most_bytes);
  if (!bytes) return refuse(std::string("cannot be read: ") + std::strerror(errno));
  if (bytes->size() > most_bytes) {
    return refuse("is larger than " + std::to_string(most_bytes / 1024) + " KiB; split it");
  }
  return bytes;
}

}  // namespace accrue::config
