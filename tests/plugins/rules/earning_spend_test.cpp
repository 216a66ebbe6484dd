// Amounts into points: earning.spend and earning.threshold.
#include "plugins/rules/rule_bench.hpp"

#include <gtest/gtest.h>

namespace accrue::tests {
namespace {

class EarningSpend : public ::testing::Test {
 protected:
  std::int64_t points(const RuleBench::Texts& texts, const Question& question) {
    const Proposal proposal = bench_.ask("spend", texts, question);
    return proposal.award ? proposal.award->points.count() : 0;
  }

  RuleBench bench_{"earning"};
  const RuleBench::Texts base_{{"award", "1"}, {"per", "1.00"}};
};

TEST_F(EarningSpend, gives_a_point_for_each_whole_pound_and_says_why) {
  const Proposal proposal = bench_.ask("spend", base_, basket_of("6.98"));
  ASSERT_TRUE(proposal.award);
  EXPECT_EQ(proposal.award->points, Points(6));
  EXPECT_EQ(proposal.award->reason, "6.98 at 1 for each 1.00");
}

TEST_F(EarningSpend, looks_at_the_whole_amount_and_not_at_each_line) {
  Question question;
  question.basket = {{"1", "0.60"}, {"1", "0.60"}};
  EXPECT_EQ(points(base_, question), 1);
}

TEST_F(EarningSpend, gives_nothing_for_less_than_one_part_or_less_than_nothing) {
  for (const char* amount : {"0.99", "0.00", "-5.00"}) {
    EXPECT_FALSE(bench_.ask("spend", base_, basket_of(amount)).award) << amount;
  }
}

TEST_F(EarningSpend, rounds_as_the_rule_says) {
  const auto rounded = [&](const char* how, const char* amount) {
    return points({{"award", "1"}, {"per", "1.00"}, {"round", how}}, basket_of(amount));
  };
  EXPECT_EQ(rounded("down", "1.99"), 1);
  EXPECT_EQ(rounded("nearest", "1.49"), 1);
  EXPECT_EQ(rounded("nearest", "1.50"), 2);
  EXPECT_EQ(rounded("nearest", "2.50"), 3);
  EXPECT_EQ(rounded("up", "1.01"), 2);
  EXPECT_EQ(rounded("half_even", "1.50"), 2);
  EXPECT_EQ(rounded("half_even", "2.50"), 2);
}

TEST_F(EarningSpend, rounds_before_it_multiplies_by_the_award) {
  EXPECT_EQ(points({{"award", "3"}, {"per", "10.00"}}, basket_of("59.99")), 15);
  EXPECT_EQ(points({{"award", "1"}, {"per", "0.125"}}, basket_of("1.00")), 8);
}

TEST_F(EarningSpend, knows_currencies_without_minor_units) {
  RuleBench yen("earning", "JPY");
  const Proposal proposal = yen.ask("spend", {{"award", "1"}, {"per", "100"}}, basket_of("1150"));
  ASSERT_TRUE(proposal.award);
  EXPECT_EQ(proposal.award->points, Points(11));
  EXPECT_EQ(proposal.award->reason, "1150 at 1 for each 100");
}

TEST_F(EarningSpend, proposes_more_than_the_core_takes_rather_than_overflowing) {
  EXPECT_EQ(points({{"award", "1000000000"}, {"per", "0.000001"}}, basket_of("9000000000000.00")),
            Points::kMax + 1);
}

TEST_F(EarningSpend, takes_back_on_a_return_what_the_goods_would_earn) {
  Question question = basket_of("-6.98");
  question.type = TransactionType::goods_return;
  EXPECT_EQ(points(base_, question), 6);
  const auto rule = bench_.compile("spend", base_);
  ASSERT_TRUE(rule);
  EXPECT_TRUE((*rule)->traits().mirrors_returns);
}

TEST_F(EarningSpend, refuses_a_part_of_nothing_and_says_where) {
  EXPECT_EQ(bench_.refusal("spend", {{"award", "1"}, {"per", "0"}}),
            "per: write an amount above 0, such as 1.00 @r.yaml:3:5");
  EXPECT_EQ(bench_.refusal("spend", {{"award", "1"}, {"per", "-1.00"}}),
            "per: write an amount above 0, such as 1.00 @r.yaml:3:5");
  EXPECT_EQ(bench_.refusal("spend", {{"award", "0"}, {"per", "1"}}),
            "write a number from 1 to 1000000000");
}

TEST_F(EarningSpend, does_not_know_types_that_are_not_its_own) {
  EXPECT_EQ(bench_.refusal("spent", {}),
            "earning has the rule types spend, item, multiply, threshold and event, not 'spent'");
}

TEST(EarningThreshold, rewards_a_basket_that_reaches_the_amount) {
  RuleBench bench("earning");
  const RuleBench::Texts texts{{"spend", "50.00"}, {"award", "100"}};
  const Proposal proposal = bench.ask("threshold", texts, basket_of("52.10"));
  ASSERT_TRUE(proposal.award);
  EXPECT_EQ(proposal.award->points, Points(100));
  EXPECT_EQ(proposal.award->reason, "52.10 reached 50.00");
  EXPECT_TRUE(bench.ask("threshold", texts, basket_of("50.00")).award);
  EXPECT_FALSE(bench.ask("threshold", texts, basket_of("49.99")).award);
  EXPECT_EQ(bench.ask("threshold", texts, basket_of("104.20")).award->points, Points(100));
}

TEST(EarningThreshold, rewards_every_further_amount_when_told_so) {
  RuleBench bench("earning");
  const RuleBench::Texts texts{{"spend", "50.00"}, {"award", "100"}, {"each", "true"}};
  const Proposal proposal = bench.ask("threshold", texts, basket_of("104.20"));
  ASSERT_TRUE(proposal.award);
  EXPECT_EQ(proposal.award->points, Points(200));
  EXPECT_EQ(proposal.award->reason, "104.20 reached 50.00 2 times");
  EXPECT_EQ(bench.ask("threshold", texts, basket_of("149.99")).award->points, Points(200));
  EXPECT_EQ(bench.ask("threshold", texts, basket_of("150.00")).award->points, Points(300));
}

TEST(EarningThreshold, refuses_amounts_that_no_basket_can_have) {
  RuleBench bench("earning");
  EXPECT_EQ(bench.refusal("threshold", {{"spend", "50.005"}, {"award", "1"}}),
            "spend: an amount in GBP has at most 2 decimals @r.yaml:2:5");
  EXPECT_EQ(bench.refusal("threshold", {{"spend", "0.00"}, {"award", "1"}}),
            "spend: write an amount above 0, such as 50.00 @r.yaml:2:5");
}

}  // namespace
}  // namespace accrue::tests
