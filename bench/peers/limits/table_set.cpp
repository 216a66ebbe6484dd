#include "table_set.hpp"

#include <cstdio>
#include <cstdlib>

namespace bench {
namespace {

constexpr std::array<const char*, kTables> kNames{"entries", "ids",   "members", "lots",
                                                  "due",     "feeds", "meta"};

/// Digits with leading zeros, without the cost of printf.
void digits(Key& key, std::uint64_t value, unsigned count) {
  std::array<char, 20> text;
  for (unsigned i = count; i > 0; --i, value /= 10)
    text[i - 1] = static_cast<char>('0' + value % 10);
  key.text({text.data(), count});
}

MDB_val bytes_of(std::string_view text) { return {text.size(), const_cast<char*>(text.data())}; }

}  // namespace

void stop(const std::string& why) {
  std::fprintf(stderr, "lmdb_puts: %s\n", why.c_str());
  std::exit(2);
}

void must(int code, const std::string& doing) {
  if (code != 0) stop(doing + ": " + ::mdb_strerror(code));
}

Key member_key(std::uint32_t member) {
  Key key;
  key.text("M");
  digits(key, member, 7);
  return key;
}

Key lot_key(std::uint32_t member, std::uint64_t seq, std::uint32_t number) {
  return member_key(member).number(0, 1).number(seq, 8).number(number, 4);
}

Key due_key(std::uint64_t time, std::uint32_t member) {
  Key key;
  key.number(time, 8).text(member_key(member).view());
  return key;
}

Key receipt_key(std::uint32_t till, std::uint32_t receipt) {
  Key key;
  key.text("S");
  digits(key, till / 8, 3);
  key.text("-T");
  digits(key, till % 8, 2);
  key.text("-");
  digits(key, receipt, 10);
  return key;
}

TableSet::TableSet(const std::string& folder) {
  must(::mdb_env_create(&env_), "create");
  must(::mdb_env_set_mapsize(env_, std::size_t{64} << 30), "map");
  must(::mdb_env_set_maxdbs(env_, kTables), "tables");
  must(::mdb_env_open(env_, folder.c_str(), MDB_NOTLS, 0640), "open " + folder);
  begin();
  for (std::size_t i = 0; i < kTables; ++i) {
    must(::mdb_dbi_open(txn_, kNames[i], MDB_CREATE, &handles_[i]), kNames[i]);
  }
  commit();
}

TableSet::~TableSet() {
  if (txn_ != nullptr) ::mdb_txn_abort(txn_);
  ::mdb_env_close(env_);
}

void TableSet::begin() { must(::mdb_txn_begin(env_, nullptr, 0, &txn_), "begin"); }

void TableSet::commit() {
  must(::mdb_txn_commit(txn_), "commit");
  txn_ = nullptr;
}

void TableSet::put(Table table, const Key& key, std::string_view value, bool at_end) {
  MDB_val name = bytes_of(key.view());
  MDB_val bytes = bytes_of(value);
  must(::mdb_put(txn_, handles_[table], &name, &bytes, at_end ? MDB_APPEND : 0), kNames[table]);
  ++operations_;
}

void TableSet::erase(Table table, const Key& key) {
  MDB_val name = bytes_of(key.view());
  must(::mdb_del(txn_, handles_[table], &name, nullptr), kNames[table]);
  ++operations_;
}

std::uint64_t TableSet::live_bytes() {
  MDB_txn* txn = nullptr;
  must(::mdb_txn_begin(env_, nullptr, MDB_RDONLY, &txn), "read");
  std::uint64_t bytes = 0;
  for (const MDB_dbi handle : handles_) {
    MDB_stat stat{};
    must(::mdb_stat(txn, handle, &stat), "stat");
    bytes += stat.ms_psize * (stat.ms_branch_pages + stat.ms_leaf_pages + stat.ms_overflow_pages);
  }
  ::mdb_txn_abort(txn);
  return bytes;
}

}  // namespace bench
