// The deliveries log: a journal of its own that remembers what became of each notice, so that
// neither a crash nor a rebuild of the store sends one again. Format: docs/formats/deliveries.md.
// record() may be called from any thread; calls wait for each other.
#pragma once

#include "journal/journal.hpp"
#include "outbox/outcome.hpp"

#include <accrue/result.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace accrue::outbox {

class Deliveries {
 public:
  /// Is given outcomes that are durable, in order of the log, for settle() in the poster's next
  /// commit. Called on a relay's thread; must not block.
  using OnRecorded = std::function<void(std::vector<Outcome>)>;

  /// Opens or creates the log; errors are those of journal::Journal::open.
  static Result<std::unique_ptr<Deliveries>> open(const std::filesystem::path& folder,
                                                  OnRecorded on_recorded,
                                                  journal::Disk& disk = journal::Disk::real());

  /// Appends the outcomes with one sync, then hands them on. After a failure nothing is handed on,
  /// and the process should exit (see journal::Journal::write).
  Result<void> record(std::vector<Outcome> outcomes);

  /// Newest record; none when there is none.
  Seq last() const;

 private:
  Deliveries(std::unique_ptr<journal::Journal> journal, OnRecorded on_recorded)
      : journal_(std::move(journal)), on_recorded_(std::move(on_recorded)) {}

  mutable std::mutex mutex_;  // Also keeps the hand-over in the log's order.
  std::unique_ptr<journal::Journal> journal_;
  OnRecorded on_recorded_;
};

/// Calls fn for every outcome in the log from record `from` on, until it fails. A missing log has
/// none.
Result<void> replay_deliveries(const std::filesystem::path& folder, Seq from,
                               const std::function<Result<void>(Outcome)>& fn);

/// Longest reason, in bytes; longer ones are cut.
inline constexpr std::size_t kMaxReason = 1'000;

/// One record's payload.
std::string encode_outcome(const Outcome& outcome);
std::optional<Outcome> decode_outcome(std::string_view payload);

}  // namespace accrue::outbox
