// Every fault of a program's files is told with its place and with what to write instead.
#include "tables.hpp"

namespace accrue::config {
namespace {

using testing::Folder;
using testing::kGoodProgram;
using testing::kGoodRules;

struct Bad {
  const char* name;
  std::string program;
  std::string rules;
  const char* words;
  std::size_t problems = 1;
};

void PrintTo(const Bad& bad, std::ostream* out) { *out << bad.name; }

Bad program(const char* name, const std::string& line, const char* words) {
  return {name, std::string(kGoodProgram) + line, std::string(kGoodRules), words};
}

/// A program.yaml in which one line reads otherwise.
Bad instead(const char* name, std::string_view from, std::string_view to, const char* words) {
  std::string text(kGoodProgram);
  const auto at = text.find(from);
  EXPECT_NE(at, text.npos);
  text.replace(at, from.size(), to);
  return {name, text, std::string(kGoodRules), words};
}

/// A second rule, from line 6 on: "  - id: r", then the text.
Bad rule(const char* name, const std::string& text, const char* words) {
  return {name, std::string(kGoodProgram), std::string(kGoodRules) + "  - id: r\n" + text, words};
}

/// A spend rule with one more line, line 10.
Bad spend(const char* name, const std::string& line, const char* words) {
  return rule(name, "    type: earning.spend\n    award: 1\n    per: 1\n    " + line + "\n", words);
}

Bad rules(const char* name, const std::string& text, const char* words) {
  return {name, std::string(kGoodProgram), text, words};
}

class BadProgram : public ::testing::TestWithParam<Bad> {};

TEST_P(BadProgram, IsRefusedWithPlaceAndCure) {
  Folder folder;
  folder.write("program.yaml", GetParam().program);
  folder.write("base.yaml", GetParam().rules);
  const auto spec = load_program(folder.path(), testing::rule_types());
  ASSERT_FALSE(spec.has_value());
  EXPECT_EQ(spec.error().code, ErrorCode::reject_input);
  const std::string told = testing::told(spec.error(), folder.path());
  EXPECT_NE(told.find(GetParam().words), std::string::npos) << told;
  EXPECT_EQ(spec.error().problems.size(), GetParam().problems) << told;
}

std::string named(const ::testing::TestParamInfo<Bad>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(
    Program, BadProgram,
    ::testing::Values(
        instead("no_name", "program: shop\n", "", "program.yaml:1:1 missing_key `program`"),
        instead("bad_name", "program: shop", "program: My Shop",
                "program.yaml:1:10 bad_name `program` is \"My Shop\"; a name is"),
        instead("no_currency", "currency: GBP\n", "", "program.yaml:1:1 missing_key `currency`"),
        instead("bad_currency", "GBP", "GBX", "program.yaml:2:11 unknown_money"),
        instead("bad_zone", "Europe/London", "Europe/Lundon", "program.yaml:3:7 unknown_zone"),
        instead("no_points",
                "currencies: { points: { value: 0.01 }, status: { spendable: false } }",
                "currencies: {}", "program.yaml:4:13 out_of_range write 1 to 16 points currencies"),
        instead("float_flag", "spendable: false", "spendable: no",
                "program.yaml:4:61 wrong_type `spendable` is \"no\"; write true or false"),
        instead("value_exponent", "0.01", "1e-2", "program.yaml:4:32 wrong_type `value`"),
        instead("value_negative", "0.01", "-0.01", "program.yaml:4:32 out_of_range `value`"),
        instead("lane_policy", "bonus: best", "bonus: bset",
                "program.yaml:5:36 wrong_type `bonus` is \"bset\"; write stack, best or first; did "
                "you mean `best`?"),
        instead("lane_twice", "{ bonus: best }", "{ base: best }",
                "program.yaml:5:29 duplicate_lane there is a lane `base` already"),
        instead("lanes_mapping", "[ { base: stack }, { bonus: best } ]", "{ base: stack }",
                "program.yaml:5:8 wrong_type `lanes` is a mapping; write a list"),
        program("unknown_key", "curency: GBP\n",
                "program.yaml:6:1 unknown_key `curency` is no key of program.yaml; did you mean "
                "`currency`?"),
        program("bad_returns", "returns: { spent_points: allow }\n",
                "program.yaml:6:26 wrong_type `spent_points` is \"allow\"; write only_pending, "
                "within_balance or allow_negative"),
        program("bad_members", "members: { unknown: enroll }\n", "did you mean `enrol`?"),
        program("falling_milestones", "notices: { milestones: [500, 100] }\n",
                "program.yaml:6:30 not_ascending milestones must rise"),
        program("yes_flag", "notices: { points_earned: yes }\n",
                "program.yaml:6:27 wrong_type `points_earned` is \"yes\"; write true or false"),
        program("quoted_flag", "notices: { points_earned: \"true\" }\n",
                "program.yaml:6:27 wrong_type"),
        program("templates_outside", "notices: { templates: ../../etc }\n",
                "program.yaml:6:23 bad_name"),
        program(
            "no_language", "notices: { language: xx-yy-zz-invalid!! }\n",
            "program.yaml:6:22 bad_language \"xx-yy-zz-invalid!!\" is no language tag; write one "
            "such as en, de or pt-BR"),
        Bad{"no_templates", std::string(kGoodProgram) + "notices: { language: de }\n",
            std::string(kGoodRules), "templates/de/points_lapsed.mustache missing_template", 5}),
    named);

INSTANTIATE_TEST_SUITE_P(
    Rules, BadProgram,
    ::testing::Values(
        Bad{"rules_missing", std::string(kGoodProgram), "rule: []\n",
            "base.yaml:1:1 missing_key `rules` is missing", 2},
        rules("rules_no_list", "rules: { id: a }\n",
              "base.yaml:1:8 wrong_type `rules` is a mapping"),
        rules("rule_is_text", std::string(kGoodRules) + "  - base\n",
              "base.yaml:6:5 wrong_type a rule is \"base\""),
        rule("no_type", "    title: t\n", "base.yaml:6:5 missing_key `type` is missing"),
        rule("unknown_type", "    type: earning.spnd\n",
             "base.yaml:7:11 unknown_type no plugin offers the rule type `earning.spnd`; did you "
             "mean `earning.spend`?"),
        rules("no_id",
              std::string(kGoodRules) + "  - type: earning.spend\n    award: 1\n    per: 1\n",
              "base.yaml:6:5 missing_key `id` is missing"),
        rules("bad_id", "rules: [ { id: Base Rule, type: earning.spend, award: 1, per: 1 } ]\n",
              "base.yaml:1:16 bad_name `id` is \"Base Rule\""),
        rules("taken_id", std::string(kGoodRules) + std::string(kGoodRules).substr(7),
              "base.yaml:6:9 duplicate_id the id `base` is taken at base.yaml:2:9"),
        rule("missing_setting", "    type: earning.spend\n    per: 1\n",
             "base.yaml:6:5 missing_key `award` is missing: rule type earning.spend needs it"),
        spend("misspelt", "rond: up",
              "base.yaml:10:5 unknown_key `rond` is no setting of rule type earning.spend; did you "
              "mean `round`?"),
        spend("misspelt_shared", "limits: { member: { times: 1 } }", "did you mean `limit`?"),
        spend("wrong_choice", "round: floor",
              "base.yaml:10:12 wrong_type `round` is \"floor\"; write down, nearest, up or "
              "half_even"),
        spend(
            "unknown_lane", "lane: bnous",
            "base.yaml:10:11 unknown_lane program.yaml has no lane `bnous`; did you mean `bonus`?"),
        spend("unknown_currency", "currency: miles",
              "base.yaml:10:15 unknown_currency program.yaml has no currency `miles`; known are "
              "`points`, `status`"),
        spend("bad_weekday", "when: { weekday: [tuesday] }",
              "base.yaml:10:23 wrong_type `weekday` is \"tuesday\"; write mon, tue, wed"),
        spend("bad_window", "when: { time: \"17-20\" }",
              "base.yaml:10:19 wrong_type `time` is \"17-20\"; write a window of the day"),
        spend("beyond_midnight", "when: { time: \"17:00-25:00\" }", "base.yaml:10:19 wrong_type"),
        spend("bad_type", "when: { type: refund }", "base.yaml:10:19 wrong_type `type`"),
        spend("when_backwards", "when: { from: 2026-03-01, until: 2026-02-01 }",
              "base.yaml:10:38 backwards `until` lies before `from`"),
        spend("when_typo", "when: { weekdays: [tue] }", "did you mean `weekday`?"),
        spend("active_backwards", "active: { from: 2026-03-01, until: 2026-02-28 }",
              "base.yaml:10:40 backwards"),
        spend("no_such_day", "active: { from: 2026-02-30 }",
              "base.yaml:10:21 no_such_time `from` is \"2026-02-30\", but there is no 30 February "
              "2026"),
        spend("active_time", "active: { from: 2026-02-01T10:00:00 }", "base.yaml:10:21 wrong_type"),
        spend("limit_zero", "limit: { member: { points: 0 } }",
              "base.yaml:10:32 out_of_range `points` is 0; write a number of 1 to"),
        spend("limit_of_nothing", "limit: { member: { per: month } }",
              "base.yaml:10:22 missing_key `limit.member` limits nothing"),
        spend("limit_period", "limit: { member: { times: 1, per: fortnight } }",
              "base.yaml:10:39 wrong_type `per`"),
        spend("limit_scope", "limit: { store: { times: 1 } }",
              "base.yaml:10:14 unknown_key `store`"),
        spend("items_text", "items: tobacco",
              "base.yaml:10:12 wrong_type `items` is \"tobacco\"; write a mapping such as { sku:"),
        spend("items_empty", "except: {}", "base.yaml:10:13 wrong_type"),
        spend("items_star", "except: { sku: [\"a*b\"] }", "base.yaml:10:21 bad_pattern"),
        spend("items_key", "except: { skus: [A] }", "did you mean `sku`?"),
        rule("float_award", "    type: earning.spend\n    award: 1.0\n    per: 1\n",
             "base.yaml:8:12 wrong_type `award` is \"1.0\"; write a whole number in plain digits"),
        rule("octal_award", "    type: earning.spend\n    award: 010\n    per: 1\n",
             "base.yaml:8:12 wrong_type `award` is \"010\"; write it without leading zeros: 10"),
        rule("hex_award", "    type: earning.spend\n    award: 0x1F\n    per: 1\n",
             "base.yaml:8:12 wrong_type"),
        rule("exponent_award", "    type: earning.spend\n    award: 1e3\n    per: 1\n",
             "base.yaml:8:12 wrong_type"),
        rule("quoted_award", "    type: earning.spend\n    award: \"5\"\n    per: 1\n",
             "base.yaml:8:12 wrong_type `award` is \"5\"; write it without quotes: 5"),
        rule("huge_award", "    type: earning.spend\n    award: 99999999999999999999\n    per: 1\n",
             "base.yaml:8:12 out_of_range"),
        rule("zero_award", "    type: earning.spend\n    award: 0\n    per: 1\n",
             "base.yaml:8:12 out_of_range `award` is 0; write a number of 1 to 1000000000"),
        rule("empty_award", "    type: earning.spend\n    award:\n    per: 1\n",
             "base.yaml:8:5 wrong_type `award` is empty"),
        rule("seven_decimals", "    type: earning.spend\n    award: 1\n    per: 0.0000001\n",
             "base.yaml:9:10 wrong_type `per`"),
        rule("nan", "    type: earning.spend\n    award: 1\n    per: .nan\n",
             "base.yaml:9:10 wrong_type `per`")),
    named);

const std::string kOffer =
    "    type: cross_sell.bought_without\n    bought: { sku: TEA }\n    within: 90 days\n";

INSTANTIATE_TEST_SUITE_P(
    RuleTypes, BadProgram,
    ::testing::Values(
        rule("factor_bounds", "    type: earning.multiply\n    of: base\n    factor: 1000\n",
             "base.yaml:9:13 out_of_range `factor` is 1000; write a number of 1 to 100"),
        rule("unknown_of", "    type: earning.multiply\n    of: bsae\n    factor: 2\n",
             "base.yaml:8:9 unknown_rule there is no rule `bsae`; did you mean `base`?"),
        rule("of_itself", "    type: earning.multiply\n    of: r\n    factor: 2\n",
             "base.yaml:8:9 circular `of` leads back to `r` itself"),
        rule("unknown_of_in_list",
             "    type: expiry.rolling\n    after: 1 year\n    of: [base, bas]\n",
             "base.yaml:9:9 unknown_rule there is no rule `bas`; did you mean `base`?"),
        rule("bad_period", "    type: expiry.rolling\n    after: 12 mouths\n",
             "base.yaml:8:12 wrong_type `after` is \"12 mouths\"; write a number from 1 to 1200"),
        rule("bare_number_period", "    type: expiry.rolling\n    after: 12\n",
             "base.yaml:8:12 wrong_type"),
        rule("bad_reminder",
             "    type: expiry.rolling\n    after: 1 year\n    remind: [30 days, soon]\n",
             "base.yaml:9:23 wrong_type `remind` is \"soon\""),
        rule("once_on", "    type: earning.event\n    event: review\n    award: 5\n    once: on\n",
             "base.yaml:10:11 wrong_type `once` is \"on\"; write true or false"),
        rule("empty_event", "    type: earning.event\n    event: \"\"\n    award: 5\n",
             "base.yaml:8:12 wrong_type `event` is \"\"; write some text"),
        rule("offer_is_text", kOffer + "    offer: tea\n",
             "base.yaml:10:12 wrong_type `offer` is \"tea\"; write a mapping such as { award: … }"),
        rule("offer_incomplete", kOffer + "    offer: { award: 5, on: { sku: B } }\n",
             "base.yaml:10:12 missing_key `offer.valid` is missing"),
        rule("offer_typo",
             kOffer + "    offer: { award: 5, on: { sku: B }, valid: 7 days, mesage: m }\n",
             "base.yaml:10:55 unknown_key `offer.mesage` is no setting of rule type "
             "cross_sell.bought_without; did you mean `message`?"),
        rule("offer_setting_outside",
             kOffer + "    offer: { award: 5, on: { sku: B }, valid: 7 days }\n    message: m\n",
             "base.yaml:11:5 unknown_key `message` is no setting of rule type "
             "cross_sell.bought_without; write it as `offer: { message: … }`"),
        rule("dotted_key",
             kOffer +
                 "    offer: { award: 5, on: { sku: B }, valid: 7 days }\n    offer.message: m\n",
             "base.yaml:11:5 unknown_key `offer.message` is no setting of rule type "
             "cross_sell.bought_without; write it as `offer: { message: … }`"),
        rule("setting_too_deep",
             kOffer + "    offer: { award: 5, on: { sku: B }, valid: 7 days, within: 2 days }\n",
             "base.yaml:10:55 unknown_key `offer.within` is no setting of rule type "
             "cross_sell.bought_without; write it one level up"),
        rule("map_of_lists",
             kOffer +
                 "    offer: { award: 5, on: { sku: B }, valid: 7 days }\n    labels: { a: [b] }\n",
             "base.yaml:11:18 wrong_type `labels.a` is a list; write text")),
    named);

TEST(BadPrograms, AreToldWithAllFaultsOfAllFilesInOneRunAndInOrder) {
  Folder folder;
  folder.write("program.yaml", std::string(kGoodProgram) + "zon: UTC\n");
  folder.write("a.yaml",
               "rules:\n  - id: X\n    type: earning.spend\n    award: yes\n    per: 1\n");
  folder.write("b.yaml", "rules:\n  - id: b\n    type: earning.spnd\n");
  const auto spec = load_program(folder.path(), testing::rule_types());
  ASSERT_FALSE(spec.has_value());
  EXPECT_EQ(spec.error().message, folder.path().string() + " has 4 problems");
  ASSERT_EQ(spec.error().problems.size(), 4U);
  const auto ends = [&](std::size_t i, const char* end) {
    return spec.error().problems[i].pointer.ends_with(end);
  };
  EXPECT_TRUE(ends(0, "a.yaml:2:9"));
  EXPECT_TRUE(ends(1, "a.yaml:4:12"));
  EXPECT_TRUE(ends(2, "b.yaml:3:11"));
  EXPECT_TRUE(ends(3, "program.yaml:6:1"));
}

/// What stands between two marks of a text.
std::string between(const std::string& text, const std::string& from, const std::string& to) {
  const auto begin = text.find(from);
  const auto end = text.find(to, begin + from.size());
  if (begin == text.npos || end == text.npos) return "";
  return text.substr(begin + from.size(), end - begin - from.size());
}

TEST(BadPrograms, AreToldAsTheGuideForMarketersShows) {
  std::ifstream stream(std::filesystem::path(ACCRUE_SOURCE_DIR) / "docs/writing_rules.md");
  const std::string guide(std::istreambuf_iterator<char>(stream), {});
  const std::string mistakes = guide.substr(std::min(guide.find("## Mistakes"), guide.size()));
  Folder folder;
  folder.write("program.yaml", kGoodProgram);
  folder.write("base.yaml", between(mistakes, "```yaml\n", "```"));
  const auto spec = load_program(folder.path(), testing::rule_types());
  ASSERT_FALSE(spec.has_value());
  EXPECT_EQ(spec.error().problems.size(), 9U);
  std::string told;
  for (const Problem& problem : spec.error().problems) {
    told += problem.pointer + ": " + problem.detail + "\n";
  }
  const std::string prefix = folder.path().string();
  for (auto at = told.find(prefix); at != told.npos; at = told.find(prefix, at)) {
    told.replace(at, prefix.size(), "corner-shop");
  }
  EXPECT_EQ(between(mistakes, "$ accrue check corner-shop\n", "accrue: corner-shop"), told);
}

TEST(BadPrograms, WithVeryManyFaultsTellTheFirstHundred) {
  Folder folder;
  folder.write("program.yaml", kGoodProgram);
  std::string many = "rules:\n";
  for (int i = 0; i < 250; ++i) many += "  - nonsense\n";
  folder.write("base.yaml", many);
  const auto spec = load_program(folder.path(), testing::rule_types());
  ASSERT_FALSE(spec.has_value());
  EXPECT_EQ(spec.error().problems.size(), 101U);
  EXPECT_EQ(spec.error().problems.back().detail,
            "150 more problems are not shown; mend these first");
}

}  // namespace
}  // namespace accrue::config
