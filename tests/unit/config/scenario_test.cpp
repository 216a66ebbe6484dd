// Scenarios of *.test.yaml: what steps become, and faults with their place.
#include "tables.hpp"

#include "config/scenario.hpp"

namespace accrue::config {
namespace {

using testing::Folder;

class Scenarios : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_.write("program.yaml", testing::kGoodProgram);
    folder_.write("base.yaml", testing::kGoodRules);
    auto spec = load_program(folder_.path(), testing::rule_types());
    ASSERT_TRUE(spec.has_value());
    program_ = std::move(spec.value());
  }
  Result<std::vector<Scenario>> load(const std::string& text) const {
    folder_.write("base.test.yaml", text);
    return load_scenarios(folder_.path() / "base.test.yaml", program_);
  }
  std::vector<Step> steps(const std::string& lines) const {
    auto scenarios = load("tests:\n  - name: n\n    steps:\n" + lines);
    if (scenarios.has_value()) return std::move(scenarios->front().steps);
    ADD_FAILURE() << testing::told(scenarios.error(), folder_.path());
    return {};
  }

  Folder folder_;
  engine::ProgramSpec program_;
};

TEST_F(Scenarios, KnowTheTimesThatClocksLeaveOut) {
  const auto refused = load(
      "tests:\n  - name: n\n    steps:\n"
      "      - at: 2026-03-29T00:59:59\n      - at: 2026-03-29T01:30:00\n"
      "      - at: 2026-03-29T02:00:00\n      - at: 2026-10-25T01:30:00\n");
  ASSERT_FALSE(refused.has_value());
  ASSERT_EQ(refused.error().problems.size(), 1U);
  EXPECT_EQ(testing::told(refused.error(), folder_.path()),
            "base.test.yaml:5:13 no_such_time there is no 2026-03-29T01:30:00 in Europe/London: "
            "clocks are put forward over it; write a time before or after\n");
}

TEST_F(Scenarios, BuildASaleWithExactAmounts) {
  const auto all = steps(
      "      - at: 2026-07-06T18:00:00\n"
      "        sale: { store: S1, lines: [ { sku: A, category: grocery, quantity: 3, unit_price: "
      "0.335 },\n"
      "                                    { sku: B, unit_price: 20.00, amount: 19.99 } ] }\n"
      "        expect: { earned: { base: 12 }, balance: 12 }\n");
  ASSERT_EQ(all.size(), 1U);
  const Transaction& sale = all[0].transaction;
  EXPECT_EQ(sale.type, TransactionType::sale);
  EXPECT_EQ(sale.id.text(), "step-1");
  EXPECT_EQ(sale.member.text(), "M1");
  EXPECT_EQ(sale.store, "S1");
  EXPECT_EQ(sale.currency.code(), "GBP");
  EXPECT_EQ(format_timestamp(sale.time), "2026-07-06T17:00:00Z")
      << "London is an hour ahead in July";
  ASSERT_EQ(sale.lines.size(), 2U);
  EXPECT_EQ(sale.lines[0].category, "grocery");
  EXPECT_EQ(sale.lines[0].amount.minor(), 100) << "3 x 0.335 = 1.005, half to even";
  EXPECT_EQ(sale.lines[1].amount.minor(), 1999);
  EXPECT_TRUE(sale.lines[1].amount_given);
  EXPECT_EQ(sale.lines[1].quantity, Decimal::from_whole(1));
  ASSERT_TRUE(all[0].expect.earned);
  EXPECT_EQ(all[0].expect.earned->value.at("base"), 12);
  EXPECT_EQ(all[0].expect.earned->place.line, 7);
  EXPECT_EQ(all[0].expect.balance->value.at("points"), 12);
}

