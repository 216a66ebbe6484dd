#include "engine/conditions.hpp"

#include "evaluation.hpp"

namespace accrue::test {
namespace {

using engine::When;

bool holds_at(const When& when, const char* time, const FakeMember& member = {}) {
  return engine::holds(when, sale("S", "M1", "2026-01-01", {}, "S001"), member, local(time));
}

When::Window window(int from, int until) {
  return {std::chrono::minutes(from), std::chrono::minutes(until)};
}

TEST(Conditions, AnEmptyConditionAlwaysHolds) { EXPECT_TRUE(holds_at({}, "2026-01-06T12:00:00")); }

TEST(Conditions, WeekdaysAreLocalDaysFromMondayOne) {
  When tuesday;
  tuesday.weekdays = {2};
  EXPECT_TRUE(holds_at(tuesday, "2026-01-06T00:00:00"));
  EXPECT_TRUE(holds_at(tuesday, "2026-01-06T23:59:59"));
  EXPECT_FALSE(holds_at(tuesday, "2026-01-05T23:59:59"));
  EXPECT_FALSE(holds_at(tuesday, "2026-01-07T00:00:00"));
  When sunday;
  sunday.weekdays = {7};
  EXPECT_TRUE(holds_at(sunday, "2026-01-04T12:00:00"));
}

TEST(Conditions, AWeekdayIsTheProgramsNotUtcs) {
  Program program;
  program.flat("tuesday", 5).when.weekdays = {2};
  // Midnight of Tuesday 2 June in London is 23:00 of Monday in UTC.
  EXPECT_EQ(earned(program, sale_of(100, "S", "2026-06-01T23:00:00")), "tuesday 5");
  EXPECT_EQ(earned(program, sale_of(100, "S", "2026-06-02T23:00:00")), "");
}

TEST(Conditions, ATimeWindowBeginsWithItsFirstMinuteAndEndsBeforeItsLast) {
  When when;
  when.time = window(17 * 60, 20 * 60);
  EXPECT_FALSE(holds_at(when, "2026-01-06T16:59:59"));
  EXPECT_TRUE(holds_at(when, "2026-01-06T17:00:00"));
  EXPECT_TRUE(holds_at(when, "2026-01-06T19:59:59"));
  EXPECT_FALSE(holds_at(when, "2026-01-06T20:00:00"));
}

TEST(Conditions, ATimeWindowMayWrapMidnight) {
  When when;
  when.time = window(22 * 60, 2 * 60);
  EXPECT_TRUE(holds_at(when, "2026-01-06T22:00:00"));
  EXPECT_TRUE(holds_at(when, "2026-01-06T23:59:59"));
  EXPECT_TRUE(holds_at(when, "2026-01-07T00:00:00"));
  EXPECT_TRUE(holds_at(when, "2026-01-07T01:59:59"));
  EXPECT_FALSE(holds_at(when, "2026-01-07T02:00:00"));
  EXPECT_FALSE(holds_at(when, "2026-01-07T21:59:59"));
}

TEST(Conditions, ADateWindowIncludesItsFromAndExcludesItsUntil) {
  When when;
  when.from = local("2026-01-06T12:00:00");
  when.until = local("2026-01-07");
  EXPECT_FALSE(holds_at(when, "2026-01-06T11:59:59"));
  EXPECT_TRUE(holds_at(when, "2026-01-06T12:00:00"));
  EXPECT_TRUE(holds_at(when, "2026-01-06T23:59:59"));
  EXPECT_FALSE(holds_at(when, "2026-01-07T00:00:00"));
}

TEST(Conditions, StoresAreComparedWhole) {
  When when;
  when.stores = {"S002", "S001"};
  EXPECT_TRUE(holds_at(when, "2026-01-06"));
  when.stores = {"S00"};
  EXPECT_FALSE(holds_at(when, "2026-01-06"));
}

TEST(Conditions, ATierIsTheMembersAttribute) {
  When when;
  when.tiers = {"gold", "silver"};
  FakeMember member;
  EXPECT_FALSE(holds_at(when, "2026-01-06", member));
  member.attributes["tier"] = std::string_view("silver");
  EXPECT_TRUE(holds_at(when, "2026-01-06", member));
  member.attributes["tier"] = std::string_view("bronze");
  EXPECT_FALSE(holds_at(when, "2026-01-06", member));
}

TEST(Conditions, EveryNamedAttributeMustEqualOneOfItsTexts) {
  When when;
  when.member = {{"staff", {"true"}}, {"level", {"3", "3.5"}}};
  FakeMember member;
  member.attributes["staff"] = true;
  EXPECT_FALSE(holds_at(when, "2026-01-06", member));
  member.attributes["level"] = std::int64_t{3};
  EXPECT_TRUE(holds_at(when, "2026-01-06", member));
  member.attributes["level"] = Decimal::parse("3.50").value();
  EXPECT_TRUE(holds_at(when, "2026-01-06", member));
  member.attributes["staff"] = false;
  EXPECT_FALSE(holds_at(when, "2026-01-06", member));
}

TEST(Conditions, TypesAndEventsAreTheTransactions) {
  When when;
  when.types = {TransactionType::event};
  when.events = {"review"};
  const FakeMember member;
  EXPECT_TRUE(engine::holds(when, event("E", "review", "2026-01-06"), member, {}));
  EXPECT_FALSE(engine::holds(when, event("E", "survey", "2026-01-06"), member, {}));
  EXPECT_FALSE(engine::holds(when, sale_of(1, "S", "2026-01-06"), member, {}));
}

TEST(Conditions, ARuleIsActiveFromMidnightToTheMidnightAfterItsLastDay) {
  engine::RuleText rule;
  rule.active_from = local("2025-12-01");
  rule.active_until = local("2025-12-25");  // until: 2025-12-24, which is included
  EXPECT_FALSE(engine::is_active(rule, local("2025-11-30T23:59:59")));
  EXPECT_TRUE(engine::is_active(rule, local("2025-12-01T00:00:00")));
  EXPECT_TRUE(engine::is_active(rule, local("2025-12-24T23:59:59")));
  EXPECT_FALSE(engine::is_active(rule, local("2025-12-25T00:00:00")));
}

TEST(Conditions, ItemsLetLinesInAndExceptTakesThemOutAgain) {
  Program program;
  auto& text = program.spend("drinks");
  text.items = ItemFilter{{}, {"drinks"}};
  text.except = ItemFilter{{"W*"}, {}};
  const Transaction basket = sale("S", "M1", "2026-01-06",
                                  {{"drinks", 500, 1, "BEER"},
                                   {"drinks", 700, 1, "WINE"},
                                   {"food", 900, 1, "PIE"},
                                   {"drinks", 200, 1, "COLA"}});
  const Decision decision = decided(program, basket);
  EXPECT_EQ(text_of(decision.awards), "drinks 7");
  EXPECT_EQ(decision.awards[0].by_line, (std::vector<std::int64_t>{5, 0, 0, 2}));
}

}  // namespace
}  // namespace accrue::test
