// The rest of environment.hpp: the format's version, copies, numbers, dead readers.
#include "digest/crc32c.hpp"
#include "store/environment.hpp"
#include "store/errors.hpp"
#include "store/filesystem.hpp"

#include <accrue/assert.hpp>

#include <lmdb.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <string>

namespace accrue::store {
namespace {

constexpr std::string_view kFormatKey = "format";

/// The version and its checksum, as put() would store them; four bytes little-endian each.
std::array<char, 8> format_record(std::uint32_t version) {
  std::array<char, 8> record{};
  std::memcpy(record.data(), &version, 4);
  const std::uint32_t crc = crc32c({record.data(), 4}, crc32c(kFormatKey));
  std::memcpy(record.data() + 4, &crc, 4);
  return record;
}

struct ReaderSummary {
  std::uint64_t last_txn = 0;
  std::uint64_t oldest_lag = 0;
};

/// LMDB gives its readers as text only: "pid thread txn", the transaction "-" when there is none.
int note_reader(const char* line, void* context) {
  auto& summary = *static_cast<ReaderSummary*>(context);
  unsigned long long txn = 0;
  if (std::sscanf(line, "%*d %*x %llu", &txn) == 1 && txn < summary.last_txn) {
    summary.oldest_lag = std::max<std::uint64_t>(summary.oldest_lag, summary.last_txn - txn);
  }
  return 0;
}

/// The bytes that this environment's pages need, were there `more` of them.
std::uint64_t length_of(MDB_env* env, std::uint64_t more) {
  MDB_envinfo info{};
  MDB_stat page{};
  ACCRUE_ASSERT(::mdb_env_info(env, &info) == 0 && ::mdb_env_stat(env, &page) == 0);
  return std::min<std::uint64_t>((info.me_last_pgno + 1 + more) * page.ms_psize, info.me_mapsize);
}

}  // namespace

Result<void> Environment::check_format(MDB_txn* txn, unsigned meta, bool is_empty) {
  MDB_val key{kFormatKey.size(), const_cast<char*>(kFormatKey.data())};
  MDB_val value{};
  int code = ::mdb_get(txn, meta, &key, &value);
  if (code == MDB_NOTFOUND && is_empty) {
    auto record = format_record(kFormatVersion);
    value = MDB_val{record.size(), record.data()};
    code = ::mdb_put(txn, meta, &key, &value, 0);
    if (code != MDB_SUCCESS) return error_of(code, "record the store's format");
    return ok();
  }
  constexpr std::string_view kCure = "; move it away and run accrue rebuild";
  std::uint32_t version = 0;
  if (code == MDB_SUCCESS && value.mv_size == 8) std::memcpy(&version, value.mv_data, 4);
  const auto record = format_record(version);
  if (code != MDB_SUCCESS || value.mv_size != record.size() ||
      std::memcmp(value.mv_data, record.data(), record.size()) != 0) {
    return Error{ErrorCode::corrupt,
                 ": the store does not say which format it has" + std::string(kCure)};
  }
  if (version != kFormatVersion) {
    return Error{ErrorCode::unsupported, ": the store has format version " +
                                             std::to_string(version) +
                                             ", this accrue reads version " +
                                             std::to_string(kFormatVersion) + std::string(kCure)};
  }
  return ok();
}

Result<void> Environment::check_length() const {
  // A page that is not in the file is in the map all the same: reading it would end the process.
  std::error_code error;
  const auto file = folder_ / "data.mdb";
  const std::uint64_t there = std::filesystem::file_size(file, error);
  if (error) return error_of(error.value(), "read " + file.string());
  const std::uint64_t needed = length_of(env_, 0);
  if (there >= needed) return ok();
  return Error{ErrorCode::corrupt, file.string() + " has " + std::to_string(there) +
                                       " bytes where " + std::to_string(needed) +
                                       " belong: it was cut short; remove the store and run "
                                       "accrue rebuild"};
}

Result<void> Environment::keep_length(std::uint64_t more_pages) const {
  // LMDB does not write a page that a transaction takes and lets go of, so that its file may end
  // before its last page. Ours never does, or a cut file could not be told (check_length).
  int descriptor = -1;
  ACCRUE_ASSERT(::mdb_env_get_fd(env_, &descriptor) == 0);
  return lengthen(descriptor, length_of(env_, more_pages));
}

Result<void> Environment::copy_to(const std::filesystem::path& folder) const {
  std::error_code error;
  const auto place = std::filesystem::absolute(folder, error).lexically_normal();
  if (error) return error_of(error.value(), "find the folder " + folder.string());
  if (auto created = create_folder(place); !created) return created.error();
  if (!std::filesystem::is_empty(place, error) || error) {
    return reject("cannot copy the store to " + folder.string() +
                  ": the folder is not empty; name one that is empty or missing");
  }
  // Not the compacting copy: it refuses a store that has lost a page, and a backup must not.
  const auto data = place / "data.mdb";
  if (const int code = ::mdb_env_copy(env_, place.c_str()); code != MDB_SUCCESS) {
    std::filesystem::remove(data, error);
    return error_of(code, "copy the store to " + folder.string());
  }
  if (auto synced = sync_path(data); !synced) return synced.error();
  return sync_path(place);
}

Result<Stats> Environment::stats() const {
  const std::string asking = "read the numbers of the store in " + folder_.string();
  MDB_envinfo info{};
  MDB_stat page{};
  ReaderSummary readers;
  int code = ::mdb_env_info(env_, &info);
  if (code == 0) code = ::mdb_env_stat(env_, &page);
  if (code != 0) return error_of(code, asking);
  readers.last_txn = info.me_last_txnid;
  if (::mdb_reader_list(env_, &note_reader, &readers) < 0) return error_of(MDB_PANIC, asking);
  Stats stats;
  stats.map_bytes = info.me_mapsize;
  stats.used_bytes = (std::uint64_t{info.me_last_pgno} + 1) * page.ms_psize;
  stats.last_txn = info.me_last_txnid;
  stats.oldest_reader_lag = readers.oldest_lag;
  stats.readers = info.me_numreaders;
  stats.max_readers = info.me_maxreaders;
  const auto txn = read();
  if (!txn) return txn.error();
  for (const TableInfo& table : kSchema) {
    const auto entries = txn.value().count(table.table);
    if (!entries) return entries.error();
    stats.entries[static_cast<std::size_t>(table.table)] = entries.value();
  }
  return stats;
}

Result<int> Environment::clear_dead_readers() {
  int dead = 0;
  if (const int code = ::mdb_reader_check(env_, &dead); code != MDB_SUCCESS) {
    return error_of(code, "clear dead readers of the store in " + folder_.string());
  }
  return dead;
}

}  // namespace accrue::store