TEST_F(Scenarios, BuildReturnsEventsMembersAndTicks) {
  const auto all = steps(
      "      - { at: 2026-01-06, sale: { id: R1, lines: [ { sku: A, unit_price: 5 } ] } }\n"
      "      - { at: 2026-01-07, return: { of: R1, lines: [ { line: 1, quantity: 0.5 } ] } }\n"
      "      - { at: 2026-01-08, return: { lines: [ { sku: A, quantity: -1, unit_price: 5 } ] } }\n"
      "      - { at: 2026-01-09, event: review, member_id: M2 }\n"
      "      - { at: 2026-01-09, event: { type: quiz, attributes: { score: 7, won: true } } }\n"
      "      - { at: 2026-01-10, member: { attributes: { tier: gold, birthday: 05-17, rate: 2.5 "
      "},\n"
      "                                    language: de } }\n"
      "      - { at: 2026-02-01 }\n"
      "      - { at: 2026-02-01, anonymous: true, sale: { lines: [ { sku: A, unit_price: 5 } ] } "
      "}\n");
  ASSERT_EQ(all.size(), 8U);
  EXPECT_EQ(all[1].transaction.type, TransactionType::goods_return);
  EXPECT_EQ(all[1].transaction.of.text(), "R1");
  EXPECT_EQ(all[1].transaction.lines[0].of_line, 1U);
  EXPECT_EQ(all[1].transaction.lines[0].quantity.micros(), 500'000);
  EXPECT_EQ(all[2].transaction.lines[0].amount.minor(), -500);
  EXPECT_EQ(all[3].transaction.event, "review");
  EXPECT_EQ(all[3].transaction.member.text(), "M2");
  ASSERT_EQ(all[4].transaction.attributes.size(), 2U);
  EXPECT_EQ(std::get<std::int64_t>(all[4].transaction.attributes[0].value), 7);
  EXPECT_TRUE(std::get<bool>(all[4].transaction.attributes[1].value));
  const auto& change = all[5].transaction;
  EXPECT_EQ(change.type, TransactionType::member);
  EXPECT_EQ(change.language, "de");
  EXPECT_EQ(std::get<std::string_view>(change.attributes[0].value), "gold");
  EXPECT_EQ(std::get<std::string_view>(change.attributes[1].value), "05-17");
  EXPECT_EQ(std::get<Decimal>(change.attributes[2].value).micros(), 2'500'000);
  EXPECT_EQ(all[6].transaction.type, TransactionType::tick);
  EXPECT_EQ(all[6].transaction.id.text(), "step-7");
  EXPECT_TRUE(all[7].transaction.member.empty());
}

TEST_F(Scenarios, TakeEveryExpectation) {
  const auto all = steps(
      "      - at: 2026-01-06\n"
      "        expect: { earned: {}, balances: { points: 1, status: -2 }, lapsed: 5, offers: "
      "[base],\n"
      "                  accepted: [], hints: [base], notices: [points_earned, offer_made],\n"
      "                  refused: \"of what was bought\" }\n");
  ASSERT_EQ(all.size(), 1U);
  const Expect& expect = all[0].expect;
  EXPECT_TRUE(expect.earned->value.empty());
  EXPECT_EQ(expect.balance->value, (PointsByName{{"points", 1}, {"status", -2}}));
  EXPECT_EQ(expect.lapsed->value, (PointsByName{{"points", 5}}));
  EXPECT_EQ(expect.offers->value, (Names{"base"}));
  EXPECT_TRUE(expect.accepted->value.empty());
  EXPECT_EQ(expect.hints->value, (Names{"base"}));
  EXPECT_EQ(expect.notices->value, (Names{"points_earned", "offer_made"}));
  EXPECT_EQ(expect.refused->value, "of what was bought");
}

TEST_F(Scenarios, AreRefusedWithPlaceAndCure) {
  const std::vector<std::pair<std::string, std::string>> table{
      {"{ sale: { lines: [ { sku: A, unit_price: 1 } ] } }", ":4:9 missing_key `at` is missing"},
      {"{ at: 6.1.2026 }", ":4:15 wrong_type `at` is \"6.1.2026\"; write a local time"},
      {"{ at: 2026-01-06, sail: { lines: [] } }",
       ":4:27 unknown_key `sail` is no key of a step; did you mean `sale`?"},
      {"{ at: 2026-01-06, sale: { lines: [] } }", ":4:42 missing_key `lines` is empty"},
      {"{ at: 2026-01-06, sale: {} }", ":4:33 missing_key `lines` is missing"},
      {"{ at: 2026-01-06, sale: { lines: [ { sku: A } ] } }", ":4:44 missing_key `unit_price`"},
      {"{ at: 2026-01-06, sale: { lines: [ { unit_price: 1 } ] } }", ":4:44 missing_key `sku`"},
      {"{ at: 2026-01-06, sale: { lines: [ { sku: A, unit_price: 1e3 } ] } }", ":4:66 wrong_type"},
      {"{ at: 2026-01-06, sale: { lines: [ { sku: A, unit_price: 1, amount: 1.005 } ] } }",
       ":4:77 wrong_type `amount`"},
      {"{ at: 2026-01-06, event: a, member: { attributes: {} } }",
       ":4:37 two_things a step is one"},
      {"{ at: 2026-01-06, return: { of: R9, lines: [ { line: 1, quantity: 1 } ] } }",
       ":4:9 unknown_sale `of` names `R9`"},
      {"{ at: 2026-01-06, member_id: \"M 1\" }", ":4:38 bad_name"},
      {"{ at: 2026-01-06, expect: { earned: { bsae: 1 } } }",
       ":4:47 unknown_name the program has no rule `bsae`; did you mean `base`?"},
      {"{ at: 2026-01-06, expect: { balance: 1.5 } }", ":4:46 wrong_type `balance` is \"1.5\""},
      {"{ at: 2026-01-06, expect: { balance: { miles: 1 } } }", ":4:48 unknown_name"},
      {"{ at: 2026-01-06, expect: { notices: [point_earned] } }", "did you mean `points_earned`?"},
      {"{ at: 2026-01-06, expect: { offers: base } }", ":4:45 wrong_type `offers` is \"base\""},
      {"{ at: 2026-01-06, expect: { ballance: 1 } }", "did you mean `balance`?"},
  };
  for (const auto& [step, words] : table) {
    const auto scenarios = load("tests:\n  - name: n\n    steps:\n      - " + step + "\n");
    ASSERT_FALSE(scenarios.has_value()) << step;
    const std::string told = testing::told(scenarios.error(), folder_.path());
    EXPECT_NE(told.find(words), std::string::npos) << step << "\n" << told;
  }
}

TEST_F(Scenarios, ThatExpectARefusalMayNameASaleThatIsNotThere) {
  EXPECT_EQ(
      steps("      - { at: 2026-01-06, return: { of: R9, lines: [ { line: 1, quantity: 1 } ] },\n"
            "          expect: { refused: R9 } }\n")
          .size(),
      1U);
}

TEST_F(Scenarios, NeedANameAndSteps) {
  const auto scenarios = load("tests:\n  - {}\n");
  ASSERT_FALSE(scenarios.has_value());
  EXPECT_EQ(scenarios.error().problems.size(), 2U);
  EXPECT_FALSE(load("test: []\n").has_value());
}

}  // namespace
}  // namespace accrue::config
