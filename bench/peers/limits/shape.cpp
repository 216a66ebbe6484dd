#include "shape.hpp"

#include "table_set.hpp"

#include <cmath>
#include <filesystem>

namespace bench {
namespace {

/// Mean size of the first values of a table; they are alike enough.
std::size_t mean_value(MDB_txn* txn, const char* table) {
  constexpr std::size_t kEnough = 200'000;
  MDB_dbi handle = 0;
  must(::mdb_dbi_open(txn, table, 0, &handle), table);
  MDB_cursor* cursor = nullptr;
  must(::mdb_cursor_open(txn, handle, &cursor), table);
  MDB_val key{};
  MDB_val value{};
  std::size_t count = 0;
  std::size_t bytes = 0;
  while (count < kEnough && ::mdb_cursor_get(cursor, &key, &value, MDB_NEXT) == 0) {
    bytes += value.mv_size;
    ++count;
  }
  ::mdb_cursor_close(cursor);
  if (count == 0) stop(std::string("table ") + table + " is empty");
  return (bytes + count / 2) / count;
}

}  // namespace

void take_sizes_from(const std::string& folder, Shape& shape) {
  std::filesystem::path place(folder);
  if (std::filesystem::exists(place / "ledger")) place /= "ledger";
  MDB_env* env = nullptr;
  must(::mdb_env_create(&env), "create");
  must(::mdb_env_set_maxdbs(env, 64), "tables");
  must(::mdb_env_set_mapsize(env, std::size_t{64} << 30), "map");
  must(::mdb_env_open(env, place.c_str(), MDB_RDONLY | MDB_NOTLS, 0), "open " + place.string());
  MDB_txn* txn = nullptr;
  must(::mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn), "read");
  shape.entry_bytes = mean_value(txn, "entries");
  shape.id_bytes = mean_value(txn, "ids");
  shape.member_bytes = mean_value(txn, "members");
  shape.lot_bytes = mean_value(txn, "lots");
  ::mdb_txn_abort(txn);
  ::mdb_env_close(env);
}

}  // namespace bench
