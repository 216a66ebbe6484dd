#include "store/transaction.hpp"

#include "digest/crc32c.hpp"
#include "store/environment.hpp"
#include "store/errors.hpp"

#include <lmdb.h>

#include <cstring>
#include <string>

namespace accrue::store {
namespace {

constexpr std::size_t kCrc = 4;

MDB_val val(std::string_view text) { return {text.size(), const_cast<char*>(text.data())}; }
std::string_view text(const MDB_val& value) {
  return {static_cast<const char*>(value.mv_data), value.mv_size};
}

std::string shown(std::string_view key) {
  std::string out;
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (const char c : key) {
    const auto byte = static_cast<std::uint8_t>(c);
    if (byte > 0x20 && byte < 0x7F && c != '\\') {
      out.push_back(c);
    } else {
      out += "\\x";
      out.push_back(kDigits[byte >> 4]);
      out.push_back(kDigits[byte & 15]);
    }
  }
  return out;
}

/// Checks and strips the checksum behind a stored value.
Result<std::string_view> opened(Table table, std::string_view key, std::string_view stored) {
  if (stored.size() >= kCrc) {
    const std::string_view value = stored.substr(0, stored.size() - kCrc);
    std::uint32_t crc = 0;
    std::memcpy(&crc, stored.data() + value.size(), kCrc);
    if (crc == crc32c(value, crc32c(key))) return value;
  }
  return Error{ErrorCode::corrupt, "the store's table " + std::string(name(table)) + ", key " +
                                       shown(key) +
                                       ": the stored bytes are damaged; stop accrued, remove the "
                                       "store and run accrue rebuild"};
}

}  // namespace

Cursor::~Cursor() {
  if (cursor_ != nullptr) ::mdb_cursor_close(cursor_);
}

Cursor::Found Cursor::move(int operation, std::string_view key) {
  MDB_val found_key = val(key);
  MDB_val found_value{};
  const int code =
      ::mdb_cursor_get(cursor_, &found_key, &found_value, static_cast<MDB_cursor_op>(operation));
  if (code == MDB_NOTFOUND) return std::optional<Pair>();
  if (code != MDB_SUCCESS) return error_of(code, "read the table " + std::string(name(table_)));
  const auto value = opened(table_, text(found_key), text(found_value));
  if (!value) return value.error();
  return std::optional<Pair>(Pair{text(found_key), value.value()});
}

Cursor::Found Cursor::first() { return move(MDB_FIRST); }
Cursor::Found Cursor::last() { return move(MDB_LAST); }
Cursor::Found Cursor::next() { return move(MDB_NEXT); }
Cursor::Found Cursor::previous() { return move(MDB_PREV); }

Cursor::Found Cursor::at_or_after(std::string_view key) {
  return key.empty() ? first() : move(MDB_SET_RANGE, key);
}

Cursor::Found Cursor::before(std::string_view key) {
  if (key.empty()) return std::optional<Pair>();
  MDB_val at = val(key);
  MDB_val value{};
  const int code = ::mdb_cursor_get(cursor_, &at, &value, MDB_SET_RANGE);
  if (code == MDB_NOTFOUND) return last();
  if (code != MDB_SUCCESS) return error_of(code, "read the table " + std::string(name(table_)));
  return previous();
}

Result<std::optional<std::string_view>> Txn::get(Table table, std::string_view key) const {
  MDB_val wanted = val(key);
  MDB_val found{};
  const int code =
      ::mdb_get(txn_, environment_->tables_[static_cast<std::size_t>(table)], &wanted, &found);
  if (code == MDB_NOTFOUND) return std::optional<std::string_view>();
  if (code != MDB_SUCCESS) return error_of(code, "read the table " + std::string(name(table)));
  const auto value = opened(table, key, text(found));
  if (!value) return value.error();
  return std::optional<std::string_view>(value.value());
}

Result<Cursor> Txn::cursor(Table table) const {
  MDB_cursor* opened_cursor = nullptr;
  const int code = ::mdb_cursor_open(txn_, environment_->tables_[static_cast<std::size_t>(table)],
                                     &opened_cursor);
  if (code != MDB_SUCCESS) return error_of(code, "read the table " + std::string(name(table)));
  return Cursor(table, opened_cursor);
}

Result<std::uint64_t> Txn::count(Table table) const {
  MDB_stat stat{};
  const int code = ::mdb_stat(txn_, environment_->tables_[static_cast<std::size_t>(table)], &stat);
  if (code != MDB_SUCCESS) return error_of(code, "count the table " + std::string(name(table)));
  return std::uint64_t{stat.ms_entries};
}

ReadTxn::~ReadTxn() {
  if (txn_ != nullptr) environment_->give_back(txn_);
}

}  // namespace accrue::store
