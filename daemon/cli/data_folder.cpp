#include "cli/data_folder.hpp"

#include "cli/console.hpp"
#include "ledger/state_hash.hpp"

#include <system_error>

namespace accrue::cli {

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Result<pipeline::DataFolder> find_data(const DataOptions& options) {
  pipeline::DataFolder data{options.data};
  std::error_code failed;
  if (!std::filesystem::is_directory(data.journal(), failed)) {
    return reject(options.data.string() +
                  " is no data folder: it has no journal. Name the folder that data.folder of "
                  "accrued.yaml names");
  }
  return data;
}

Result<std::shared_ptr<store::Environment>> open_ledger(const pipeline::DataFolder& data,
                                                        const DataOptions& options) {
  std::error_code failed;
  const auto file = data.ledger() / "data.mdb";
  if (!std::filesystem::is_regular_file(file, failed)) {
    return Error{
        ErrorCode::not_found,
        "the ledger is missing: there is no " + file.string() +
            "; start accrued, which makes it anew from the journal, or run accrue rebuild"};
  }
  store::Options wanted;
  wanted.allow_any_filesystem = options.allow_any_filesystem;
  return store::Environment::open(data.ledger(), wanted);
}

Result<std::shared_ptr<store::Environment>> build_ledger(const pipeline::DataFolder& data,
                                                         const std::filesystem::path& folder,
                                                         Seq until, const DataOptions& options) {
  store::Options wanted;
  wanted.allow_any_filesystem = options.allow_any_filesystem;
  auto store = store::Environment::open(folder, wanted);
  if (!store) return store.error();
  Progress progress("posting");
  auto posted =
      pipeline::post_journal(*store.value(), data.journal(), until, pipeline::CommitLimits{},
                             [&](const ledger::Posting& posting, std::chrono::nanoseconds) {
                               progress.show(value_of(posting.applied().seq), value_of(until));
                             });
  if (!posted) return posted.error();
  return store;
}

Result<std::string> hash_of(store::Environment& store, const pipeline::DataFolder& data) {
  auto txn = store.read();
  if (!txn) return txn.error();
  return ledger::state_hash(txn.value(), data.journal());
}

}  // namespace accrue::cli
