// What verify, rebuild, member and summary do to a data folder. One thread each.
#pragma once

#include "cli/commands.hpp"
#include "pipeline/road.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

namespace accrue::cli {

/// A folder that is removed when it is done with.
class Scratch {
 public:
  explicit Scratch(std::filesystem::path path) : path_(std::move(path)) {}
  ~Scratch();
  Scratch(const Scratch&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Fails with not_found when there is no journal in the folder.
Result<pipeline::DataFolder> find_data(const DataOptions& options);
/// Fails with not_found when there is no ledger; makes none.
Result<std::shared_ptr<store::Environment>> open_ledger(const pipeline::DataFolder& data,
                                                        const DataOptions& options);
/// Posts the journal from its first record up to `until` into an empty ledger at `folder`.
Result<std::shared_ptr<store::Environment>> build_ledger(const pipeline::DataFolder& data,
                                                         const std::filesystem::path& folder,
                                                         Seq until, const DataOptions& options);
/// See ledger::state_hash.
Result<std::string> hash_of(store::Environment& store, const pipeline::DataFolder& data);

}  // namespace accrue::cli
