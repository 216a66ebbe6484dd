// What a notifier owes by the ledger, for the metrics: how many notices, and since when the oldest.
// Kept true at each commit and each outcome, so that a receiver that hangs hides nothing.
// Any thread.
#pragma once

#include "metrics/metrics.hpp"
#include "outbox/outcome.hpp"
#include "store/environment.hpp"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

namespace accrue::outbox {

using Instant = std::chrono::steady_clock::time_point;

class Owed {
 public:
  Owed(const std::string& notifier, const metrics::Metrics& metrics);

  /// Counts what commits since the last call have added. After each, before the next one begins:
  /// notices that are settled and taken out in between would be missed.
  Result<void> count(store::Environment& store);
  /// So many of them are delivered or dead.
  void settle(std::size_t outcomes);
  /// The oldest of them was first seen then; nothing while none is known.
  void set_oldest(std::optional<Instant> seen);
  void show(Instant now) const;

 private:
  mutable std::mutex mutex_;
  OutboxKey counted_;  ///< The last one counted.
  std::int64_t owed_ = 0;
  std::optional<Instant> oldest_;
  metrics::Gauge due_, age_;
};

}  // namespace accrue::outbox
