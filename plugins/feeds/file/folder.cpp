#include "folder.hpp"

#include "byte_stream.hpp"

#include <fcntl.h>
#include <fnmatch.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>

namespace accrue::file_feed {
namespace {

namespace fs = std::filesystem;

bool is_candidate(const std::string& name, const std::string& pattern) {
  if (name.starts_with('.') || name.ends_with(".tmp") || name.ends_with(".part")) return false;
  return ::fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
}

/// `wanted`, or "wanted.2", "wanted.3" … when that is taken.
fs::path free_name(const fs::path& wanted) {
  fs::path name = wanted;
  std::error_code ignored;
  for (int number = 2; fs::exists(fs::symlink_status(name, ignored)); ++number) {
    name = wanted.string() + '.' + std::to_string(number);
  }
  return name;
}

}  // namespace

Result<std::optional<std::string>> Folder::next() const {
  std::error_code failed;
  std::optional<std::string> first;
  fs::directory_iterator entries(path_, failed);
  for (; !failed && entries != fs::directory_iterator(); entries.increment(failed)) {
    std::string name = entries->path().filename().string();
    std::error_code gone;  // a file may vanish while the folder is read
    if (entries->symlink_status(gone).type() != fs::file_type::regular) continue;
    if (!is_candidate(name, pattern_) || (first && *first <= name)) continue;
    first = std::move(name);
  }
  if (failed) return system_error("cannot read the folder", path_, failed.value());
  return first;
}

Result<std::string> Folder::move(const std::string& name, const std::string& subfolder) const {
  const std::string folder = path_of(subfolder);
  std::error_code failed;
  if (fs::create_directory(folder, failed)) {
    if (auto synced = sync_folder(path_); !synced) return synced.error();
  }
  if (failed) return system_error("cannot make the folder", folder, failed.value());
  const fs::path moved = free_name(fs::path(folder) / name);
  fs::rename(path_of(name), moved, failed);
  if (failed) return system_error("cannot move to " + folder, path_of(name), failed.value());
  return moved.string();
}

Result<void> Folder::sync(const std::string& subfolder) const {
  if (auto synced = sync_folder(path_of(subfolder)); !synced) return synced;
  return sync_folder(path_);
}

Result<void> Folder::move_back(const std::string& moved, const std::string& name) const {
  // A link is not made over another file, as a rename would be.
  if (::link(moved.c_str(), path_of(name).c_str()) != 0) {
    return system_error("cannot move back to " + path_, moved, errno);
  }
  if (::unlink(moved.c_str()) != 0) return system_error("cannot remove", moved, errno);
  return ok();
}

std::string source_name(const std::string& file_name, std::string_view beginning) {
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a, 64 bits
  for (const char c : beginning) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  std::array<char, 20> text{};
  std::snprintf(text.data(), text.size(), "#%016llx", static_cast<unsigned long long>(hash));
  return file_name + text.data();
}

Result<void> sync_folder(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return system_error("cannot open", path, errno);
  const int failed = ::fsync(fd) == 0 ? 0 : errno;
  ::close(fd);
  if (failed != 0) return system_error("cannot sync", path, failed);
  return ok();
}

}  // namespace accrue::file_feed
