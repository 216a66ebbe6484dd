// Entries as they were recorded. The ledger keeps no copy of them: they stand in the journal, for
// ever, and are found there by number. Any thread.
#pragma once

#include "journal/lookup.hpp"
#include "ledger/entry.hpp"

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace accrue::ledger {

/// Newest first. `next` is the first one left out.
struct Statement {
  std::vector<Entry> entries;
  Seq next = Seq::none;
};

class Archive {
 public:
  static Result<std::unique_ptr<Archive>> open(const std::filesystem::path& journal);

  /// The journal payload at `seq`, which is durable. not_found: there is none, or its segment was
  /// moved elsewhere.
  Result<std::string> record(Seq seq);
  Result<Entry> entry(Seq seq);
  /// A member's entries, following their links from `from`; at most `limit`. Ends where older
  /// segments were moved elsewhere.
  Result<Statement> statement(Seq from, std::size_t limit);

 private:
  explicit Archive(journal::Lookup lookup) : lookup_(std::move(lookup)) {}

  std::mutex mutex_;
  journal::Lookup lookup_;
};

}  // namespace accrue::ledger
