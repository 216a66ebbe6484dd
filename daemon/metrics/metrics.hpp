// The daemon's numbers for Prometheus. One object, made first and destroyed last; any part counts
// in it from any thread, lock-free. What each metric means is in names.hpp and docs/metrics.md.
//
//   metrics.transactions.with("sale", "posted").add();
//   metrics.decision.observe(elapsed);
#pragma once

#include "metrics/names.hpp"
#include "metrics/series.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace accrue::metrics {

/// A metric with labels: `with` finds or makes the series. On the hottest paths keep the handle;
/// ask for it at start, so that the series stands at 0 before something happens and alerts see it.
template <class Handle>
class Family {
 public:
  explicit Family(Table& table) : table_(table) {}
  Handle with(std::string_view value) const { return handle(table_.at({value})); }
  Handle with(std::string_view first, std::string_view second) const {
    return handle(table_.at({first, second}));
  }

 private:
  Handle handle(Series& series) const {
    if constexpr (std::is_same_v<Handle, Histogram>) {
      return Histogram(series, table_.name().bounds);
    } else {
      return Handle(series);
    }
  }
  Table& table_;
};

class Metrics {
  std::atomic<std::int64_t> dropped_{0};
  std::deque<Table> tables_;  // Before the handles below, which point into it.

  Table& table(const Name& name);
  Counter counter(const Name& name) { return Counter(table(name).at({})); }
  Gauge gauge(const Name& name) { return Gauge(table(name).at({})); }
  Histogram histogram(const Name& name) { return Histogram(table(name).at({}), name.bounds); }

 public:
  explicit Metrics(std::string_view version);
  Metrics(const Metrics&) = delete;

  /// All metrics in the Prometheus text format 0.0.4.
  std::string text() const;
  /// Names the active rule set; the one named before is shown no more.
  void set_rule_set(std::string_view program, std::string_view hash);

  const Family<Counter> transactions{table(names::transactions)};            ///< type, result
  const Family<Counter> awards{table(names::awards)};                        ///< rule
  const Family<Counter> award_points{table(names::award_points)};            ///< rule
  const Family<Counter> points_issued{table(names::points_issued)};          ///< points currency
  const Family<Counter> points_redeemed{table(names::points_redeemed)};      ///< points currency
  const Family<Counter> points_expired{table(names::points_expired)};        ///< points currency
  const Family<Counter> points_reversed{table(names::points_reversed)};      ///< points currency
  const Family<Gauge> points_outstanding{table(names::points_outstanding)};  ///< points currency
  const Family<Gauge> liability{table(names::liability)};                    ///< money currency
  const Histogram decision = histogram(names::decision);
  const Histogram journal_sync = histogram(names::journal_sync);
  const Histogram journal_group = histogram(names::journal_group);  ///< observe(records)
  const Counter journal_errors = counter(names::journal_errors);
  const Counter journal_packed = counter(names::journal_packed);
  const Counter journal_packed_saved = counter(names::journal_packed_saved);
  const Histogram posting = histogram(names::posting);
  const Gauge poster_lag = gauge(names::poster_lag);
  const Gauge queue_depth = gauge(names::queue_depth);
  const Gauge ready = gauge(names::ready);
  const Gauge storage_full = gauge(names::storage_full);
  const Family<Gauge> outbox_due{table(names::outbox_due)};                ///< notifier
  const Family<Gauge> outbox_oldest{table(names::outbox_oldest)};          ///< notifier
  const Family<Counter> notices{table(names::notices)};                    ///< notifier, result
  const Family<Gauge> notifier_disabled{table(names::notifier_disabled)};  ///< notifier
  const Family<Counter> rule_set_reloads{table(names::rule_set_reloads)};  ///< "ok", "failed"
  const Family<Counter> feed_messages{table(names::feed_messages)};        ///< feed, result
  const Family<Gauge> feed_position{table(names::feed_position)};          ///< feed
  const Family<Counter> feed_sources{table(names::feed_sources)};          ///< feed, result
  const Family<Gauge> feed_up{table(names::feed_up)};                      ///< feed
  const Gauge store_map = gauge(names::store_map);
  const Gauge store_used = gauge(names::store_used);
  const Gauge store_reader_lag = gauge(names::store_reader_lag);
  const Family<Counter> plugin_faults{table(names::plugin_faults)};  ///< plugin
  const Family<Counter> http_requests{table(names::http_requests)};  ///< route, status
  const Family<Histogram> http_seconds{table(names::http_seconds)};  ///< route
  const Gauge members_cached = gauge(names::members_cached);

 private:
  const std::string version_;
  mutable std::mutex rule_set_mutex_;
  std::vector<std::string> rule_set_;  ///< Program and hash; empty before the first.
};

}  // namespace accrue::metrics
