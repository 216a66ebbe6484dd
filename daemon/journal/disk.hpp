// What the journal's writer asks of a disk. A seam: tests put a disk here that fails the N-th
// operation or forgets what was not synced; simulation puts one in memory.
// One thread at a time.
#pragma once

#include <accrue/result.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

namespace accrue::journal {

/// An open file. Errors name the file; exhausted means that no space is left.
class File {
 public:
  virtual ~File() = default;
  /// Writes all of `bytes` at `offset`, or fails having written any part of them.
  virtual Result<void> write(std::uint64_t offset, std::string_view bytes) = 0;
  /// Returns when the bytes written, and the size, will survive a power cut.
  virtual Result<void> sync() = 0;
  /// Sets the size. Durable after the next sync.
  virtual Result<void> truncate(std::uint64_t size) = 0;
};

class Disk {
 public:
  virtual ~Disk() = default;
  /// Creates a file, or empties the one of that name. The name is durable after sync_folder.
  virtual Result<std::unique_ptr<File>> create(const std::filesystem::path& path) = 0;
  /// Opens a file that must exist.
  virtual Result<std::unique_ptr<File>> open(const std::filesystem::path& path) = 0;
  /// Gives a file another name at once; durable after sync_folder.
  virtual Result<void> rename(const std::filesystem::path& from,
                              const std::filesystem::path& to) = 0;
  /// Takes a file away; durable after sync_folder.
  virtual Result<void> remove(const std::filesystem::path& path) = 0;
  /// Makes the names in a folder durable.
  virtual Result<void> sync_folder(const std::filesystem::path& folder) = 0;

  /// The machine's own file system.
  static Disk& real();
};

}  // namespace accrue::journal
