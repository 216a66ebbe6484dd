// The courier of one notifier: takes the notices it owes in order, has them put into words,
// delivers them, and decides what is tried again, when, and what is given up. It has no thread and
// reads no clock of its own: the relay (or a test) calls round() and tells it the time.
// One thread at a time.
#pragma once

#include "metrics/metrics.hpp"
#include "outbox/backoff.hpp"
#include "outbox/deliveries.hpp"
#include "outbox/outbox.hpp"
#include "outbox/owed.hpp"

#include <accrue/notifier.hpp>
#include <accrue/plugin.hpp>
#include <accrue/result.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace accrue::outbox {

/// Puts a notice into words: looks up its entry, member and template. Implemented by the daemon;
/// called from every relay's thread.
class Composer {
 public:
  virtual ~Composer() = default;
  /// reject_input, corrupt or unsupported: the notice is dead. Any other error: it is tried again
  /// later, since a disk or a file may come back.
  virtual Result<Delivery> compose(const OutboxKey& key) = 0;
};

struct CourierSettings {
  int max_attempts = 20;
  std::chrono::hours max_age{24 * 7};  ///< Since this process first saw the notice.
  std::chrono::milliseconds first_pause{1'000};
  std::chrono::milliseconds longest_pause{3'600'000};
  std::size_t window = 64;    ///< Notices that may wait for another attempt while others go on.
  int failures_in_a_row = 3;  ///< From so many on, the receiver itself is given a pause.
  std::size_t batch = 512;    ///< Outcomes that share one sync.
  std::uint64_t seed = 1;     ///< Of the jitter.
};

/// What a courier works with. All of it outlives the courier.
struct CourierParts {
  std::string notifier;  ///< Name of the instance: the notifier of its keys.
  Notifier& plugin;
  Composer& composer;
  store::Environment& store;
  Deliveries& deliveries;
  metrics::Metrics& metrics;
  Log& log;
  std::function<Instant()> now = [] { return std::chrono::steady_clock::now(); };
};

class Courier {
 public:
  Courier(CourierParts parts, CourierSettings settings);

  /// Delivers what can be delivered now, for about half a second at most or until `stopping`, and
  /// records it. Returns when to call again: Instant::max() means when there is something new.
  /// Fails only when the log or the store does; then the process should exit.
  Result<Instant> round(const std::atomic<bool>& stopping);
  /// Ends the delivery that is under way; any thread.
  void stop();
  /// Counts what the last commit has added; see Owed::count. Any thread.
  Result<void> count() { return owed_.count(parts_.store); }
  /// Brings the metrics of what is owed up to date. Any thread.
  void show() const { owed_.show(parts_.now()); }

  /// The receiver wants nothing any more; its notices stay pending until a restart.
  bool disabled() const { return disabled_; }

 private:
  struct Pending {
    OutboxKey key;
    Instant first_seen{};
    int attempts = 0;
  };
  Result<void> work(const std::atomic<bool>& stopping, std::vector<Outcome>& outcomes);
  Result<void> refill();
  Result<std::optional<Pending>> take();
  void attempt(Pending pending, const std::atomic<bool>& stopping, std::vector<Outcome>& outcomes);
  void note_oldest(std::optional<Instant> tried);
  DeliveryResult deliver(const OutboxKey& key);
  DeliveryResult call_plugin(const Delivery& delivery);
  void postpone(Pending pending, const DeliveryResult& result, std::vector<Outcome>& outcomes);
  void give_up(const Pending& pending, std::string reason, std::vector<Outcome>& outcomes);
  void disable(Pending pending, const DeliveryResult& result);
  Instant next_call() const;

  CourierParts parts_;
  CourierSettings settings_;
  Backoff backoff_;
  OutboxKey position_;                       // The last notice taken from the store.
  std::deque<Pending> fresh_;                // Taken, not tried yet; in order.
  std::multimap<Instant, Pending> waiting_;  // Tried; by the time of the next attempt.
  Instant not_before_{};                     // The receiver has a pause until then.
  int failures_ = 0;                         // In a row, of any notice.
  bool disabled_ = false;
  bool more_ = false;  // The store may hold more behind position_.
  Owed owed_;
  metrics::Counter delivered_, retried_, dead_, faults_;
  metrics::Gauge off_;
};

}  // namespace accrue::outbox
