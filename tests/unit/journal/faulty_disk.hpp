// A disk that fails at a chosen operation and, in a power cut, keeps of what was not synced only
// what a pseudo-random choice lets it keep, sector by sector, as a real disk may.
#pragma once

#include "journal/disk.hpp"

#include <map>
#include <random>
#include <string>
#include <vector>

namespace accrue::journal {

class FaultyDisk final : public Disk {
 public:
  /// Operation `fail_at` (from 1; 0: none) fails with `code` and, when it is a write, after half
  /// of its bytes. With `stays_dead` every later operation fails too.
  FaultyDisk(int fail_at, ErrorCode code, bool stays_dead)
      : fail_at_(fail_at), code_(code), stays_dead_(stays_dead) {}

  Result<std::unique_ptr<File>> create(const std::filesystem::path& path) override;
  Result<std::unique_ptr<File>> open(const std::filesystem::path& path) override;
  Result<void> rename(const std::filesystem::path& from, const std::filesystem::path& to) override;
  Result<void> remove(const std::filesystem::path& path) override;
  Result<void> sync_folder(const std::filesystem::path& folder) override;

  int operations() const { return operations_; }
  bool failed() const { return fail_at_ != 0 && operations_ >= fail_at_; }
  /// Power off. Call when no file is open any more.
  void lose_power(std::mt19937& random);

 private:
  friend class FaultyFile;
  struct Change {
    bool is_write = false;
    std::uint64_t at = 0;  // Of a write: its offset; of a truncate: the new size.
    std::string bytes;
  };
  struct State {
    std::string durable;          // Content as of the last sync.
    std::vector<Change> pending;  // Since then.
  };
  /// Counts an operation; false when it is to fail.
  bool step();
  Error error() const { return Error{code_, "the disk failed, as the test asked"}; }

  int fail_at_;
  ErrorCode code_;
  bool stays_dead_;
  int operations_ = 0;
  std::map<std::filesystem::path, State> files_;
  std::map<std::filesystem::path, std::filesystem::path> names_;  // Old name, new name.
  // Renames whose folder was not synced: new name, old name.
  std::map<std::filesystem::path, std::filesystem::path> renamed_;
  std::map<std::filesystem::path, State> removed_;  // Since the folder was synced.
};

}  // namespace accrue::journal
