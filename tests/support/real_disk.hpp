// The machine's own disk, for tests that replace a part of it. Any thread.
#pragma once

#include "journal/disk.hpp"

#include <utility>

namespace accrue::test {

class RealDisk : public journal::Disk {
 public:
  Result<std::unique_ptr<journal::File>> create(const std::filesystem::path& path) override {
    return real().create(path);
  }
  Result<std::unique_ptr<journal::File>> open(const std::filesystem::path& path) override {
    return real().open(path);
  }
  Result<void> rename(const std::filesystem::path& from, const std::filesystem::path& to) override {
    return real().rename(from, to);
  }
  Result<void> remove(const std::filesystem::path& path) override { return real().remove(path); }
  Result<void> sync_folder(const std::filesystem::path& folder) override {
    return real().sync_folder(folder);
  }
};

class RealFile : public journal::File {
 public:
  explicit RealFile(std::unique_ptr<journal::File> file) : file_(std::move(file)) {}
  Result<void> write(std::uint64_t offset, std::string_view bytes) override {
    return file_->write(offset, bytes);
  }
  Result<void> sync() override { return file_->sync(); }
  Result<void> truncate(std::uint64_t size) override { return file_->truncate(size); }

 private:
  std::unique_ptr<journal::File> file_;
};

}  // namespace accrue::test
