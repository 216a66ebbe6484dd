// Offers on what goes with the goods a member buys.
#include "plugins/rules/rule_bench.hpp"

#include <gtest/gtest.h>

namespace accrue::tests {
namespace {

class BoughtWithout : public ::testing::Test {
 protected:
  BoughtWithout() {
    auto rule = bench_.compile("bought_without", texts_, items_);
    EXPECT_TRUE(rule.has_value()) << rule.error().message;
    rule_ = std::move(*rule);
  }
  /// `last` and `now` for tea and biscuits; the sale is at 18:00 on 6 January 2026.
  bool offers(std::optional<Timestamp> tea, std::optional<Timestamp> biscuits, bool tea_now,
              bool biscuits_now) {
    question_.last_bought = {tea, biscuits};
    question_.buys_now = {tea_now, biscuits_now};
    return bench_.ask(*rule_, question_).offer.has_value();
  }

  const ItemFilter tea_{{"TEA1", "TEA2"}, {}};
  const ItemFilter biscuits_{{}, {"biscuits"}};
  const RuleBench::Texts texts_{{"within", "90 days"},
                                {"offer.award", "50"},
                                {"offer.valid", "14 days"},
                                {"offer.message", "50 points on your next biscuits"}};
  const RuleBench::Items items_{{"bought", tea_}, {"without", biscuits_}, {"offer.on", biscuits_}};
  RuleBench bench_{"cross_sell"};
  std::unique_ptr<Rule> rule_;
  Question question_ = basket_of("3.00");
};

TEST_F(BoughtWithout, asks_the_core_to_remember_both_goods) {
  const RuleTraits& traits = rule_->traits();
  EXPECT_EQ(traits.stage, Stage::offer);
  EXPECT_EQ(traits.types, std::vector{TransactionType::sale});
  ASSERT_EQ(traits.watches.size(), 2u);
  EXPECT_EQ(traits.watches[0].items, tea_);
  EXPECT_EQ(traits.watches[1].items, biscuits_);
  EXPECT_EQ(traits.watches[1].horizon, (Period{0, 90, {}}));
}

TEST_F(BoughtWithout, offers_to_who_buys_the_one_and_never_the_other) {
  EXPECT_TRUE(offers({}, {}, true, false));
  EXPECT_FALSE(offers({}, {}, false, false));
  EXPECT_FALSE(offers({}, {}, true, true));
}

TEST_F(BoughtWithout, looks_back_as_far_as_it_says) {
  // 90 days before 18:00 on 6 January is 18:00 on 8 October, in summer time: 17:00 UTC.
  const Timestamp edge = at("2025-10-08T17:00:00Z");
  const Timestamp before = edge - std::chrono::milliseconds(1);
  EXPECT_TRUE(offers(edge, {}, false, false));
  EXPECT_FALSE(offers(before, {}, false, false));
  EXPECT_FALSE(offers({}, edge, true, false));
  EXPECT_TRUE(offers({}, before, true, false));
}

TEST_F(BoughtWithout, does_not_offer_again_while_one_is_open) {
  question_.member.open_offers = {"r"};
  EXPECT_FALSE(offers({}, {}, true, false));
}

TEST_F(BoughtWithout, states_award_goods_end_and_message) {
  question_.last_bought = {std::nullopt, std::nullopt};
  question_.buys_now = {1, 0};
  const Proposal proposal = bench_.ask(*rule_, question_);
  ASSERT_TRUE(proposal.offer);
  EXPECT_EQ(proposal.offer->award, Points(50));
  EXPECT_EQ(proposal.offer->on, biscuits_);
  EXPECT_EQ(proposal.offer->spend, Money());
  EXPECT_EQ(format_timestamp(proposal.offer->valid_until), "2026-01-21T00:00:00Z");
  EXPECT_EQ(proposal.offer->message, "50 points on your next biscuits");
}

TEST_F(BoughtWithout, refuses_goods_that_name_nothing_or_the_same) {
  RuleBench::Items items = items_;
  items[1].second = ItemFilter();
  EXPECT_EQ(bench_.refusal("bought_without", texts_, items),
            "without: name at least one sku or category, such as { category: [tea] } @r.yaml:7:5");
  items[1].second = tea_;
  EXPECT_EQ(bench_.refusal("bought_without", texts_, items),
            "without: name other goods than `bought` @r.yaml:7:5");
}

}  // namespace
}  // namespace accrue::tests
