// The writing half of transaction.hpp.
#include "digest/crc32c.hpp"
#include "store/environment.hpp"
#include "store/errors.hpp"
#include "store/filesystem.hpp"
#include "store/keys.hpp"
#include "store/transaction.hpp"

#include <accrue/assert.hpp>

#include <lmdb.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>

namespace accrue::store {
namespace {

constexpr std::size_t kCrc = 4;
constexpr std::size_t kPage = 4096;
/// Beyond about half a page LMDB gives a value pages of its own.
constexpr std::size_t kLargeValue = 1900;
/// More than the list of free pages takes, in a small commit.
constexpr std::size_t kSomePages = 256;

MDB_val val(std::string_view text) { return {text.size(), const_cast<char*>(text.data())}; }

}  // namespace

WriteTxn::WriteTxn(std::shared_ptr<const Environment> environment, MDB_txn* txn)
    : Txn(std::move(environment), txn) {}

WriteTxn::~WriteTxn() {
  if (txn_ != nullptr) ::mdb_txn_abort(txn_);
}

Error WriteTxn::fail(int code, std::string_view verb, Table table) {
  failed_ = error_of(code, std::string(verb) + " the table " + std::string(name(table)));
  return *failed_;
}

Result<void> WriteTxn::begin_change(Table table, std::string_view key) {
  ACCRUE_ASSERT(txn_ != nullptr);
  if (failed_) return *failed_;
  if (key.empty() || key.size() > kMaxKey) return fail(MDB_BAD_VALSIZE, "write to", table);
  Touched& touched = touched_[static_cast<std::size_t>(table)];
  if (touched.operations++ == 0) {
    MDB_stat stat{};
    const unsigned handle = environment_->tables_[static_cast<std::size_t>(table)];
    if (const int code = ::mdb_stat(txn_, handle, &stat); code != MDB_SUCCESS) {
      return fail(code, "write to", table);
    }
    touched.leaves = stat.ms_leaf_pages;
  }
  ++operations_;
  bytes_ += key.size();
  return ok();
}

Result<void> WriteTxn::put(Table table, std::string_view key, std::string_view value) {
  if (auto begun = begin_change(table, key); !begun) return begun.error();
  const unsigned handle = environment_->tables_[static_cast<std::size_t>(table)];
  MDB_val where = val(key);
  MDB_val room{value.size() + kCrc, nullptr};
  const int code = ::mdb_put(txn_, handle, &where, &room, MDB_RESERVE);
  if (code != MDB_SUCCESS) return fail(code, "write to", table);
  auto* out = static_cast<char*>(room.mv_data);
  if (!value.empty()) std::memcpy(out, value.data(), value.size());
  const std::uint32_t crc = crc32c(value, crc32c(key));
  std::memcpy(out + value.size(), &crc, kCrc);
  bytes_ += value.size();
  if (key.size() + value.size() > kLargeValue) ++touched_[static_cast<std::size_t>(table)].large;
  return ok();
}

Result<bool> WriteTxn::erase(Table table, std::string_view key) {
  if (auto begun = begin_change(table, key); !begun) return begun.error();
  MDB_val where = val(key);
  const unsigned handle = environment_->tables_[static_cast<std::size_t>(table)];
  const int code = ::mdb_del(txn_, handle, &where, nullptr);
  if (code == MDB_NOTFOUND) return false;
  if (code != MDB_SUCCESS) return fail(code, "erase from", table);
  ++touched_[static_cast<std::size_t>(table)].erased;
  return true;
}

Result<void> WriteTxn::clear(Table table) {
  ACCRUE_ASSERT(txn_ != nullptr);
  if (failed_) return *failed_;
  const int code = ::mdb_drop(txn_, environment_->tables_[static_cast<std::size_t>(table)], 0);
  if (code != MDB_SUCCESS) return fail(code, "clear", table);
  return ok();
}

Result<void> WriteTxn::commit() && {
  ACCRUE_ASSERT(txn_ != nullptr);
  if (failed_) return *failed_;
  const std::size_t pages = dirty_pages_at_most() + bytes_ / kPage + kSomePages;
  if (auto kept = environment_->keep_length(pages); !kept) return kept.error();
  int code = ::mdb_txn_commit(std::exchange(txn_, nullptr));
  if (code == MDB_SUCCESS) return ok();
  // LMDB calls a write that a full disk cut short an input/output error. Pages are written and
  // synced before the one that makes them valid, so that such a commit may be made again.
  const bool full = code == EIO && is_out_of_space(environment_->folder_);
  if (full && environment_->still_writes()) code = ENOSPC;
  // Never "not stored": the page that makes a commit valid may have reached the disk. After a
  // failed sync the kernel may call the lost pages clean, and LMDB would carry on.
  if (is_fatal_at_commit(code)) environment_->fatal_.store(true, std::memory_order_release);
  failed_ = error_of(code, "commit to the store in " + environment_->folder_.string());
  return *failed_;
}

std::size_t WriteTxn::dirty_pages_at_most() const {
  std::size_t pages = kTables + 8;  // Roots of the tables, the main and the free page table.
  for (std::size_t i = 0; i < kTables; ++i) {
    const Touched& touched = touched_[i];
    if (touched.operations == 0) continue;
    MDB_stat now{};
    if (::mdb_stat(txn_, environment_->tables_[i], &now) != MDB_SUCCESS) continue;
    // Each change rewrites one leaf, an erase perhaps its neighbour too; each split makes a page
    // more.
    const std::size_t split = now.ms_leaf_pages - std::min(now.ms_leaf_pages, touched.leaves);
    const std::size_t changed = touched.operations + touched.erased + split;
    const std::size_t leaves = std::min(changed, now.ms_leaf_pages + touched.erased);
    const std::size_t paths = changed * (now.ms_depth > 1 ? now.ms_depth - 1 : 0);
    pages += leaves + std::min(paths, now.ms_branch_pages + touched.erased) + touched.large;
  }
  return pages;
}

}  // namespace accrue::store
