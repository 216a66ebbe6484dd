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

Result<void> Folder::move(const std::string& name, const std::string& subfolder) const {
  const std::string folder = path_of(subfolder);
  std::error_code failed;
  if (fs::create_directory(folder, failed)) {
    if (auto synced = sync_folder(path_); !synced) return synced;
  }
  if (failed) return system_error("cannot make the folder", folder, failed.value());
  fs::rename(path_of(name), free_name(fs::path(folder) / name), failed);
  if (failed) return system_error("cannot move to " + folder, path_of(name), failed.value());
  if (auto synced = sync_folder(folder); !synced) return synced;
  return sync_folder(path_);
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
