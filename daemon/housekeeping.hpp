// Small duties of a running daemon, once a second: numbers for Prometheus, a sign of life for
// systemd. Called by the daemon's housekeeping thread.
#pragma once

#include "metrics/metrics.hpp"
#include "pipeline/road.hpp"

namespace accrue::housekeeping {

void show(const pipeline::Road& road, const engine::RuleSet& rules,
          const metrics::Metrics& metrics);

/// systemd's protocol (sd_notify(3)); does nothing when not started by systemd.
void tell_ready();
void tell_reloading();
void tell_stopping();
void tell_watchdog();

}  // namespace accrue::housekeeping
