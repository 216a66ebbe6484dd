#include "ledger/settle.hpp"

#include "member_with.hpp"

#include <gtest/gtest.h>

namespace accrue::ledger {
namespace {

using engine::SpentPoints;

Decision taking(std::int64_t points) {
  Decision decision;
  decision.awards = {award(-points, {-points})};
  return decision;
}

Decision giving(std::int64_t points) {
  Decision decision;
  decision.awards = {award(points)};
  decision.opened = {{0, "points", Points(points), Points(points), {}, {}}};
  return decision;
}

TEST(Settle, PointsTakenBackAreDrawnSoonestExpiryFirstAndUndatedLast) {
  const Member member = member_with(
      {lot(2, 10), lot(3, 10, "2027-03-01"), lot(4, 10, "2027-02-01"), lot(5, 10, "2027-03-01")});
  Decision decision = taking(35);
  settle(member, SpentPoints::allow_negative, Seq::none, decision);
  EXPECT_EQ(text_of(decision.drawn),
            "4:0 reversed 10, 3:0 reversed 10, 5:0 reversed 10, 2:0 reversed 5");
  ASSERT_EQ(decision.balances.size(), 1u);
  EXPECT_EQ(decision.balances[0].reversed, Points(35));
  EXPECT_EQ(decision.balances[0].available_after, Points(5));
  EXPECT_EQ(decision.balances[0].deficit_after, Points());
}

TEST(Settle, LotsOfTheSaleThatIsReturnedPayFirst) {
  const Member member = member_with({lot(2, 10, "2027-01-01"), lot(3, 10)});
  Decision decision = taking(12);
  settle(member, SpentPoints::allow_negative, seq(3), decision);
  EXPECT_EQ(text_of(decision.drawn), "3:0 reversed 10, 2:0 reversed 2");
}

TEST(Settle, WhatNoLotCanPayBecomesADeficit) {
  const Member member = member_with({lot(2, 10)});
  Decision decision = taking(25);
  settle(member, SpentPoints::allow_negative, Seq::none, decision);
  EXPECT_EQ(text_of(decision.drawn), "2:0 reversed 10");
  EXPECT_EQ(decision.balances[0].deficit_after, Points(15));
  EXPECT_EQ(decision.balances[0].available_after, Points(-15));
}

TEST(Settle, NewPointsPayADeficitFirst) {
  const Member member = member_with({}, 15);
  Decision less = giving(10);
  settle(member, SpentPoints::allow_negative, Seq::none, less);
  EXPECT_EQ(less.opened[0].issued, Points(10));
  EXPECT_EQ(less.opened[0].remaining, Points(0));
  EXPECT_EQ(less.balances[0].deficit_after, Points(5));
  EXPECT_EQ(less.balances[0].available_after, Points(-5));
  Decision more = giving(40);
  settle(member, SpentPoints::allow_negative, Seq::none, more);
  EXPECT_EQ(more.opened[0].remaining, Points(25));
  EXPECT_EQ(more.balances[0].deficit_after, Points(0));
  EXPECT_EQ(more.balances[0].available_after, Points(25));
}

TEST(Settle, SeveralNewLotsPayADeficitInTheirOrder) {
  const Member member = member_with({}, 15);
  Decision decision = giving(10);
  decision.awards.push_back(award(10));
  decision.opened.push_back({1, "points", Points(10), Points(10), at("2027-01-01"), {}});
  settle(member, SpentPoints::allow_negative, Seq::none, decision);
  EXPECT_EQ(decision.opened[0].remaining, Points(0));
  EXPECT_EQ(decision.opened[1].remaining, Points(5));
  EXPECT_EQ(decision.balances[0].available_after, Points(5));
}

TEST(Settle, WithinBalanceNoMoreIsTakenThanIsThere) {
  const Member member = member_with({lot(2, 10)});
  Decision decision = taking(25);
  decision.awards = {award(-20, {-15, -5}), award(-5, {-5}, "bonus")};
  settle(member, SpentPoints::within_balance, Seq::none, decision);
  // The last award gives way first: 25 - 10 = 15 too many, 5 of the bonus, 10 of the base.
  ASSERT_EQ(decision.awards.size(), 1u);
  EXPECT_EQ(decision.awards[0].points, Points(-10));
  // 10 over 15 and 5: 7.5 and 2.5, the half to the first.
  EXPECT_EQ(decision.awards[0].by_line, (std::vector<std::int64_t>{-8, -2}));
  EXPECT_EQ(decision.awards[0].reason, "why, limited to the balance");
  EXPECT_EQ(decision.balances[0].reversed, Points(10));
  EXPECT_EQ(decision.balances[0].available_after, Points(0));
  EXPECT_EQ(decision.balances[0].deficit_after, Points(0));
}

TEST(Settle, WithinBalanceAMemberBelowZeroLosesNothingMore) {
  const Member member = member_with({}, 15);
  Decision decision = taking(25);
  settle(member, SpentPoints::within_balance, Seq::none, decision);
  EXPECT_TRUE(decision.awards.empty());
  EXPECT_EQ(decision.balances[0].available_after, Points(-15));
}

TEST(Settle, OnlyPendingTakesNothingOfWhatIsAvailable) {
  const Member member = member_with({lot(2, 10)});
  Decision decision = taking(5);
  settle(member, SpentPoints::only_pending, Seq::none, decision);
  EXPECT_TRUE(decision.awards.empty());
  EXPECT_TRUE(decision.drawn.empty());
  EXPECT_EQ(decision.balances[0].available_after, Points(10));
}

TEST(Settle, PointsCurrenciesDoNotPayForEachOther) {
  Member member = member_with({lot(2, 10)});
  Decision decision;
  decision.awards = {{"s", "status", Points(-4), "why", {}, {}}};
  settle(member, SpentPoints::allow_negative, Seq::none, decision);
  EXPECT_TRUE(decision.drawn.empty());
  ASSERT_EQ(decision.balances.size(), 1u);
  EXPECT_EQ(decision.balances[0].currency, "status");
  EXPECT_EQ(decision.balances[0].deficit_after, Points(4));
}

}  // namespace
}  // namespace accrue::ledger
