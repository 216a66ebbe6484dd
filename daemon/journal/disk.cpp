#include "journal/disk.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>

namespace accrue::journal {
namespace {

Error failure(const char* verb, const std::filesystem::path& path, int code) {
  const bool no_space = code == ENOSPC || code == EDQUOT;
  const bool no_descriptor = code == EMFILE || code == ENFILE;
  std::string message = std::string("cannot ") + verb + " " + path.string() + ": " +
                        std::generic_category().message(code);
  if (no_space) message += "; make room on this file system and start again";
  if (no_descriptor) message += "; raise the limit of open files (LimitNOFILE)";
  return Error{no_space || no_descriptor ? ErrorCode::exhausted : ErrorCode::internal,
               std::move(message)};
}

class RealFile final : public File {
 public:
  RealFile(int descriptor, std::filesystem::path path)
      : descriptor_(descriptor), path_(std::move(path)) {}
  ~RealFile() override { ::close(descriptor_); }
  RealFile(const RealFile&) = delete;
  RealFile& operator=(const RealFile&) = delete;

  Result<void> write(std::uint64_t offset, std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t written =
          ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return failure("write", path_, errno);
      if (written == 0) return failure("write", path_, ENOSPC);
      offset += static_cast<std::uint64_t>(written);
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return ok();
  }

  Result<void> sync() override {
    // Never tried again when it fails: the kernel may have dropped the pages and would say "done".
    if (::fdatasync(descriptor_) != 0) return failure("sync", path_, errno);
    return ok();
  }

  Result<void> truncate(std::uint64_t size) override {
    if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) {
      return failure("cut", path_, errno);
    }
    return ok();
  }

 private:
  int descriptor_;
  std::filesystem::path path_;
};

class RealDisk final : public Disk {
 public:
  Result<std::unique_ptr<File>> create(const std::filesystem::path& path) override {
    return open_with(path, O_CREAT | O_TRUNC, "create");
  }
  Result<std::unique_ptr<File>> open(const std::filesystem::path& path) override {
    return open_with(path, 0, "open");
  }
  Result<void> rename(const std::filesystem::path& from, const std::filesystem::path& to) override {
    if (::rename(from.c_str(), to.c_str()) != 0) return failure("rename", from, errno);
    return ok();
  }
  Result<void> remove(const std::filesystem::path& path) override {
    if (::unlink(path.c_str()) != 0) return failure("remove", path, errno);
    return ok();
  }
  Result<void> sync_folder(const std::filesystem::path& folder) override {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return failure("open folder", folder, errno);
    const int code = ::fsync(descriptor) == 0 ? 0 : errno;
    ::close(descriptor);
    if (code != 0) return failure("sync folder", folder, code);
    return ok();
  }

 private:
  static Result<std::unique_ptr<File>> open_with(const std::filesystem::path& path, int flags,
                                                 const char* verb) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC | flags, 0640);
    if (descriptor < 0) return failure(verb, path, errno);
    return std::unique_ptr<File>(std::make_unique<RealFile>(descriptor, path));
  }
};

}  // namespace

Disk& Disk::real() {
  static RealDisk disk;
  return disk;
}

}  // namespace accrue::journal
