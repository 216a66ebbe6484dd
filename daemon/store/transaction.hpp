// Transactions on the store: consistent snapshots to read from, and the one writer. Every value
// carries a CRC32C over its key and itself, added by put and checked by get and scan.
// A ReadTxn belongs to one thread at a time and must be short: while it lives, no page it may see
// is used again. A WriteTxn belongs to the thread that began it, and there is one at a time.
#pragma once

#include "store/schema.hpp"

#include <accrue/result.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

struct MDB_txn;
struct MDB_cursor;

namespace accrue::store {

class Environment;

/// A walk over a table's pairs in key order. Lives within its transaction; after a put or erase in
/// the same table it must be placed anew. Views are valid until the transaction changes or ends.
class Cursor {
 public:
  Cursor(Cursor&& other) noexcept
      : table_(other.table_), cursor_(std::exchange(other.cursor_, nullptr)) {}
  Cursor& operator=(Cursor&&) = delete;
  ~Cursor();

  struct Pair {
    std::string_view key;
    std::string_view value;
  };
  using Found = Result<std::optional<Pair>>;

  Found first();
  Found last();
  /// The first pair whose key is not before `key`. An empty key: the first.
  Found at_or_after(std::string_view key);
  /// The last pair whose key is before `key`.
  Found before(std::string_view key);
  Found next();
  Found previous();

 private:
  friend class Txn;
  Cursor(Table table, MDB_cursor* cursor) : table_(table), cursor_(cursor) {}
  Found move(int operation, std::string_view key = {});

  Table table_;
  MDB_cursor* cursor_;
};

/// What both kinds of transaction can do: read.
class Txn {
 public:
  /// Nothing when there is no such key. Fails with corrupt (table and key named) when the stored
  /// bytes are not what was put. The view is valid until the transaction changes or ends.
  Result<std::optional<std::string_view>> get(Table table, std::string_view key) const;
  Result<Cursor> cursor(Table table) const;
  Result<std::uint64_t> count(Table table) const;

  /// Calls fn(key, value) for each pair from the first key not before `from`, in order, until fn
  /// returns false. fn must not change the table.
  template <class Fn>
  Result<void> scan(Table table, std::string_view from, Fn&& fn) const {
    auto walk = cursor(table);
    if (!walk) return walk.error();
    auto found = walk.value().at_or_after(from);
    while (found.has_value() && found.value().has_value()) {
      if (!fn(found.value()->key, found.value()->value)) return ok();
      found = walk.value().next();
    }
    if (!found) return found.error();
    return ok();
  }
  /// The same backwards, from the last key before `from`.
  template <class Fn>
  Result<void> scan_back(Table table, std::string_view from, Fn&& fn) const {
    auto walk = cursor(table);
    if (!walk) return walk.error();
    auto found = walk.value().before(from);
    while (found.has_value() && found.value().has_value()) {
      if (!fn(found.value()->key, found.value()->value)) return ok();
      found = walk.value().previous();
    }
    if (!found) return found.error();
    return ok();
  }

 protected:
  Txn(std::shared_ptr<const Environment> environment, MDB_txn* txn)
      : environment_(std::move(environment)), txn_(txn) {}
  Txn(Txn&& other) noexcept
      : environment_(std::move(other.environment_)), txn_(std::exchange(other.txn_, nullptr)) {}
  Txn& operator=(Txn&&) = delete;
  ~Txn() = default;

  std::shared_ptr<const Environment> environment_;
  MDB_txn* txn_;
};

/// A snapshot: sees the newest commit at the time it began, whatever is written meanwhile.
class ReadTxn : public Txn {
 public:
  ReadTxn(ReadTxn&&) noexcept = default;
  ~ReadTxn();

 private:
  friend class Environment;
  using Txn::Txn;
};

/// The writer. Changes nothing unless committed.
class WriteTxn : public Txn {
 public:
  WriteTxn(WriteTxn&&) noexcept = default;
  ~WriteTxn();

  /// Fails with exhausted when the map or the disk is full. After a failure the transaction can
  /// only be dropped: every later call fails too, and nothing of it is stored.
  Result<void> put(Table table, std::string_view key, std::string_view value);
  /// False when there was no such key.
  Result<bool> erase(Table table, std::string_view key);
  /// Removes every pair of a table.
  Result<void> clear(Table table);

  /// Returns when everything is on the disk. On failure it is not known to be stored or not, until
  /// the environment is opened anew; Environment::fatal() tells whether that must happen now.
  Result<void> commit() &&;

  /// Puts and erases so far, and the bytes of their keys and values.
  std::size_t operations() const { return operations_; }
  std::size_t bytes() const { return bytes_; }
  /// No more pages than these are changed. Commit before kDirtyPageLimit comes near: beyond it
  /// LMDB 0.9.24 takes a path with known faults (ITS#9155, ITS#9564).
  std::size_t dirty_pages_at_most() const;

 private:
  friend class Environment;
  struct Touched {
    std::size_t operations = 0;
    std::size_t erased = 0;
    std::size_t large = 0;   // Values with pages of their own.
    std::size_t leaves = 0;  // Of the table, before the first change.
  };
  WriteTxn(std::shared_ptr<const Environment> environment, MDB_txn* txn);
  Result<void> begin_change(Table table, std::string_view key);
  Error fail(int code, std::string_view verb, Table table);

  std::array<Touched, kTables> touched_{};
  std::size_t operations_ = 0;
  std::size_t bytes_ = 0;
  std::optional<Error> failed_;
};

/// LMDB's list of changed pages in one transaction.
inline constexpr std::size_t kDirtyPageLimit = 131'071;

}  // namespace accrue::store
