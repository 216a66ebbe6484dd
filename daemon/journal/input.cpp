#include "journal/input.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace accrue::journal {
namespace {

Error unreadable(const std::filesystem::path& path, int code) {
  ErrorCode kind = ErrorCode::internal;
  if (code == ENOENT) kind = ErrorCode::not_found;
  if (code == EMFILE || code == ENFILE) kind = ErrorCode::exhausted;
  return Error{kind, "cannot read journal segment " + path.string() + ": " +
                         std::generic_category().message(code)};
}

}  // namespace

char* Buffer::prepare(std::size_t size) {
  size_ = 0;
  if (size > capacity_) {
    room_ = std::make_unique_for_overwrite<char[]>(size);
    capacity_ = size;
  }
  return room_.get();
}

Result<Input> Input::open(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return unreadable(path, errno);
  return Input(descriptor, path);
}

Input::~Input() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Input::Input(Input&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)) {}

Input& Input::operator=(Input&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(path_, other.path_);
  return *this;
}

Result<void> Input::read(std::uint64_t offset, std::size_t size, Buffer& into) const {
  char* const bytes = into.prepare(size);
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got =
        ::pread(descriptor_, bytes + done, size - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return unreadable(path_, errno);
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  into.set_size(done);
  return ok();
}

Result<std::uint64_t> Input::size() const {
  struct ::stat info {};
  if (::fstat(descriptor_, &info) != 0) return unreadable(path_, errno);
  return static_cast<std::uint64_t>(info.st_size);
}

}  // namespace accrue::journal
