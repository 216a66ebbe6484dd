// Which uses of limits a member's books remember. Bounded: of each rule the latest periods of a
// kind (days, weeks, months …) are kept, and what is older than they are counts as used up, so that
// a transaction that comes very late cannot pass a limit. Pure: any thread.
#pragma once

#include "ledger/member.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace accrue::ledger {

/// A till that was cut off for a week still finds its days.
inline constexpr std::size_t kPeriodsKept = 8;

/// True for two days, two weeks, two months …; "ever" is a kind that has no second.
inline bool is_same_kind(std::string_view a, std::string_view b) {
  if (a == "ever" || b == "ever") return a == b;
  // "2026", "2026-Q1", "2026-01", "2026-W03", "2026-01-31"
  const auto quarter = [](std::string_view period) {
    return period.size() > 5 && period[5] == 'Q';
  };
  return a.size() == b.size() && quarter(a) == quarter(b);
}

/// The use of the period may have been forgotten.
inline bool is_forgotten(const std::vector<Counter>& counters, std::string_view rule,
                         std::string_view period) {
  const auto newer = std::count_if(counters.begin(), counters.end(), [&](const Counter& counter) {
    return counter.rule == rule && is_same_kind(counter.period, period) && counter.period > period;
  });
  return static_cast<std::size_t>(newer) >= kPeriodsKept;
}

/// Drops the oldest period of the kind when there are more than are kept.
inline void forget_oldest(std::vector<Counter>& counters, std::string_view rule,
                          std::string_view period) {
  std::size_t kept = 0;
  auto oldest = counters.end();
  for (auto counter = counters.begin(); counter != counters.end(); ++counter) {
    if (counter->rule != rule || !is_same_kind(counter->period, period)) continue;
    ++kept;
    if (oldest == counters.end() || counter->period < oldest->period) oldest = counter;
  }
  if (kept > kPeriodsKept) counters.erase(oldest);
}

}  // namespace accrue::ledger
