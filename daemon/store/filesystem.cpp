#include "store/filesystem.hpp"

#include "store/errors.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>

namespace accrue::store {
namespace {

/// Numbers of statfs(2) and the kernel's magic.h.
struct Kind {
  long magic;
  std::string_view name;
};
constexpr std::array<Kind, 4> kSafe{
    {{0xEF53, "ext4"}, {0x58465342, "xfs"}, {0x9123683E, "btrfs"}, {0x2FC12FC1, "zfs"}}};
constexpr long kOverlay = 0x794C7630;
constexpr std::array<Kind, 7> kUnsafe{{{0x01021994, "tmpfs (memory: gone at the next start)"},
                                       {0x6969, "nfs"},
                                       {0xFF534D42, "cifs"},
                                       {0xFE534D42, "smb2"},
                                       {0x65735546, "fuse"},
                                       {0x01021997, "9p"},
                                       {0x4D44, "vfat"}}};

std::string name_of(long magic) {
  const auto found = std::find_if(kUnsafe.begin(), kUnsafe.end(),
                                  [&](const Kind& kind) { return kind.magic == magic; });
  if (found != kUnsafe.end()) return std::string(found->name);
  return "of an unknown kind (" + std::to_string(magic) + ")";
}

}  // namespace

Result<std::string> judge_filesystem(long magic, const std::filesystem::path& folder,
                                     bool allow_any) {
  const bool safe = std::any_of(kSafe.begin(), kSafe.end(),
                                [&](const Kind& kind) { return kind.magic == magic; });
  if (safe) return std::string();
  if (magic == kOverlay) {
    return folder.string() +
           " lies on an overlay file system: it is as durable as the layer it is written to, and "
           "gone with the container; mount a volume for the data folder";
  }
  const std::string place = folder.string() + " lies on a file system " + name_of(magic);
  if (allow_any) {
    return place + ", on which the store is not known to be safe; it was allowed by setting";
  }
  return Error{ErrorCode::unsupported,
               place +
                   ", on which the store is not known to be safe; put the data folder on "
                   "ext4, xfs, btrfs or zfs, or set store.allow_any_filesystem"};
}

Result<std::string> check_filesystem(const std::filesystem::path& folder, bool allow_any) {
  struct ::statfs info {};
  if (::statfs(folder.c_str(), &info) != 0) {
    return error_of(errno, "find the file system of " + folder.string());
  }
  return judge_filesystem(static_cast<long>(info.f_type), folder, allow_any);
}

bool is_out_of_space(const std::filesystem::path& folder) {
  constexpr std::uint64_t kNextToNothing = 4ull << 20;
  std::error_code error;
  const auto space = std::filesystem::space(folder, error);
  return !error && space.available < kNextToNothing;
}

Result<void> lengthen(int descriptor, std::uint64_t bytes) {
  struct ::stat info {};
  int code = ::fstat(descriptor, &info) == 0 ? 0 : errno;
  const bool longer = static_cast<std::uint64_t>(info.st_size) >= bytes;
  if (code == 0 && !longer && ::ftruncate(descriptor, static_cast<off_t>(bytes)) != 0) code = errno;
  if (code != 0) return error_of(code, "lengthen the store's file");
  return ok();
}

Result<void> sync_path(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return error_of(errno, "open " + path.string());
  const int code = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  if (code != 0) return error_of(code, "sync " + path.string());
  return ok();
}

Result<bool> create_folder(const std::filesystem::path& folder) {
  std::error_code error;
  const bool created = std::filesystem::create_directories(folder, error);
  if (error) return error_of(error.value(), "create the folder " + folder.string());
  if (created) {
    if (auto synced = sync_path(folder.parent_path()); !synced) return synced.error();
  }
  return created;
}

}  // namespace accrue::store
