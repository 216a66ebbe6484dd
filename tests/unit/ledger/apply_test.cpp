#include "ledger/apply.hpp"

#include "member_with.hpp"

#include <gtest/gtest.h>

namespace accrue::ledger {
namespace {

Entry entry_of(const Transaction& transaction, std::uint64_t number, Decision decision = {}) {
  Entry entry;
  entry.seq = seq(number);
  entry.id = transaction.id;
  entry.type = transaction.type;
  entry.member = transaction.member;
  entry.time = transaction.time;
  entry.decision = std::move(decision);
  return entry;
}

Decision earning(std::int64_t points, std::int64_t available_after) {
  Decision decision;
  decision.awards = {award(points)};
  decision.opened = {{0, "points", Points(points), Points(points), at("2027-01-01"), {}}};
  BalanceChange change;
  change.currency = "points";
  change.issued = Points(points);
  change.available_after = Points(available_after);
  decision.balances = {change};
  return decision;
}

TEST(Apply, AFirstTransactionEnrols) {
  Member member;
  Decision decision = earning(12, 12);
  decision.enrols = true;
  apply(entry_of(test::sale_of(1200, "S1", "2026-01-06"), 7, decision), nullptr, member);
  EXPECT_TRUE(member.exists());
  EXPECT_EQ(member.id.text(), "M1");
  EXPECT_EQ(member.enrolled_at, at("2026-01-06"));
  EXPECT_EQ(member.last_activity, at("2026-01-06"));
  EXPECT_EQ(member.last_entry, seq(7));
  EXPECT_EQ(member.entries, 1u);
  EXPECT_EQ(member.available("points"), Points(12));
  ASSERT_EQ(member.lots.size(), 1u);
  EXPECT_EQ(member.lots[0].earned_at, at("2026-01-06"));
}

TEST(Apply, ALateSaleDoesNotMakeTheMemberLookIdle) {
  Member member = member_with({});
  apply(entry_of(test::sale_of(1, "S1", "2026-03-01"), 7), nullptr, member);
  apply(entry_of(test::sale_of(1, "S2", "2026-02-01"), 8), nullptr, member);
  EXPECT_EQ(member.last_activity, at("2026-03-01"));
  apply(entry_of(test::base(TransactionType::tick, "~t", "M1", "2026-04-01"), 9), nullptr, member);
  EXPECT_EQ(member.last_activity, at("2026-03-01"));
}

TEST(Apply, ADrawnLotIsGoneWhenNothingRemainsAndIsNamedAsChanged) {
  Member member = member_with({lot(2, 10), lot(3, 10)});
  Decision decision;
  decision.drawn = {{seq(2), 0, DrawKind::reversed, Points(10)},
                    {seq(3), 0, DrawKind::reversed, Points(4)}};
  BalanceChange change;
  change.currency = "points";
  change.reversed = Points(14);
  change.available_after = Points(6);
  decision.balances = {change};
  std::vector<Seq> changed;
  apply(entry_of(test::sale_of(1, "S1", "2026-03-01"), 7, decision), nullptr, member, &changed);
  ASSERT_EQ(member.lots.size(), 1u);
  EXPECT_EQ(member.lots[0].remaining, Points(6));
  ASSERT_EQ(changed.size(), 2u);
  EXPECT_EQ(changed[0], seq(2));
}

TEST(Apply, KeepsLotsInDrawOrder) {
  Member member = member_with({lot(2, 10), lot(3, 10, "2027-06-01")});
  Decision decision = earning(5, 25);
  apply(entry_of(test::sale_of(1, "S1", "2026-03-01"), 7, decision), nullptr, member);
  ASSERT_EQ(member.lots.size(), 3u);
  EXPECT_EQ(member.lots[0].seq, seq(7));
  EXPECT_EQ(member.lots[2].seq, seq(2));
}

TEST(Apply, AProfileKeepsWhatItDoesNotName) {
  Member member = member_with({});
  const auto first = test::member_change("C1", "M1", "2026-01-06",
                                         {{"tier", std::string_view("gold")}, {"staff", true}});
  apply(entry_of(first, 2), &first, member);
  const auto second =
      test::member_change("C2", "M1", "2026-01-07", {{"tier", std::string_view("silver")}});
  apply(entry_of(second, 3), &second, member);
  ASSERT_EQ(member.attributes.size(), 2u);
  EXPECT_EQ(member.attributes[0].key, "staff");
  EXPECT_EQ(std::get<bool>(member.attributes[0].value), true);
  EXPECT_EQ(std::get<std::string>(member.attributes[1].value), "silver");
}

TEST(Apply, SealedContactIsKeptWithTheNamesOfItsFields) {
  Member member = member_with({});
  Transaction change = test::member_change("C1", "M1", "2026-01-06");
  change.sealed_contact = change.text.keep("sealed");
  change.contact = {{"email", std::string_view()}, {"name", std::string_view()}};
  apply(entry_of(change, 2), &change, member);
  EXPECT_EQ(member.sealed_contact, "sealed");
  EXPECT_EQ(member.contact_fields, (std::vector<std::string>{"email", "name"}));
}

TEST(Apply, HistoryNeverGoesBack) {
  Member member = member_with({});
  Decision decision;
  decision.history = {{7, at("2026-03-01")}};
  apply(entry_of(test::sale_of(1, "S1", "2026-03-01"), 7, decision), nullptr, member);
  decision.history = {{7, at("2026-02-01")}};
  apply(entry_of(test::sale_of(1, "S2", "2026-02-01"), 8, decision), nullptr, member);
  ASSERT_EQ(member.history.size(), 1u);
  EXPECT_EQ(member.history[0].last, at("2026-03-01"));
}

using ApplyDeathTest = testing::Test;

TEST(ApplyDeathTest, ADecisionThatDoesNotBalanceEndsTheProgram) {
  Member member = member_with({lot(2, 10)});
  EXPECT_DEATH(
      apply(entry_of(test::sale_of(1, "S", "2026-03-01"), 7, earning(5, 16)), nullptr, member),
      "assertion failed");
}

TEST(ApplyDeathTest, DrawingMoreThanALotHoldsEndsTheProgram) {
  Member member = member_with({lot(2, 10)});
  Decision decision;
  decision.drawn = {{seq(2), 0, DrawKind::reversed, Points(11)}};
  EXPECT_DEATH(apply(entry_of(test::sale_of(1, "S", "2026-03-01"), 7, decision), nullptr, member),
               "assertion failed");
}

TEST(ApplyDeathTest, LotsWithoutTheirBalanceEndTheProgram) {
  Member member = member_with({lot(2, 10)});
  Decision decision = earning(5, 15);
  decision.opened[0].remaining = Points(4);
  EXPECT_DEATH(apply(entry_of(test::sale_of(1, "S", "2026-03-01"), 7, decision), nullptr, member),
               "assertion failed");
}

}  // namespace
}  // namespace accrue::ledger
