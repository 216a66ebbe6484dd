// Small duties of a running daemon, once a second: numbers for Prometheus, a sign of life for
// systemd, an eye on free space. Called by the daemon's housekeeping thread.
#pragma once

#include "metrics/metrics.hpp"
#include "pipeline/road.hpp"

#include <filesystem>

namespace accrue::housekeeping {

void show(const pipeline::Road& road, const engine::RuleSet& rules,
          const metrics::Metrics& metrics);

/// Less than 5 % and less than 1 GiB free: recording stops while there is still room to finish.
bool is_nearly_full(const std::filesystem::path& folder);

/// systemd's protocol (sd_notify(3)); does nothing when not started by systemd.
void tell_ready();
void tell_reloading();
void tell_stopping();
void tell_watchdog();

}  // namespace accrue::housekeeping
