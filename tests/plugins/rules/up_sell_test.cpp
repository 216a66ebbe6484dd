// A bonus for baskets that reach an amount, and a word to those that nearly do.
#include "plugins/rules/rule_bench.hpp"

#include <gtest/gtest.h>

namespace accrue::tests {
namespace {

class UpSell : public ::testing::Test {
 protected:
  RuleBench bench_{"up_sell"};
  const RuleBench::Texts hint_{{"spend", "50.00"}, {"near", "10.00"}, {"award", "100"}};
  const RuleBench::Texts offer_{{"spend", "50.00"},
                                {"near", "10.00"},
                                {"award", "100"},
                                {"valid", "14 days"},
                                {"message", "100 points from £50"}};
};

TEST_F(UpSell, rewards_a_basket_that_reaches_the_amount) {
  for (const char* amount : {"50.00", "52.10"}) {
    const Proposal proposal = bench_.ask("threshold", offer_, basket_of(amount));
    ASSERT_TRUE(proposal.award) << amount;
    EXPECT_EQ(proposal.award->points, Points(100));
    EXPECT_EQ(proposal.award->reason, std::string(amount) + " reached 50.00");
    EXPECT_FALSE(proposal.hint);
    EXPECT_FALSE(proposal.offer);
  }
}

TEST_F(UpSell, tells_a_near_miss_what_is_missing) {
  const Proposal proposal = bench_.ask("threshold", hint_, basket_of("44.50"));
  EXPECT_FALSE(proposal.award);
  EXPECT_FALSE(proposal.offer);
  ASSERT_TRUE(proposal.hint);
  EXPECT_EQ(proposal.hint->award, Points(100));
  EXPECT_EQ(proposal.hint->short_by, pounds("5.50"));
}

TEST_F(UpSell, counts_as_near_from_the_edge_to_a_penny_below) {
  EXPECT_FALSE(bench_.ask("threshold", hint_, basket_of("39.99")).hint);
  EXPECT_EQ(bench_.ask("threshold", hint_, basket_of("40.00")).hint->short_by, pounds("10.00"));
  EXPECT_EQ(bench_.ask("threshold", hint_, basket_of("49.99")).hint->short_by, pounds("0.01"));
}

TEST_F(UpSell, says_nothing_about_an_empty_basket) {
  const RuleBench::Texts from_zero{{"spend", "10.00"}, {"near", "10.00"}, {"award", "5"}};
  EXPECT_FALSE(bench_.ask("threshold", from_zero, basket_of("0.00")).hint);
  EXPECT_TRUE(bench_.ask("threshold", from_zero, basket_of("0.01")).hint);
}

TEST_F(UpSell, makes_a_near_miss_an_offer_for_a_later_basket) {
  Question question = basket_of("44.50");
  const Proposal proposal = bench_.ask("threshold", offer_, question);
  ASSERT_TRUE(proposal.hint && proposal.offer);
  EXPECT_EQ(proposal.offer->award, Points(100));
  EXPECT_TRUE(proposal.offer->on.empty());
  EXPECT_EQ(proposal.offer->spend, pounds("50.00"));
  EXPECT_EQ(format_timestamp(proposal.offer->valid_until), "2026-01-21T00:00:00Z");
  EXPECT_EQ(proposal.offer->message, "100 points from £50");
  question.member.open_offers = {"r"};
  const Proposal again = bench_.ask("threshold", offer_, question);
  EXPECT_TRUE(again.hint);
  EXPECT_FALSE(again.offer);
}

TEST_F(UpSell, refuses_amounts_that_make_no_sense) {
  EXPECT_EQ(bench_.refusal("threshold", {{"spend", "50"}, {"near", "50.01"}, {"award", "1"}}),
            "near: write no more than `spend` @r.yaml:3:5");
  EXPECT_EQ(bench_.refusal("threshold", {{"spend", "50"}, {"near", "0"}, {"award", "1"}}),
            "near: write an amount above 0, such as 50.00 @r.yaml:3:5");
  EXPECT_EQ(bench_.refusal("threshold", {{"spend", "0.001"}, {"near", "1"}, {"award", "1"}}),
            "spend: an amount in GBP has at most 2 decimals @r.yaml:2:5");
}

}  // namespace
}  // namespace accrue::tests
