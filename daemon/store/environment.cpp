#include "store/environment.hpp"

#include "store/errors.hpp"
#include "store/filesystem.hpp"
#include "store/registry.hpp"

#include <accrue/assert.hpp>

#include <lmdb.h>

#include <algorithm>
#include <string>
#include <utility>

namespace accrue::store {
namespace {

/// Anything that would trade an acknowledged commit, or the file, for speed.
constexpr unsigned kNever =
    MDB_NOSYNC | MDB_NOMETASYNC | MDB_WRITEMAP | MDB_MAPASYNC | MDB_NOMEMINIT | MDB_NOLOCK;

constexpr std::uint64_t kMapGranule = std::uint64_t{1} << 20;

}  // namespace

Environment::Environment(std::filesystem::path folder) : folder_(std::move(folder)) {}

Environment::~Environment() {
  // Transactions hold the environment, so none is alive; only spare readers are.
  for (MDB_txn* reader : readers_) ::mdb_txn_abort(reader);
  if (env_ != nullptr) ::mdb_env_close(env_);
  Registry::instance().forget(folder_);
}

Result<std::shared_ptr<Environment>> Environment::open(const std::filesystem::path& folder,
                                                       Options options) {
  std::error_code error;
  const auto absolute = std::filesystem::absolute(folder, error).lexically_normal();
  if (error) return error_of(error.value(), "find the store folder " + folder.string());
  if (auto created = create_folder(absolute); !created) return created.error();
  const auto place = std::filesystem::canonical(absolute, error);
  if (error) return error_of(error.value(), "find the store folder " + folder.string());
  if (auto known = Registry::instance().find_or_claim(place)) return known;
  std::shared_ptr<Environment> environment(new Environment(place));
  if (auto started = environment->start(options); !started) return started.error();
  Registry::instance().keep(environment);
  return environment;
}

Result<void> Environment::start(const Options& options) {
  auto note = check_filesystem(folder_, options.allow_any_filesystem);
  if (!note) return note.error();
  note_ = std::move(note.value());
  const std::string opening = "open the store in " + folder_.string();
  if (const int code = ::mdb_env_create(&env_); code != 0) return error_of(code, opening);
  const std::uint64_t map = (options.map_bytes + kMapGranule - 1) / kMapGranule * kMapGranule;
  int code = ::mdb_env_set_mapsize(env_, map);
  if (code == 0) code = ::mdb_env_set_maxreaders(env_, options.max_readers);
  if (code == 0) code = ::mdb_env_set_maxdbs(env_, static_cast<MDB_dbi>(kTables));
  if (code == 0) code = ::mdb_env_open(env_, folder_.c_str(), MDB_NOTLS, 0640);
  if (code != 0) return error_of(code, opening);
  unsigned flags = 0;
  ACCRUE_ASSERT(::mdb_env_get_flags(env_, &flags) == 0);
  ACCRUE_ASSERT((flags & kNever) == 0 && (flags & MDB_NOTLS) != 0);
  if (auto whole = check_length(); !whole) return whole.error();
  if (auto cleared = clear_dead_readers(); !cleared) return cleared.error();
  if (auto kept = keep_length(kTables + 8); !kept) return kept.error();
  // LMDB syncs neither a new file's first pages nor its name. Both come before the format is
  // recorded, which is what makes the store one.
  if ((code = ::mdb_env_sync(env_, 1)) != 0) return error_of(code, opening);
  if (auto synced = sync_path(folder_); !synced) return synced.error();
  return open_tables();
}

Result<void> Environment::open_tables() {
  const std::string opening = "open the tables of the store in " + folder_.string();
  MDB_txn* begun = nullptr;
  int code = ::mdb_txn_begin(env_, nullptr, 0, &begun);
  if (code != 0) return error_of(code, opening);
  std::unique_ptr<MDB_txn, decltype(&::mdb_txn_abort)> txn(begun, &::mdb_txn_abort);
  MDB_stat main{};  // The table of tables, which LMDB keeps as handle 1.
  if ((code = ::mdb_stat(txn.get(), 1, &main)) != 0) return error_of(code, opening);
  for (const TableInfo& table : kSchema) {
    MDB_dbi handle = 0;
    code = ::mdb_dbi_open(txn.get(), table.name.data(), MDB_CREATE, &handle);
    if (code != 0) return error_of(code, opening);
    tables_[static_cast<std::size_t>(table.table)] = handle;
    if (table.table != Table::meta) continue;
    auto checked = check_format(txn.get(), handle, main.ms_entries == 0);
    if (!checked) return Error{checked.error().code, folder_.string() + checked.error().message};
  }
  code = ::mdb_txn_commit(txn.release());
  if (code != 0) return error_of(code, opening);
  return ok();
}

Result<ReadTxn> Environment::read() const {
  MDB_txn* txn = nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (!readers_.empty()) {
      txn = readers_.back();
      readers_.pop_back();
    }
  }
  const int code =
      txn != nullptr ? ::mdb_txn_renew(txn) : ::mdb_txn_begin(env_, nullptr, MDB_RDONLY, &txn);
  if (code == MDB_SUCCESS) return ReadTxn(shared_from_this(), txn);
  if (txn != nullptr) ::mdb_txn_abort(txn);
  return error_of(code, "read the store in " + folder_.string());
}

void Environment::give_back(MDB_txn* reader) const {
  ::mdb_txn_reset(reader);
  const std::lock_guard lock(mutex_);
  readers_.push_back(reader);
}

Result<WriteTxn> Environment::write() {
  const std::string writing = "write to the store in " + folder_.string();
  if (fatal()) return error_of(MDB_PANIC, writing);
  MDB_txn* txn = nullptr;
  const int code = ::mdb_txn_begin(env_, nullptr, 0, &txn);
  if (code == MDB_SUCCESS) return WriteTxn(shared_from_this(), txn);
  if (code == MDB_PANIC) fatal_.store(true, std::memory_order_release);
  return error_of(code, writing);
}

bool Environment::still_writes() const {
  // LMDB gives no transaction any more when the page that makes a commit valid failed.
  MDB_txn* txn = nullptr;
  const int code = ::mdb_txn_begin(env_, nullptr, 0, &txn);
  if (code == MDB_SUCCESS) ::mdb_txn_abort(txn);
  return code == MDB_SUCCESS;
}

}  // namespace accrue::store
