// The store: an LMDB environment in its default, fully synced mode, opened once in a process. It
// is derived from the journal and can be rebuilt from it. Format: docs/formats/store.md.
// Every call may come from any thread. Not usable in the child of a fork.
#pragma once

#include "store/transaction.hpp"

#include <accrue/result.hpp>

#include <array>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

struct MDB_env;
struct MDB_txn;

namespace accrue::store {

/// Version of the stored format that this build reads and writes.
inline constexpr std::uint32_t kFormatVersion = 1;

struct Options {
  /// The most the store can ever hold. Address space, not memory or disk: choose it large.
  std::uint64_t map_bytes = 64ull << 30;
  /// Read transactions alive at one time, in all processes.
  unsigned max_readers = 126;
  /// Accept file systems on which LMDB is not known to be safe.
  bool allow_any_filesystem = false;
};

struct Stats {
  std::uint64_t map_bytes = 0;
  std::uint64_t used_bytes = 0;         ///< Of the map, including pages free to be used again.
  std::uint64_t last_txn = 0;           ///< Counts commits.
  std::uint64_t oldest_reader_lag = 0;  ///< Commits since the oldest living snapshot; 0: none.
  unsigned readers = 0;                 ///< Slots in use, and how many there are.
  unsigned max_readers = 0;
  std::array<std::uint64_t, kTables> entries{};  ///< By Table.
};

class Environment : public std::enable_shared_from_this<Environment> {
 public:
  /// Creates the folder and an empty store when there is none. A folder that this process has
  /// open already gives the same environment (options are the first caller's). Fails with
  /// unsupported on a file system LMDB cannot work on or a newer format, corrupt when the file is
  /// not a store, exhausted when there is no space or descriptor.
  static Result<std::shared_ptr<Environment>> open(const std::filesystem::path& folder,
                                                   Options options = {});
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  /// A snapshot; about a microsecond. Fails with exhausted when all reader slots are taken.
  Result<ReadTxn> read() const;
  /// Waits for the writer before it, in this or another process.
  Result<WriteTxn> write();
  /// Writes a consistent copy into `folder`, which must be missing or empty; the store may be in
  /// use. The copy is on the disk when this returns.
  Result<void> copy_to(const std::filesystem::path& folder) const;
  Result<Stats> stats() const;
  /// Frees the slots of readers whose process died. Returns how many; call now and then.
  Result<int> clear_dead_readers();

  /// A commit failed in a way after which only a fresh process knows what is stored: exit now.
  /// write() fails from then on.
  bool fatal() const { return fatal_.load(std::memory_order_acquire); }
  const std::filesystem::path& folder() const { return folder_; }
  /// A sentence worth logging about the place the store lies in; empty when there is none.
  const std::string& note() const { return note_; }

 private:
  friend class Txn;
  friend class ReadTxn;
  friend class WriteTxn;
  explicit Environment(std::filesystem::path folder);
  Result<void> start(const Options& options);
  Result<void> open_tables();
  Result<void> check_length() const;
  Result<void> keep_length(std::uint64_t more_pages) const;
  bool still_writes() const;
  static Result<void> check_format(MDB_txn* txn, unsigned meta, bool is_empty);
  void give_back(MDB_txn* reader) const;

  std::filesystem::path folder_;
  std::string note_;
  MDB_env* env_ = nullptr;
  std::array<unsigned, kTables> tables_{};  // LMDB's handles, by Table.
  mutable std::atomic<bool> fatal_{false};
  mutable std::mutex mutex_;               // Guards readers_.
  mutable std::vector<MDB_txn*> readers_;  // Reset, ready to be renewed.
};

}  // namespace accrue::store
