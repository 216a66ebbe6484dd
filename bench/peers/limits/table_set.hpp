// LMDB with nothing around it: an environment in its default, fully synced mode, the tables the
// poster writes, keys made in place. An LMDB error ends the program. One thread.
#pragma once

#include <lmdb.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace bench {

[[noreturn]] void stop(const std::string& why);
void must(int code, const std::string& doing);

/// A key built on the stack; numbers big-endian, so that they sort.
class Key {
 public:
  Key& number(std::uint64_t value, unsigned bytes) {
    for (unsigned i = 0; i < bytes; ++i) {
      bytes_[size_++] = static_cast<char>(value >> (8 * (bytes - 1 - i)));
    }
    return *this;
  }
  Key& text(std::string_view text) {
    std::memcpy(bytes_.data() + size_, text.data(), text.size());
    size_ += text.size();
    return *this;
  }
  std::string_view view() const { return {bytes_.data(), size_}; }

 private:
  std::array<char, 64> bytes_;
  std::size_t size_ = 0;
};

/// "M0000042"
Key member_key(std::uint32_t member);
/// Member, zero byte, seq, number.
Key lot_key(std::uint32_t member, std::uint64_t seq, std::uint32_t number);
/// Time, member.
Key due_key(std::uint64_t time, std::uint32_t member);
/// "S012-T03-0000123456"
Key receipt_key(std::uint32_t till, std::uint32_t receipt);

enum Table : std::uint8_t { entries, ids, members, lots, due, feeds, meta, kTables };

class TableSet {
 public:
  explicit TableSet(const std::string& folder);
  ~TableSet();
  TableSet(const TableSet&) = delete;
  TableSet& operator=(const TableSet&) = delete;

  void begin();
  void commit();
  /// With `at_end`, the key is behind every other of the table.
  void put(Table table, const Key& key, std::string_view value, bool at_end = false);
  void erase(Table table, const Key& key);
  /// Operations since the environment was opened.
  std::uint64_t operations() const { return operations_; }
  /// Of pages that hold something now.
  std::uint64_t live_bytes();

 private:
  MDB_env* env_ = nullptr;
  MDB_txn* txn_ = nullptr;
  std::array<MDB_dbi, kTables> handles_{};
  std::uint64_t operations_ = 0;
};

}  // namespace bench
