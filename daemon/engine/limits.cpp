#include "engine/limits.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace accrue::engine {
namespace {

std::string iso_week(std::chrono::local_days day) {
  using std::chrono::days;
  // The ISO year of a week is the year of its Thursday.
  const auto thursday = day + days(4 - static_cast<int>(std::chrono::weekday(day).iso_encoding()));
  const std::chrono::year year = std::chrono::year_month_day(thursday).year();
  const auto first = std::chrono::local_days(year / std::chrono::January / 1);
  return fmt::format("{:04}-W{:02}", int(year), (thursday - first).count() / 7 + 1);
}

}  // namespace

std::string period_name(LimitPeriod per, LocalTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const int year = int(date.year());
  const unsigned month = unsigned(date.month());
  switch (per) {
    case LimitPeriod::transaction:
      return "";
    case LimitPeriod::day:
      return fmt::format("{:04}-{:02}-{:02}", year, month, unsigned(date.day()));
    case LimitPeriod::week:
      return iso_week(day);
    case LimitPeriod::month:
      return fmt::format("{:04}-{:02}", year, month);
    case LimitPeriod::quarter:
      return fmt::format("{:04}-Q{}", year, (month + 2) / 3);
    case LimitPeriod::year:
      return fmt::format("{:04}", year);
    case LimitPeriod::ever:
      return "ever";
  }
  return "ever";
}

const std::string& Periods::name(LimitPeriod per) {
  auto& name = names_[static_cast<std::size_t>(per)];
  if (!name) name = period_name(per, time_);
  return *name;
}

std::int64_t within_limits(const CompiledRule& rule, std::int64_t points, const MemberState& member,
                           Periods& periods) {
  for (const Limit& limit : rule.text->limits) {
    Used used;
    if (limit.per != LimitPeriod::transaction) {
      used = member.used(rule.text->id, limit.scope, periods.name(limit.per));
    }
    if (limit.times && used.times >= *limit.times) return 0;
    if (limit.points)
      points = std::min(points, std::max<std::int64_t>(0, *limit.points - used.points));
  }
  return points;
}

void count_use(const CompiledRule& rule, std::int64_t points, Periods& periods,
               std::vector<CounterUse>& counters) {
  const auto count = [&](LimitScope scope, const std::string& period) {
    const bool counted = std::any_of(counters.begin(), counters.end(), [&](const CounterUse& use) {
      return use.rule == rule.text->id && use.scope == scope && use.period == period;
    });
    if (!counted) counters.push_back({rule.text->id, scope, period, points, 1});
  };
  for (const Limit& limit : rule.text->limits) {
    if (limit.per != LimitPeriod::transaction) count(limit.scope, periods.name(limit.per));
  }
  if (rule.counts_awards) count(LimitScope::member, periods.name(LimitPeriod::ever));
}

}  // namespace accrue::engine
