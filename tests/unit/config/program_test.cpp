// What a good program becomes: the spec says what its authors wrote.
#include "tables.hpp"

namespace accrue::config {
namespace {

using testing::Folder;
using testing::kGoodProgram;
using testing::kGoodRules;

LocalTime day(const char* text) { return parse_local_time(text).value(); }

/// The spec of a program with these rule lines; fails the test with what was told when refused.
engine::ProgramSpec load(const std::string& rules, const std::string& program = "") {
  Folder folder;
  folder.write("program.yaml", std::string(kGoodProgram) + program);
  folder.write("rules.yaml", rules);
  auto spec = load_program(folder.path(), testing::rule_types());
  if (spec.has_value()) return std::move(spec.value());
  ADD_FAILURE() << testing::told(spec.error(), folder.path());
  return {};
}

TEST(Program, HasItsTermsAsWritten) {
  const auto spec = load(std::string(kGoodRules),
                         "returns: { spent_points: only_pending }\n"
                         "members: { unknown: refuse }\n"
                         "notices: { points_earned: false, milestones: [100, 500] }\n");
  EXPECT_EQ(spec.terms.name, "shop");
  EXPECT_EQ(spec.terms.currency.code(), "GBP");
  EXPECT_EQ(spec.terms.zone->name(), "Europe/London");
  EXPECT_EQ(spec.terms.zone, spec.zone.get());
  ASSERT_EQ(spec.terms.currencies.size(), 2U);
  EXPECT_EQ(spec.terms.currencies[0].name, "points");
  EXPECT_EQ(spec.terms.currencies[0].value, Decimal::from_micros(10'000));
  EXPECT_TRUE(spec.terms.currencies[0].spendable);
  EXPECT_FALSE(spec.terms.currencies[1].spendable);
  ASSERT_EQ(spec.lanes.size(), 2U);
  EXPECT_EQ(spec.lanes[1].name, "bonus");
  EXPECT_EQ(spec.lanes[1].policy, engine::LanePolicy::best);
  EXPECT_EQ(spec.spent_points, engine::SpentPoints::only_pending);
  EXPECT_EQ(spec.unknown_members, engine::UnknownMember::refuse);
  EXPECT_FALSE(spec.notices.points_earned);
  EXPECT_TRUE(spec.notices.offer_made);
  EXPECT_EQ(spec.notices.milestones, (std::vector<std::int64_t>{100, 500}));
}

TEST(Program, WithoutTemplatesSpeaksEnglish) {
  const auto spec = load(std::string(kGoodRules));
  ASSERT_TRUE(spec.notices.templates.contains("en"));
  for (const auto& words : spec.notices.templates.at("en")) {
    EXPECT_FALSE(words.subject.empty());
    EXPECT_FALSE(words.text.empty());
  }
}

TEST(Program, GivesRulesTheirSettingsWithDefaults) {
  const auto spec = load(std::string(kGoodRules));
  ASSERT_EQ(spec.rules.size(), 1U);
  const auto& rule = spec.rules[0];
  EXPECT_EQ(rule.id, "base");
  EXPECT_EQ(rule.type, "earning.spend");
  EXPECT_EQ(rule.settings.integer("award"), 1);
  EXPECT_EQ(rule.settings.decimal("per"), Decimal::from_whole(1));
  EXPECT_EQ(rule.settings.text("round"), "down");
  EXPECT_EQ(rule.place.line, 2);
  EXPECT_EQ(rule.settings.place("per").line, 5);
  EXPECT_EQ(rule.settings.place("per").column, 10);
}

TEST(Program, TakesEverySharedClause) {
  const auto spec =
      load(std::string(kGoodRules) +
           "  - id: r\n"
           "    type: earning.spend\n"
           "    title: Two on Tuesday\n"
           "    award: 2\n"
           "    per: 0.50\n"
           "    lane: bonus\n"
           "    currency: status\n"
           "    items: { category: bread, sku: [A1, \"B*\"] }\n"
           "    except: { sku: [POST, \"BANK CHARGES\", 85123] }\n"
           "    when: { weekday: [tue, sun], time: \"22:00-02:30\", from: 2026-01-01,\n"
           "            until: 2026-01-31, store: S1, tier: [gold, silver],\n"
           "            event: review, type: [sale, event],\n"
           "            member: { newsletter: true, region: [north, west] } }\n"
           "    limit: { member: { points: 500, times: 3, per: month },\n"
           "             campaign: { points: 1000000 } }\n"
           "    active: { from: 2026-01-01, until: 2026-03-31 }\n");
  ASSERT_EQ(spec.rules.size(), 2U);
  const auto& rule = spec.rules[1];
  EXPECT_EQ(rule.title, "Two on Tuesday");
  EXPECT_EQ(rule.lane, "bonus");
  EXPECT_EQ(rule.currency, "status");
  EXPECT_EQ(rule.items, (ItemFilter{{"A1", "B*"}, {"bread"}}));
  EXPECT_EQ(rule.except, (ItemFilter{{"POST", "BANK CHARGES", "85123"}, {}}));
  EXPECT_EQ(rule.when.weekdays, (std::vector<int>{2, 7}));
  ASSERT_TRUE(rule.when.time);
  EXPECT_EQ(rule.when.time->from.count(), 22 * 60);
  EXPECT_EQ(rule.when.time->until.count(), 2 * 60 + 30);
  EXPECT_EQ(rule.when.from, day("2026-01-01"));
  EXPECT_EQ(rule.when.until, day("2026-02-01")) << "a day as `until` counts whole";
  EXPECT_EQ(rule.when.stores, (std::vector<std::string>{"S1"}));
  EXPECT_EQ(rule.when.tiers, (std::vector<std::string>{"gold", "silver"}));
  EXPECT_EQ(rule.when.events, (std::vector<std::string>{"review"}));
  EXPECT_EQ(rule.when.types,
            (std::vector<TransactionType>{TransactionType::sale, TransactionType::event}));
  ASSERT_EQ(rule.when.member.size(), 2U);
  EXPECT_EQ(rule.when.member[1].first, "region");
  EXPECT_EQ(rule.when.member[1].second, (std::vector<std::string>{"north", "west"}));
  ASSERT_EQ(rule.limits.size(), 2U);
  EXPECT_EQ(rule.limits[0].scope, LimitScope::member);
  EXPECT_EQ(rule.limits[0].points, 500);
  EXPECT_EQ(rule.limits[0].times, 3);
  EXPECT_EQ(rule.limits[0].per, engine::LimitPeriod::month);
  EXPECT_EQ(rule.limits[1].scope, LimitScope::campaign);
  EXPECT_EQ(rule.limits[1].per, engine::LimitPeriod::ever);
  EXPECT_EQ(rule.active_from, day("2026-01-01"));
  EXPECT_EQ(rule.active_until, day("2026-04-01")) << "the last day counts whole";
}

TEST(Program, TakesUntilWithATimeToTheSecond) {
  const auto spec = load(std::string(kGoodRules) + "    when: { until: 2026-01-31T12:00:00 }\n");
  ASSERT_EQ(spec.rules.size(), 1U);
  EXPECT_EQ(spec.rules[0].when.until, day("2026-01-31T12:00:00"));
}

TEST(Program, GivesNestedSettingsTheirDottedKeys) {
  const auto spec = load(
      "rules:\n"
      "  - id: r\n"
      "    type: cross_sell.bought_without\n"
      "    bought: { sku: [TEA1, TEA2] }\n"
      "    within: 90 days\n"
      "    offer: { award: 50, on: { category: biscuits }, valid: 2 weeks, message: \"Hi\" }\n"
      "    labels: { a: b, c.d: e }\n");
  ASSERT_EQ(spec.rules.size(), 1U);
  const Settings& settings = spec.rules[0].settings;
  EXPECT_EQ(settings.items("bought").skus, (std::vector<std::string>{"TEA1", "TEA2"}));
  EXPECT_EQ(settings.period("within"), (Period{0, 90, {}}));
  EXPECT_EQ(settings.integer("offer.award"), 50);
  EXPECT_EQ(settings.items("offer.on").categories, (std::vector<std::string>{"biscuits"}));
  EXPECT_EQ(settings.period("offer.valid"), (Period{0, 14, {}}));
  EXPECT_EQ(settings.text("offer.message"), "Hi");
  ASSERT_EQ(settings.map("labels").size(), 2U);
  EXPECT_EQ(settings.map("labels")[1].first, "c.d");
}

TEST(Program, TakesPeriodsAsAListOrOne) {
  const auto spec = load(
      "rules:\n"
      "  - { id: a, type: expiry.rolling, after: 12 months, remind: [30 days, 7 days] }\n"
      "  - { id: b, type: expiry.rolling, after: 1 year, remind: 1 week }\n"
      "  - { id: c, type: expiry.rolling, after: 1 year }\n"
      "  - { id: d, type: expiry.rolling, after: 1 year, remind: [] }\n");
  ASSERT_EQ(spec.rules.size(), 4U);
  EXPECT_EQ(spec.rules[0].settings.periods("remind").size(), 2U);
  EXPECT_EQ(spec.rules[0].settings.period("after"), spec.rules[1].settings.period("after"));
  EXPECT_EQ(spec.rules[1].settings.periods("remind"), (std::vector<Period>{{0, 7, {}}}));
  EXPECT_EQ(spec.rules[2].settings.periods("remind"), (std::vector<Period>{{0, 30, {}}}));
  EXPECT_TRUE(spec.rules[3].settings.periods("remind").empty());
}

TEST(Program, WithoutLanesHasOneThatStacks) {
  Folder folder;
  folder.write("program.yaml", "program: p\ncurrency: JPY\nzone: UTC\ncurrencies: { points: }\n");
  folder.write("rules.yaml", kGoodRules);
  const auto spec = load_program(folder.path(), testing::rule_types());
  ASSERT_TRUE(spec.has_value()) << testing::told(spec.error(), folder.path());
  ASSERT_EQ(spec->lanes.size(), 1U);
  EXPECT_EQ(spec->lanes[0].policy, engine::LanePolicy::stack);
}

}  // namespace
}  // namespace accrue::config
