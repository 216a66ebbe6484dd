#include "quarantine.hpp"

#include "byte_stream.hpp"
#include "folder.hpp"
#include "json_text.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <filesystem>
#include <utility>
#include <vector>

namespace accrue::file_feed {
namespace {

std::string line_of(const std::string& prefix, const Refused& refused) {
  std::string line = prefix + std::to_string(refused.message) +
                     ",\"line\":" + std::to_string(refused.line) + ",\"reason\":";
  append_quoted(line, refused.why.message);
  line += ",\"problems\":[";
  for (const Problem& problem : refused.why.problems) {
    if (line.back() != '[') line += ',';
    line += "{\"pointer\":";
    append_quoted(line, problem.pointer);
    line += ",\"code\":";
    append_quoted(line, problem.code);
    line += ",\"detail\":";
    append_quoted(line, problem.detail);
    line += '}';
  }
  line += "],\"raw\":";
  if (!append_quoted(line, refused.raw)) {
    line += ",\"raw_hex\":";
    append_hex(line, refused.raw);
  }
  return line + "}\n";
}

}  // namespace

Result<Quarantine> Quarantine::open(const std::string& data_folder, const std::string& file_name,
                                    const std::string& source) {
  const std::string folder = data_folder + "/quarantine";
  std::error_code failed;
  const bool made = std::filesystem::create_directories(folder, failed);
  if (failed) return system_error("cannot make the folder", folder, failed.value());
  if (made) {
    if (auto synced = sync_folder(data_folder); !synced) return synced.error();
  }
  const std::string path = folder + '/' + file_name + ".ndjson";
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0640);
  if (fd < 0) return system_error("cannot open", path, errno);
  std::string prefix = "{\"source\":";
  append_quoted(prefix, source);
  Quarantine quarantine(fd, path, prefix + ",\"message\":");
  if (auto read = quarantine.read_held(); !read) return read.error();
  if (auto synced = sync_folder(folder); !synced) return synced.error();
  return quarantine;
}

Quarantine::Quarantine(Quarantine&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      path_(std::move(other.path_)),
      prefix_(std::move(other.prefix_)),
      held_(std::move(other.held_)),
      unsynced_(other.unsynced_) {}

Quarantine::~Quarantine() {
  if (fd_ >= 0) ::close(fd_);
}

Result<void> Quarantine::read_held() {
  std::vector<char> piece(1 << 16);
  std::string rest;
  off_t whole = 0;
  off_t at = 0;
  for (;;) {
    const ssize_t size = ::pread(fd_, piece.data(), piece.size(), at);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return system_error("cannot read", path_, errno);
    if (size == 0) break;
    at += size;
    rest.append(piece.data(), static_cast<std::size_t>(size));
    std::size_t begin = 0;
    for (std::size_t end = 0; (end = rest.find('\n', begin)) != rest.npos; begin = end + 1) {
      const auto line = std::string_view(rest).substr(begin, end - begin);
      std::uint64_t message = 0;
      if (!line.starts_with(prefix_)) continue;
      const auto number = line.substr(prefix_.size());
      std::from_chars(number.data(), number.data() + number.size(), message);
      held_.insert(message);
    }
    whole += static_cast<off_t>(begin);
    rest.erase(0, begin);
  }
  if (!rest.empty() && ::ftruncate(fd_, whole) != 0) {
    return system_error("cannot cut the torn end off", path_, errno);
  }
  return ok();
}

Result<void> Quarantine::add(const Refused& refused) {
  if (!held_.insert(refused.message).second) return ok();
  const std::string line = line_of(prefix_, refused);
  for (std::string_view rest = line; !rest.empty();) {
    const ssize_t size = ::write(fd_, rest.data(), rest.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return system_error("cannot write", path_, errno);
    rest.remove_prefix(static_cast<std::size_t>(size));
  }
  unsynced_ = true;
  return ok();
}

Result<void> Quarantine::sync() {
  if (!unsynced_) return ok();
  if (::fdatasync(fd_) != 0) return system_error("cannot sync", path_, errno);
  unsynced_ = false;
  return ok();
}

}  // namespace accrue::file_feed
