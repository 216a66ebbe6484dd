#include "housekeeping.hpp"

#include "engine/worth.hpp"

#include <systemd/sd-daemon.h>

namespace accrue::housekeeping {

void show(const pipeline::Road& road, const engine::RuleSet& rules,
          const metrics::Metrics& metrics) {
  const ledger::Totals totals = road.totals();
  Money liability;
  for (const ledger::Balance& sum : totals.currencies) {
    metrics.points_outstanding.with(sum.currency).set(sum.available().count());
    for (const PointsCurrency& currency : rules.terms().currencies) {
      if (currency.name != sum.currency) continue;
      liability = liability + engine::worth(sum.available(), currency, rules.terms().currency);
    }
  }
  metrics.liability.with(rules.terms().currency.code()).set(liability.minor());
  // Looked at here and not where work is taken: a queue that has emptied must be seen to be empty.
  metrics.queue_depth.set(static_cast<std::int64_t>(road.waiting()));
  metrics.poster_lag.set(static_cast<std::int64_t>(value_of(road.durable())) -
                         static_cast<std::int64_t>(value_of(road.applied())));
  if (const auto stats = road.store()->stats()) {
    metrics.store_map.set(static_cast<std::int64_t>(stats.value().map_bytes));
    metrics.store_used.set(static_cast<std::int64_t>(stats.value().used_bytes));
    metrics.store_reader_lag.set(static_cast<std::int64_t>(stats.value().oldest_reader_lag));
  }
}

void tell_ready() { sd_notify(0, "READY=1"); }
void tell_reloading() { sd_notify(0, "RELOADING=1"); }
void tell_stopping() { sd_notify(0, "STOPPING=1"); }
void tell_watchdog() { sd_notify(0, "WATCHDOG=1"); }

}  // namespace accrue::housekeeping
