// Goods, multiples and events into points: earning.item, earning.multiply, earning.event.
#include "plugins/rules/rule_bench.hpp"

#include <gtest/gtest.h>

namespace accrue::tests {
namespace {

using Parts = std::vector<std::int64_t>;

Question goods(std::vector<std::string> quantities) {
  Question question;
  for (std::string& quantity : quantities)
    question.basket.emplace_back(std::move(quantity), "1.00");
  return question;
}

TEST(EarningItem, gives_points_for_each_unit_line_by_line) {
  RuleBench bench("earning");
  const Proposal proposal = bench.ask("item", {{"award", "5"}}, goods({"2", "1"}));
  ASSERT_TRUE(proposal.award);
  EXPECT_EQ(proposal.award->points, Points(15));
  EXPECT_EQ(proposal.award->reason, "3 × 5 points");
  EXPECT_EQ(proposal.award->by_line, (Parts{10, 5}));
}

TEST(EarningItem, counts_only_the_lines_let_through) {
  RuleBench bench("earning");
  Question question = goods({"2", "7", "1"});
  question.lines = {0, 2};
  const Proposal proposal = bench.ask("item", {{"award", "5"}}, question);
  ASSERT_TRUE(proposal.award);
  EXPECT_EQ(proposal.award->by_line, (Parts{10, 5}));
}

TEST(EarningItem, rounds_weighed_goods_on_each_line) {
  RuleBench bench("earning");
  const auto units = [&](const char* how) {
    const Proposal proposal =
        bench.ask("item", {{"award", "1"}, {"round", how}}, goods({"2.7", "0.5"}));
    return proposal.award ? proposal.award->points.count() : 0;
  };
  EXPECT_EQ(units("down"), 2);
  EXPECT_EQ(units("nearest"), 4);
  EXPECT_EQ(units("up"), 4);
  EXPECT_EQ(units("half_even"), 3);
}

TEST(EarningItem, takes_back_returned_units_whichever_sign_the_till_writes) {
  RuleBench bench("earning");
  for (const char* quantity : {"3", "-3"}) {
    Question question = goods({quantity});
    question.type = TransactionType::goods_return;
    const Proposal proposal = bench.ask("item", {{"award", "5"}}, question);
    ASSERT_TRUE(proposal.award) << quantity;
    EXPECT_EQ(proposal.award->points, Points(15));
  }
}

TEST(EarningItem, lets_a_correction_inside_a_sale_lower_the_sum) {
  RuleBench bench("earning");
  const Proposal proposal = bench.ask("item", {{"award", "5"}}, goods({"3", "-1"}));
  ASSERT_TRUE(proposal.award);
  EXPECT_EQ(proposal.award->points, Points(10));
  EXPECT_TRUE(proposal.award->by_line.empty());
  EXPECT_FALSE(bench.ask("item", {{"award", "5"}}, goods({"1", "-1"})).award);
}

Question earned(const Parts& by_line, const char* rule = "base", const char* currency = "points") {
  Question question = goods(std::vector<std::string>(by_line.size(), "1"));
  Award award{rule, currency, Points(), "", by_line, ""};
  for (const std::int64_t part : by_line) award.points += Points(part);
  question.awards = {award};
  return question;
}

TEST(EarningMultiply, gives_what_is_missing_to_the_multiple) {
  RuleBench bench("earning");
  const RuleBench::Texts texts{{"of", "base"}, {"factor", "2"}};
  const Proposal proposal = bench.ask("multiply", texts, earned({4, 2}));
  ASSERT_TRUE(proposal.award);
  EXPECT_EQ(proposal.award->points, Points(6));
  EXPECT_EQ(proposal.award->reason, "2 × base");
  EXPECT_EQ(proposal.award->by_line, (Parts{4, 2}));
  EXPECT_EQ((*bench.compile("multiply", texts))->traits().of, "base");
}

TEST(EarningMultiply, rounds_once_over_the_whole) {
  RuleBench bench("earning");
  const auto half_more = [&](const char* how) {
    const RuleBench::Texts texts{{"of", "base"}, {"factor", "1.5"}, {"round", how}};
    return bench.ask("multiply", texts, earned({1, 1, 1})).award;
  };
  // 0.5 × 3 points = 1.5; running totals 0.5, 1.0, 1.5.
  ASSERT_TRUE(half_more("down"));
  EXPECT_EQ(half_more("down")->points, Points(1));
  EXPECT_EQ(half_more("down")->by_line, (Parts{0, 1, 0}));
  EXPECT_EQ(half_more("nearest")->points, Points(2));
  EXPECT_EQ(half_more("nearest")->by_line, (Parts{1, 0, 1}));
}

TEST(EarningMultiply, multiplies_only_the_lines_let_through) {
  RuleBench bench("earning");
  Question question = earned({4, 2, 6});
  question.lines = {1, 2};
  const Proposal proposal = bench.ask("multiply", {{"of", "base"}, {"factor", "3"}}, question);
  ASSERT_TRUE(proposal.award);
  EXPECT_EQ(proposal.award->points, Points(16));
  EXPECT_EQ(proposal.award->by_line, (Parts{4, 12}));
}

TEST(EarningMultiply, has_nothing_to_multiply_of_other_rules_or_currencies) {
  RuleBench bench("earning");
  const RuleBench::Texts texts{{"of", "base"}, {"factor", "2"}};
  EXPECT_FALSE(bench.ask("multiply", texts, earned({4}, "other")).award);
  EXPECT_FALSE(bench.ask("multiply", texts, earned({4}, "base", "status")).award);
  EXPECT_FALSE(bench.ask("multiply", texts, earned({0})).award);
}

TEST(EarningMultiply, refuses_factors_that_do_not_multiply_and_itself) {
  RuleBench bench("earning");
  const std::string cure = "factor: write a factor above 1 and up to 100, such as 2 @r.yaml:3:5";
  EXPECT_EQ(bench.refusal("multiply", {{"of", "base"}, {"factor", "1"}}), cure);
  EXPECT_EQ(bench.refusal("multiply", {{"of", "base"}, {"factor", "100.5"}}),
            "write a number from 1 to 100");
  EXPECT_EQ(bench.refusal("multiply", {{"of", "r"}, {"factor", "2"}}),
            "of: name another rule, whose points are multiplied @r.yaml:2:5");
}

Question happened(std::string event) {
  Question question;
  question.type = TransactionType::event;
  question.event = std::move(event);
  return question;
}

TEST(EarningEvent, gives_points_for_the_event_it_names) {
  RuleBench bench("earning");
  const RuleBench::Texts texts{{"event", "review"}, {"award", "20"}};
  const Proposal proposal = bench.ask("event", texts, happened("review"));
  ASSERT_TRUE(proposal.award);
  EXPECT_EQ(proposal.award->points, Points(20));
  EXPECT_EQ(proposal.award->reason, "event review");
  EXPECT_FALSE(bench.ask("event", texts, happened("visit")).award);
}

TEST(EarningEvent, gives_once_when_told_so) {
  RuleBench bench("earning");
  Question question = happened("review");
  question.member.awarded["r"] = 1;
  const RuleBench::Texts always{{"event", "review"}, {"award", "20"}};
  const RuleBench::Texts once{{"event", "review"}, {"award", "20"}, {"once", "true"}};
  EXPECT_TRUE(bench.ask("event", always, question).award);
  EXPECT_FALSE(bench.ask("event", once, question).award);
  EXPECT_TRUE(bench.ask("event", once, happened("review")).award);
}

TEST(EarningEvent, welcomes_a_member_with_the_transaction_that_enrols_it) {
  RuleBench bench("earning");
  const RuleBench::Texts texts{{"event", "enrolled"}, {"award", "200"}};
  Question question = basket_of("1.00");
  EXPECT_FALSE(bench.ask("event", texts, question).award);
  EXPECT_FALSE(bench.ask("event", texts, happened("enrolled")).award);
  question.member.fresh = true;
  const Proposal proposal = bench.ask("event", texts, question);
  ASSERT_TRUE(proposal.award);
  EXPECT_EQ(proposal.award->points, Points(200));
  EXPECT_EQ(proposal.award->reason, "enrolled");
  const auto types = (*bench.compile("event", texts))->traits().types;
  EXPECT_NE(std::find(types.begin(), types.end(), TransactionType::member), types.end());
}

TEST(EarningEvent, refuses_an_event_without_a_name) {
  RuleBench bench("earning");
  EXPECT_EQ(bench.refusal("event", {{"event", ""}, {"award", "20"}}),
            "event: write the event's name, such as review @r.yaml:2:5");
}

}  // namespace
}  // namespace accrue::tests
