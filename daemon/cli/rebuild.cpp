#include "cli/console.hpp"
#include "cli/data_folder.hpp"
#include "journal/journal.hpp"
#include "journal/reader.hpp"
#include "outbox/deliveries.hpp"

#include <boost/json.hpp>

#include <cstdio>
#include <system_error>

namespace accrue::cli {
namespace {

namespace fs = std::filesystem;

Error cannot(const char* what, const fs::path& path, const std::error_code& failed) {
  return Error{ErrorCode::exhausted,
               std::string("cannot ") + what + " " + path.string() + ": " + failed.message()};
}

/// The new ledger takes the old one's place in two renames; a crash between them leaves a data
/// folder without a ledger, which accrued makes anew as well.
Result<void> put_in_place(const fs::path& made, const fs::path& place) {
  const fs::path old = place.string() + ".old";
  std::error_code failed;
  fs::remove_all(old, failed);
  if (fs::exists(place)) {
    fs::rename(place, old, failed);
    if (failed) return cannot("move away", place, failed);
  }
  fs::rename(made, place, failed);
  if (failed) return cannot("put in place", made, failed);
  fs::remove_all(old, failed);
  return ok();
}

/// A ledger can only be made of all records: the first ones opened the lots of later ones.
Result<void> check_beginning(const pipeline::DataFolder& data, Seq last) {
  if (last == Seq::none) return ok();
  auto reader = journal::Reader::open(data.journal(), Seq{1});
  if (reader) return ok();
  if (reader.error().code != ErrorCode::not_found) return reader.error();
  return reject(reader.error().message +
                "; the ledger cannot be made anew without the older segments: put them back first, "
                "from where they were moved or from a backup");
}

Result<std::string> rebuild_ledger(const DataOptions& options, Seq& records) {
  auto data = find_data(options);
  if (!data) return data.error();
  // Holding the journal's lock: no daemon may post meanwhile.
  auto journal = journal::Journal::open(data.value().journal());
  if (!journal) return journal.error();
  records = journal.value()->last();
  if (auto whole = check_beginning(data.value(), records); !whole) return whole.error();
  const fs::path made = data.value().ledger().string() + ".new";
  std::error_code failed;
  fs::remove_all(made, failed);
  const Scratch unfinished(made);  // Nothing lies there any more once it is put in place.
  std::string hash;
  {
    auto store = build_ledger(data.value(), made, records, options);
    if (!store) return store.error();
    auto settled = outbox::catch_up(*store.value(), data.value().deliveries());
    if (!settled) return settled.error();
    auto found = hash_of(*store.value(), data.value());
    if (!found) return found.error();
    hash = std::move(found.value());
  }
  if (auto placed = put_in_place(made, data.value().ledger()); !placed) return placed.error();
  return hash;
}

}  // namespace

int rebuild(const DataOptions& options) {
  Seq records = Seq::none;
  auto hash = rebuild_ledger(options, records);
  if (!hash) return complain(hash.error(), options.json);
  if (options.json) {
    const boost::json::object report{{"records", value_of(records)}, {"state_hash", hash.value()}};
    std::printf("%s\n", boost::json::serialize(report).c_str());
  } else {
    std::printf("ledger rebuilt from %s records, state hash %s\n",
                grouped(static_cast<std::int64_t>(value_of(records))).c_str(),
                hash.value().c_str());
  }
  return kFine;
}

}  // namespace accrue::cli
