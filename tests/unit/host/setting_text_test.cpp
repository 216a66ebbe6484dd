// Settings as text: defaults of plugins' tables.
#include "host/setting_text.hpp"

#include <gtest/gtest.h>

namespace accrue::host {
namespace {

accrue_setting row(accrue_setting_type type) {
  return {"t", "key", type, 0, "", type == ACCRUE_CHOICE ? "down|up" : "", "", "", 0, 0};
}

template <class T>
T read(accrue_setting_type type, std::string_view text) {
  const auto value = parse_setting(row(type), text);
  EXPECT_TRUE(value.has_value()) << text;
  return std::get<T>(*value);
}

std::string refusal(const accrue_setting& setting, std::string_view text) {
  const auto value = parse_setting(setting, text);
  return value ? "read" : value.error().message;
}

TEST(SettingText, reads_each_type) {
  EXPECT_EQ(read<std::string>(ACCRUE_TEXT, "a b"), "a b");
  EXPECT_EQ(read<std::int64_t>(ACCRUE_INTEGER, "-12"), -12);
  EXPECT_EQ(read<Decimal>(ACCRUE_DECIMAL, "3.49"), Decimal::from_micros(3'490'000));
  EXPECT_TRUE(read<bool>(ACCRUE_BOOLEAN, "true"));
  EXPECT_EQ(read<Period>(ACCRUE_PERIOD, "2 weeks"), (Period{0, 14, {}}));
  EXPECT_EQ(read<std::string>(ACCRUE_CHOICE, "up"), "up");
}

TEST(SettingText, reads_a_list_or_one_thing_as_a_list) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(read<Texts>(ACCRUE_TEXTS, "[a, b c]"), (Texts{"a", "b c"}));
  EXPECT_EQ(read<Texts>(ACCRUE_TEXTS, "a"), Texts{"a"});
  EXPECT_EQ(read<Texts>(ACCRUE_TEXTS, "[]"), Texts{});
  EXPECT_EQ(read<std::vector<Period>>(ACCRUE_PERIODS, "[30 days, 1 month]"),
            (std::vector<Period>{{0, 30, {}}, {1, 0, {}}}));
}

TEST(SettingText, says_what_to_write_instead) {
  EXPECT_EQ(refusal(row(ACCRUE_INTEGER), "1.5"), "write a whole number such as 12");
  EXPECT_EQ(refusal(row(ACCRUE_BOOLEAN), "yes"), "write true or false");
  EXPECT_EQ(refusal(row(ACCRUE_CHOICE), "left"), "write one of down|up");
  EXPECT_NE(refusal(row(ACCRUE_PERIODS), "[30 days, soon]"), "read");
  EXPECT_NE(refusal(row(ACCRUE_ITEMS), "tea"), "read");
}

TEST(SettingText, holds_numbers_to_the_bounds_of_the_row) {
  accrue_setting bounded = row(ACCRUE_DECIMAL);
  bounded.minimum = 1;
  bounded.maximum = 100;
  EXPECT_EQ(refusal(bounded, "100"), "read");
  EXPECT_EQ(refusal(bounded, "100.000001"), "write a number from 1 to 100");
  EXPECT_EQ(refusal(bounded, "0.999999"), "write a number from 1 to 100");
}

TEST(SettingText, fills_in_what_was_left_out_and_leaves_what_was_written) {
  const accrue_setting table[] = {{"t", "a", ACCRUE_INTEGER, 0, "1", "", "", "", 0, 0},
                                  {"t", "b", ACCRUE_INTEGER, 0, "2", "", "", "", 0, 0},
                                  {"t", "c", ACCRUE_INTEGER, 0, "", "", "", "", 0, 0},
                                  {"u", "d", ACCRUE_INTEGER, 0, "4", "", "", "", 0, 0}};
  Settings settings;
  settings.set("b", std::int64_t{9}, {});
  fill_defaults(settings, table, "t");
  EXPECT_EQ(settings.integer("a"), 1);
  EXPECT_EQ(settings.integer("b"), 9);
  EXPECT_FALSE(settings.has("c"));
  EXPECT_FALSE(settings.has("d"));
}

}  // namespace
}  // namespace accrue::host
