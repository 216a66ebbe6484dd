// Settings tables: every type of setting, defaults, and tables that plugins got wrong.
#include "tables.hpp"

#include "config/yaml_reader.hpp"

namespace accrue::config {
namespace {

struct Read {
  Settings settings;
  std::string told;
};

Read read(const std::vector<accrue_setting>& rows, std::string_view yaml) {
  Problems problems;
  Reading in("f", problems);
  SettingTable table;
  for (const auto& row : rows) table.push_back(&row);
  const auto tree = parse_yaml_mapping(in, yaml, "a: 1");
  Read result;
  if (tree) result.settings = read_settings(in, *tree, table, {"the test", {"shared"}});
  if (problems.any()) result.told = testing::told(problems.to_error("f"), "");
  return result;
}

using testing::row;

TEST(SettingsTable, ReadsEveryType) {
  const std::vector<accrue_setting> rows{
      row("text", ACCRUE_TEXT, false),       row("integer", ACCRUE_INTEGER, false),
      row("decimal", ACCRUE_DECIMAL, false), row("boolean", ACCRUE_BOOLEAN, false),
      row("period", ACCRUE_PERIOD, false),   row("texts", ACCRUE_TEXTS, false),
      row("periods", ACCRUE_PERIODS, false), row("items", ACCRUE_ITEMS, false),
      row("map", ACCRUE_MAP, false),         row("choice", ACCRUE_CHOICE, false, "", "a|b")};
  const Read result =
      read(rows,
           "text: 'no'\ninteger: -5\ndecimal: -2.500001\nboolean: true\n"
           "period: 36 hours\ntexts: one\nperiods: [1 day]\n"
           "items: { category: [x] }\nmap: { a: 1 }\nchoice: b\nshared: whatever\n");
  EXPECT_EQ(result.told, "");
  EXPECT_EQ(result.settings.text("text"), "no");
  EXPECT_EQ(result.settings.integer("integer"), -5);
  EXPECT_EQ(result.settings.decimal("decimal").micros(), -2'500'001);
  EXPECT_TRUE(result.settings.boolean("boolean"));
  EXPECT_EQ(result.settings.period("period").minutes.count(), 36 * 60);
  EXPECT_EQ(result.settings.texts("texts"), (std::vector<std::string>{"one"}));
  EXPECT_EQ(result.settings.periods("periods").size(), 1U);
  EXPECT_EQ(result.settings.items("items").categories, (std::vector<std::string>{"x"}));
  EXPECT_EQ(result.settings.map("map")[0].second, "1");
  EXPECT_EQ(result.settings.text("choice"), "b");
}

TEST(SettingsTable, FillsDefaultsOfEveryType) {
  const std::vector<accrue_setting> rows{row("text", ACCRUE_TEXT, false, "a: b # c"),
                                         row("integer", ACCRUE_INTEGER, false, "7"),
                                         row("decimal", ACCRUE_DECIMAL, false, "0.5"),
                                         row("boolean", ACCRUE_BOOLEAN, false, "true"),
                                         row("texts", ACCRUE_TEXTS, false, "[a, b]"),
                                         row("items", ACCRUE_ITEMS, false, "{ sku: [A] }"),
                                         row("none", ACCRUE_TEXT, false)};
  const Read result = read(rows, "shared: 1\n");
  EXPECT_EQ(result.told, "");
  EXPECT_EQ(result.settings.text("text"), "a: b # c");
  EXPECT_EQ(result.settings.integer("integer"), 7);
  EXPECT_EQ(result.settings.decimal("decimal").micros(), 500'000);
  EXPECT_TRUE(result.settings.boolean("boolean"));
  EXPECT_EQ(result.settings.texts("texts").size(), 2U);
  EXPECT_EQ(result.settings.items("items").skus, (std::vector<std::string>{"A"}));
  EXPECT_FALSE(result.settings.has("none"));
}

TEST(SettingsTable, BoundsIncludeTheirEnds) {
  const std::vector<accrue_setting> rows{row("n", ACCRUE_INTEGER, false, "", "", 1, 10),
                                         row("d", ACCRUE_DECIMAL, false, "", "", 0, 1)};
  EXPECT_EQ(read(rows, "n: 1\nd: 0\n").told, "");
  EXPECT_EQ(read(rows, "n: 10\nd: 1.000000\n").told, "");
  EXPECT_NE(read(rows, "n: 11\n").told, "");
  EXPECT_NE(read(rows, "d: 1.000001\n").told, "");
  EXPECT_NE(read(rows, "d: -0.000001\n").told, "");
}

TEST(SettingsTable, SaysWhenAPluginDeclaresADefaultThatCannotBe) {
  const std::vector<accrue_setting> rows{row("n", ACCRUE_INTEGER, false, "many")};
  EXPECT_NE(read(rows, "shared: 1\n").told.find("default of n"), std::string::npos);
}

TEST(SettingsTable, SaysWhenAPluginDeclaresAnUnknownType) {
  std::vector<accrue_setting> rows{row("n", ACCRUE_TEXT, false)};
  rows[0].type = 99;
  EXPECT_NE(read(rows, "n: 1\n").told.find("f:1:4 bad_table"), std::string::npos);
}

}  // namespace
}  // namespace accrue::config
