#include <accrue/settings.hpp>

#include <gtest/gtest.h>

namespace accrue {
namespace {

TEST(ItemFilterPatterns, MatchWholeNamesOrBeginnings) {
  const ItemFilter filter{{"POST", "gift_*"}, {"tobacco"}};
  EXPECT_TRUE(filter.matches("POST", ""));
  EXPECT_TRUE(filter.matches("gift_0001_20", ""));
  EXPECT_TRUE(filter.matches("gift_", ""));
  EXPECT_TRUE(filter.matches("X", "tobacco"));
  EXPECT_FALSE(filter.matches("POSTAGE", ""));
  EXPECT_FALSE(filter.matches("gift", ""));
  EXPECT_FALSE(filter.matches("post", ""));
  EXPECT_FALSE(filter.matches("tobacco", "POST"));
}

TEST(ItemFilterPatterns, StarMeansAnythingThatIsThere) {
  const ItemFilter any_category{{}, {"*"}};
  EXPECT_TRUE(any_category.matches("A", "tea"));
  EXPECT_FALSE(any_category.matches("A", ""));
  EXPECT_TRUE((ItemFilter{{"*"}, {}}).matches("A", ""));
}

TEST(ItemFilterPatterns, ListingNothingMatchesNothing) {
  EXPECT_FALSE(ItemFilter{}.matches("A", "tea"));
  EXPECT_TRUE(ItemFilter{}.empty());
  EXPECT_FALSE((ItemFilter{{""}, {""}}).matches("A", ""));
}

TEST(SettingsOfARule, GiveBackWhatWasWritten) {
  Settings settings;
  settings.set_place({"rules/a.yaml", 4, 1});
  settings.set("award", std::int64_t{5}, {"rules/a.yaml", 5, 12});
  settings.set("per", Decimal::from_whole(1), {"rules/a.yaml", 6, 10});
  settings.set("on", true, {});
  settings.set("name", std::string("x"), {});
  settings.set("valid", Period{0, 14, {}}, {});
  settings.set("remind", std::vector<Period>{Period{0, 30, {}}}, {});
  settings.set("skus", std::vector<std::string>{"A", "B"}, {});
  settings.set("items", ItemFilter{{"A"}, {}}, {});
  settings.set("columns", std::vector<std::pair<std::string, std::string>>{{"id", "No"}}, {});
  EXPECT_EQ(settings.integer("award"), 5);
  EXPECT_EQ(settings.decimal("per"), Decimal::from_whole(1));
  EXPECT_TRUE(settings.boolean("on"));
  EXPECT_EQ(settings.text("name"), "x");
  EXPECT_EQ(settings.period("valid").days, 14);
  EXPECT_EQ(settings.periods("remind").size(), 1u);
  EXPECT_EQ(settings.texts("skus").back(), "B");
  EXPECT_TRUE(settings.items("items").matches("A", ""));
  EXPECT_EQ(settings.map("columns").front().second, "No");
  EXPECT_EQ(settings.place("award").to_string(), "rules/a.yaml:5:12");
}

TEST(SettingsOfARule, AreZeroAndPlacedAtTheRuleWhenNotWritten) {
  Settings settings;
  settings.set_place({"rules/a.yaml", 4, 1});
  EXPECT_FALSE(settings.has("award"));
  EXPECT_EQ(settings.integer("award"), 0);
  EXPECT_EQ(settings.text("name"), "");
  EXPECT_TRUE(settings.items("items").empty());
  EXPECT_EQ(settings.place("award").to_string(), "rules/a.yaml:4:1");
  EXPECT_EQ((Place{"a.yaml", 0, 0}).to_string(), "a.yaml");
}

TEST(SettingsDeathTest, AskingForAnotherTypeThanWrittenIsABug) {
  Settings settings;
  settings.set("award", std::int64_t{5}, {});
  EXPECT_DEATH((void)settings.text("award"), "assertion failed");
}

}  // namespace
}  // namespace accrue
