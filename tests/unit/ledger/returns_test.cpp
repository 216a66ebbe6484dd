#include "ledger/returns.hpp"

#include "member_with.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace accrue::ledger {
namespace {

Entry sale_entry(const std::vector<std::int64_t>& units, std::vector<Award> awards) {
  Entry sale;
  sale.seq = seq(5);
  sale.id = TransactionId::trusted("S1");
  sale.member = MemberId::trusted("M1");
  for (const std::int64_t count : units) sale.lines.push_back({count * Decimal::kScale, 100});
  sale.decision.awards = std::move(awards);
  return sale;
}

using Lines = std::vector<std::pair<std::uint32_t, std::int64_t>>;

Result<Decision> taken(const Entry& sale, const ReturnedSoFar& before, const Lines& lines,
                       const char* member = "M1") {
  return take_back(sale, before, test::linked_return("R", member, "2026-02-01", "S1", lines));
}

std::int64_t points_of(const Decision& decision) {
  std::int64_t sum = 0;
  for (const Award& award : decision.awards) sum += award.points.count();
  return sum;
}

TEST(Returns, TakeBackWhatTheirLinesEarned) {
  const Entry sale = sale_entry({1, 2}, {award(10, {3, 7}), award(4, {0, 4}, "bonus")});
  const Decision decision = taken(sale, {}, {{2, 2}}).value();
  ASSERT_EQ(decision.awards.size(), 2u);
  EXPECT_EQ(decision.awards[0].points, Points(-7));
  EXPECT_EQ(decision.awards[1].rule, "bonus");
  EXPECT_EQ(decision.awards[1].points, Points(-4));
  EXPECT_EQ(decision.awards[0].reason, "returned from S1");
  ASSERT_EQ(decision.returned.size(), 1u);
  EXPECT_EQ(decision.returned[0].line, 2u);
  EXPECT_EQ(decision.returned[0].quantity_micros, 2'000'000);
}

TEST(Returns, OfAPartTakeTheRunningTotalRoundedDown) {
  const Entry sale = sale_entry({3}, {award(10, {10})});
  // After one of three: 3; after two: 6; after three: 10.
  EXPECT_EQ(points_of(taken(sale, {}, {{1, 1}}).value()), -3);
  EXPECT_EQ(points_of(taken(sale, {{1, 1'000'000}}, {{1, 1}}).value()), -3);
  EXPECT_EQ(points_of(taken(sale, {{1, 2'000'000}}, {{1, 1}}).value()), -4);
}

TEST(Returns, QuantitiesMayCarryEitherSign) {
  const Entry sale = sale_entry({3}, {award(10, {10})});
  EXPECT_EQ(points_of(taken(sale, {}, {{1, -3}}).value()), -10);
}

TEST(Returns, OfMoreThanWasBoughtAreRefusedAndSayHowMuchIsLeft) {
  const Entry sale = sale_entry({3}, {award(10, {10})});
  const auto refused = taken(sale, {{1, 2'000'000}}, {{1, 2}});
  ASSERT_FALSE(refused.has_value());
  ASSERT_EQ(refused.error().problems.size(), 1u);
  EXPECT_EQ(refused.error().problems[0].code, "more_than_bought");
  EXPECT_EQ(refused.error().problems[0].pointer, "/lines/0");
  EXPECT_NE(refused.error().problems[0].detail.find("has 1 left"), std::string::npos);
}

TEST(Returns, OfOneLineInSeveralCountTogether) {
  const Entry sale = sale_entry({3}, {award(10, {10})});
  EXPECT_TRUE(taken(sale, {}, {{1, 1}, {1, 2}}).has_value());
  EXPECT_FALSE(taken(sale, {}, {{1, 2}, {1, 2}}).has_value());
}

TEST(Returns, OfAbsurdQuantitiesDoNotOverflow) {
  const Entry sale = sale_entry({3}, {award(10, {10})});
  const std::int64_t most = Decimal::kMaxWhole;
  EXPECT_FALSE(taken(sale, {}, {{1, most}, {1, most}, {1, most}}).has_value());
  EXPECT_FALSE(taken(sale, {}, {{1, 1}, {1, -most}, {1, most}}).has_value());
}

TEST(Returns, OfALineThatIsNotThereOrTookGoodsBackAreRefused) {
  const Entry sale = sale_entry({3, -1}, {award(10, {10, 0})});
  EXPECT_EQ(taken(sale, {}, {{0, 1}}).error().problems[0].code, "no_such_line");
  EXPECT_EQ(taken(sale, {}, {{3, 1}}).error().problems[0].code, "no_such_line");
  EXPECT_EQ(taken(sale, {}, {{2, 1}}).error().problems[0].code, "more_than_bought");
}

TEST(Returns, ByAnotherMemberAreRefused) {
  const Entry sale = sale_entry({3}, {award(10, {10})});
  EXPECT_EQ(taken(sale, {}, {{1, 1}}, "M2").error().problems[0].code, "other_member");
  EXPECT_EQ(taken(sale, {}, {{1, 1}}, "").error().problems[0].code, "other_member");
}

TEST(Returns, OfWhatIsNoSaleAreRefused) {
  Entry sale = sale_entry({3}, {award(10, {10})});
  sale.type = TransactionType::event;
  EXPECT_EQ(taken(sale, {}, {{1, 1}}).error().problems[0].code, "not_a_sale");
}

TEST(Returns, LeaveAwardsThatWereNotForGoods) {
  const Entry sale = sale_entry({1}, {award(100, {}, "welcome"), award(5, {5})});
  EXPECT_EQ(points_of(taken(sale, {}, {{1, 1}}).value()), -5);
}

RC_GTEST_PROP(Returns, InAnySplitAndOrderTakeExactlyTheWhole, ()) {
  const auto units = *rc::gen::nonEmpty(
      rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(1, 9)));
  std::vector<Award> awards;
  std::int64_t whole = 0;
  for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
    std::vector<std::int64_t> by_line;
    std::int64_t sum = 0;
    for (std::size_t line = 0; line < units.size(); ++line) {
      by_line.push_back(*rc::gen::inRange<std::int64_t>(0, 100));
      sum += by_line.back();
    }
    awards.push_back(award(sum, by_line));
    whole += sum;
  }
  const Entry sale = sale_entry(units, awards);
  std::vector<std::uint32_t> pieces;
  for (std::uint32_t line = 1; line <= units.size(); ++line) {
    pieces.insert(pieces.end(), static_cast<std::size_t>(units[line - 1]), line);
  }
  for (std::size_t i = pieces.size() - 1; i > 0; --i) {
    std::swap(pieces[i], pieces[*rc::gen::inRange<std::size_t>(0, i + 1)]);
  }
  ReturnedSoFar before;
  std::int64_t so_far = 0;
  while (!pieces.empty()) {
    const auto count = *rc::gen::inRange<std::size_t>(1, pieces.size() + 1);
    Lines lines;
    for (std::size_t i = 0; i < count; ++i) {
      lines.emplace_back(pieces.back(), 1);
      pieces.pop_back();
    }
    const auto decision = taken(sale, before, lines);
    RC_ASSERT(decision.has_value());
    RC_ASSERT(points_of(decision.value()) <= 0);
    so_far -= points_of(decision.value());
    for (const ReturnedLine& line : decision.value().returned) {
      before[line.line] += line.quantity_micros;
    }
  }
  RC_ASSERT(so_far == whole);
}

}  // namespace
}  // namespace accrue::ledger
