#include "engine/limits.hpp"

#include "evaluation.hpp"

namespace accrue::test {
namespace {

using engine::Limit;
using engine::LimitPeriod;
using engine::period_name;

std::string week_of(const char* day) { return period_name(LimitPeriod::week, local(day)); }

// Weeks as `date -d <day> +%G-W%V` prints them.
TEST(Limits, WeeksAtYearEndsAreIsosWeeks) {
  EXPECT_EQ(week_of("2021-01-01"), "2020-W53");
  EXPECT_EQ(week_of("2021-01-03"), "2020-W53");
  EXPECT_EQ(week_of("2021-01-04"), "2021-W01");
  EXPECT_EQ(week_of("2019-12-29"), "2019-W52");
  EXPECT_EQ(week_of("2019-12-30"), "2020-W01");
  EXPECT_EQ(week_of("2022-01-01"), "2021-W52");
  EXPECT_EQ(week_of("2016-01-03"), "2015-W53");
  EXPECT_EQ(week_of("2024-12-31"), "2025-W01");
  EXPECT_EQ(week_of("2026-12-31"), "2026-W53");
  EXPECT_EQ(week_of("2027-01-03"), "2026-W53");
}

TEST(Limits, APeriodIsNamedByItsLocalCalendar) {
  const LocalTime time = local("2026-05-09T23:59:59");
  EXPECT_EQ(period_name(LimitPeriod::transaction, time), "");
  EXPECT_EQ(period_name(LimitPeriod::day, time), "2026-05-09");
  EXPECT_EQ(period_name(LimitPeriod::month, time), "2026-05");
  EXPECT_EQ(period_name(LimitPeriod::quarter, time), "2026-Q2");
  EXPECT_EQ(period_name(LimitPeriod::year, time), "2026");
  EXPECT_EQ(period_name(LimitPeriod::ever, time), "ever");
  EXPECT_EQ(period_name(LimitPeriod::quarter, local("2026-03-31")), "2026-Q1");
  EXPECT_EQ(period_name(LimitPeriod::quarter, local("2026-12-31")), "2026-Q4");
}

Limit points_limit(LimitScope scope, std::int64_t points, LimitPeriod per) {
  return {scope, points, std::nullopt, per};
}

TEST(Limits, AnAwardBeyondTheLimitIsCutAndSaysSo) {
  Program program;
  program.spend("base").limits = {points_limit(LimitScope::member, 10, LimitPeriod::month)};
  FakeMember member;
  member.uses[{"base", LimitScope::member, "2026-01"}] = {4, 1};
  const Decision decision = decided(program, sale_of(2500, "S", "2026-01-06"), member);
  EXPECT_EQ(text_of(decision.awards), "base 6");
  EXPECT_EQ(decision.awards[0].reason, "spent, limited to 6");
  ASSERT_EQ(decision.counters.size(), 1u);
  EXPECT_EQ(decision.counters[0].period, "2026-01");
  EXPECT_EQ(decision.counters[0].points, 6);
  EXPECT_EQ(decision.counters[0].times, 1);
}

TEST(Limits, WhatALimitCutsIsCutFromTheLinesInProportion) {
  Program program;
  program.spend("base").limits = {points_limit(LimitScope::member, 5, LimitPeriod::transaction)};
  const Decision decision =
      decided(program, sale("S", "M1", "2026-01-06", {{"a", 1000}, {"b", 600}, {"c", 400}}));
  // 20 points as 10 + 6 + 4; 5 of them as 2.5, 1.5, 1: the halves go to the earlier line.
  EXPECT_EQ(decision.awards[0].points, Points(5));
  EXPECT_EQ(decision.awards[0].by_line, (std::vector<std::int64_t>{3, 1, 1}));
}

TEST(Limits, AUsedUpLimitGivesNoAwardAtAll) {
  Program program;
  program.spend("base").limits = {points_limit(LimitScope::member, 10, LimitPeriod::ever)};
  FakeMember member;
  member.uses[{"base", LimitScope::member, "ever"}] = {10, 3};
  const Decision decision = decided(program, sale_of(2500, "S", "2026-01-06"), member);
  EXPECT_EQ(text_of(decision.awards), "");
  EXPECT_TRUE(decision.counters.empty());
  EXPECT_TRUE(decision.opened.empty());
}

TEST(Limits, TimesCountAwardsWhateverTheirSize) {
  Program program;
  program.spend("base").limits = {{LimitScope::member, std::nullopt, 2, LimitPeriod::day}};
  FakeMember member;
  member.uses[{"base", LimitScope::member, "2026-01-06"}] = {99, 1};
  EXPECT_EQ(earned(program, sale_of(500, "S", "2026-01-06"), member), "base 5");
  member.uses[{"base", LimitScope::member, "2026-01-06"}] = {99, 2};
  EXPECT_EQ(earned(program, sale_of(500, "S", "2026-01-06"), member), "");
  EXPECT_EQ(earned(program, sale_of(500, "S", "2026-01-07"), member), "base 5");
}

TEST(Limits, ACampaignsBudgetIsSharedByAllMembersAndNeverExceeded) {
  Program program;
  program.spend("base").limits = {points_limit(LimitScope::member, 100, LimitPeriod::ever),
                                  points_limit(LimitScope::campaign, 1000, LimitPeriod::year)};
  FakeMember member;
  member.uses[{"base", LimitScope::campaign, "2026"}] = {993, 40};
  const Decision decision = decided(program, sale_of(2500, "S", "2026-01-06"), member);
  EXPECT_EQ(text_of(decision.awards), "base 7");
  ASSERT_EQ(decision.counters.size(), 2u);
  EXPECT_EQ(decision.counters[0].scope, LimitScope::member);
  EXPECT_EQ(decision.counters[1].scope, LimitScope::campaign);
  EXPECT_EQ(decision.counters[1].period, "2026");
  EXPECT_EQ(decision.counters[1].points, 7);
}

TEST(Limits, ARuleThatLosesItsLaneUsesNothingUp) {
  Program program;
  program.lanes({{"bonus", engine::LanePolicy::best}});
  program.flat("small", 5).limits = {points_limit(LimitScope::member, 50, LimitPeriod::ever)};
  program.flat("large", 9).limits = {points_limit(LimitScope::member, 50, LimitPeriod::ever)};
  const Decision decision = decided(program, sale_of(100, "S", "2026-01-06"));
  EXPECT_EQ(text_of(decision.awards), "large 9");
  ASSERT_EQ(decision.counters.size(), 1u);
  EXPECT_EQ(decision.counters[0].rule, "large");
}

TEST(Limits, AnAwardThatIsCutMayLoseItsLane) {
  Program program;
  program.lanes({{"bonus", engine::LanePolicy::best}});
  program.flat("large", 9).limits = {points_limit(LimitScope::member, 4, LimitPeriod::ever)};
  program.flat("small", 5);
  EXPECT_EQ(earned(program, sale_of(100, "S", "2026-01-06")), "small 5");
}

TEST(Limits, AnEventsAwardsAreCountedForEverSoThatOnceIsOnce) {
  Program program;
  program.event("review", "review", 20, true);
  FakeMember member;
  const Decision first = decided(program, event("E1", "review", "2026-01-06"), member);
  ASSERT_EQ(first.counters.size(), 1u);
  EXPECT_EQ(first.counters[0].period, "ever");
  EXPECT_EQ(first.counters[0].times, 1);
  member.uses[{"review", LimitScope::member, "ever"}] = {20, 1};
  EXPECT_EQ(earned(program, event("E2", "review", "2026-02-06"), member), "");
}

}  // namespace
}  // namespace accrue::test
