#include "ledger/apply.hpp"
#include "ledger/settle.hpp"

#include "member_with.hpp"

#include <gtest/gtest.h>

namespace accrue::ledger {
namespace {

/// The member after a tick.
Member after(Member member, Timestamp time) {
  Entry entry;
  entry.seq = seq(100);
  entry.type = TransactionType::tick;
  entry.member = member.id;
  entry.time = time;
  entry.decision = lapse(member, time).decision;
  apply(entry, nullptr, member);
  return member;
}

TEST(Lapse, PointsLapseAtTheirInstantAndNotAMillisecondBefore) {
  const Member member = member_with({lot(2, 10, "2027-01-01"), lot(3, 5, "2027-02-01"), lot(4, 1)});
  EXPECT_EQ(member.due_at(), at("2027-01-01"));
  const auto before = lapse(member, at("2027-01-01") - std::chrono::milliseconds(1));
  EXPECT_TRUE(before.decision.drawn.empty());
  EXPECT_TRUE(before.decision.balances.empty());
  const Decision decision = lapse(member, at("2027-01-01")).decision;
  EXPECT_EQ(text_of(decision.drawn), "2:0 expired 10");
  ASSERT_EQ(decision.balances.size(), 1u);
  EXPECT_EQ(decision.balances[0].expired, Points(10));
  EXPECT_EQ(decision.balances[0].available_after, Points(6));
  EXPECT_EQ(after(member, at("2027-01-01")).due_at(), at("2027-02-01"));
}

TEST(Lapse, LotsThatEndedByThenLapseTogether) {
  const Member member = member_with({lot(2, 10, "2027-01-01"), lot(3, 5, "2027-02-01")});
  const Decision decision = lapse(member, at("2027-03-01")).decision;
  EXPECT_EQ(text_of(decision.drawn), "2:0 expired 10, 3:0 expired 5");
  ASSERT_EQ(decision.balances.size(), 1u);
  EXPECT_EQ(decision.balances[0].expired, Points(15));
}

TEST(Lapse, EachReminderIsToldOnce) {
  Member member = member_with({lot(2, 10, "2027-01-31", {at("2027-01-01"), at("2027-01-24")}),
                               lot(3, 5, "2027-01-31", {at("2027-01-01"), at("2027-01-24")})});
  EXPECT_EQ(member.due_at(), at("2027-01-01"));
  const Lapse first = lapse(member, at("2027-01-01"));
  // Both lots lapse together: one reminder over 15 points.
  ASSERT_EQ(first.reminders.size(), 1u);
  EXPECT_EQ(first.reminders[0].points, Points(15));
  EXPECT_EQ(first.reminders[0].lapses_at, at("2027-01-31"));
  EXPECT_EQ(first.decision.reminded.size(), 2u);
  member = after(member, at("2027-01-01"));
  EXPECT_TRUE(lapse(member, at("2027-01-01")).reminders.empty());
  EXPECT_EQ(member.due_at(), at("2027-01-24"));
  member = after(member, at("2027-01-24"));
  EXPECT_EQ(member.due_at(), at("2027-01-31"));
  member = after(member, at("2027-01-31"));
  EXPECT_FALSE(member.due_at().has_value());
  EXPECT_TRUE(member.lots.empty());
}

TEST(Lapse, RemindersThatWereMissedAreToldTogetherOnce) {
  const Member member =
      member_with({lot(2, 10, "2027-01-31", {at("2027-01-01"), at("2027-01-24")})});
  EXPECT_EQ(lapse(member, at("2027-01-25")).reminders.size(), 1u);
  EXPECT_EQ(after(member, at("2027-01-25")).due_at(), at("2027-01-31"));
}

TEST(Lapse, AtADeadlineEveryLotOfItsCurrencyLapses) {
  Member member = member_with({lot(2, 10, "2027-06-01"), lot(3, 5)});
  Lot status = lot(4, 7);
  status.currency = "status";
  member.lots.push_back(status);
  member.balances.push_back({"status", Points(7), {}, {}, {}, {}});
  member.deadlines = {{"points", at("2026-10-01"), {at("2026-09-01")}}};
  EXPECT_EQ(member.due_at(), at("2026-09-01"));
  const Lapse told = lapse(member, at("2026-09-01"));
  ASSERT_EQ(told.reminders.size(), 1u);
  EXPECT_EQ(told.reminders[0].points, Points(15));
  EXPECT_EQ(told.reminders[0].lapses_at, at("2026-10-01"));
  member = after(member, at("2026-09-01"));
  EXPECT_EQ(member.due_at(), at("2026-10-01"));
  member = after(member, at("2026-10-01"));
  EXPECT_EQ(member.available("points"), Points(0));
  EXPECT_EQ(member.available("status"), Points(7));
  EXPECT_TRUE(member.deadlines.empty());
  EXPECT_FALSE(member.due_at().has_value());
}

TEST(Lapse, ADeadlineOverAnEmptyBalanceAsksForNoTick) {
  Member member = member_with({}, 5);
  member.deadlines = {{"points", at("2026-10-01"), {at("2026-09-01")}}};
  EXPECT_FALSE(member.due_at().has_value());
}

TEST(Lapse, AnOfferEndsAtItsFirstInstantOver) {
  Member member = member_with({});
  member.offers = {{"5-0", "tea", "points", {Points(50), {}, {}, at("2026-02-01"), ""}, {}}};
  EXPECT_EQ(member.due_at(), at("2026-02-01"));
  EXPECT_TRUE(lapse(member, at("2026-02-01") - std::chrono::milliseconds(1))
                  .decision.offers_lapsed.empty());
  EXPECT_EQ(lapse(member, at("2026-02-01")).decision.offers_lapsed,
            (std::vector<std::string>{"5-0"}));
  EXPECT_TRUE(after(member, at("2026-02-01")).offers.empty());
}

TEST(Lapse, ADeficitDoesNotLapse) {
  Member member = member_with({}, 5);
  EXPECT_TRUE(lapse(member, at("2099-01-01")).decision.balances.empty());
}

}  // namespace
}  // namespace accrue::ledger
