// Limits: how much of an award its rule may still give. Pure: any thread.
#pragma once

#include "engine/member_state.hpp"
#include "engine/rule_set.hpp"

#include <array>

namespace accrue::engine {

/// Name of the period that holds `time`: "2026-01-31", "2026-W05" (ISO 8601), "2026-01",
/// "2026-Q1", "2026", "ever". A limit per transaction has no period: "".
std::string period_name(LimitPeriod per, LocalTime time);

/// The names of the periods that hold one time, each made when it is first asked for. One thread.
class Periods {
 public:
  explicit Periods(LocalTime time) : time_(time) {}
  const std::string& name(LimitPeriod per);

 private:
  LocalTime time_;
  std::array<std::optional<std::string>, 7> names_;
};

/// The part of `points` (> 0) that every limit of the rule leaves room for, 0 when used up.
std::int64_t within_limits(const CompiledRule& rule, std::int64_t points, const MemberState& member,
                           Periods& periods);

/// Counter uses that an award of the rule leaves behind.
void count_use(const CompiledRule& rule, std::int64_t points, Periods& periods,
               std::vector<CounterUse>& counters);

}  // namespace accrue::engine
