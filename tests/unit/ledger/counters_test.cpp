#include "ledger/counters.hpp"

#include "ledger/apply.hpp"
#include "member_with.hpp"

#include <gtest/gtest.h>

namespace accrue::ledger {
namespace {

void use(Member& member, const std::string& period, std::int64_t points,
         const std::string& rule = "base") {
  Entry entry;
  entry.seq = seq(member.entries + 2);
  entry.type = TransactionType::member;
  entry.decision.counters = {{rule, LimitScope::member, period, points, 1}};
  apply(entry, nullptr, member);
}

engine::Used used(const Member& member, const std::string& period) {
  static const CampaignCounters kNone;
  return Account(member, kNone, {}).used("base", LimitScope::member, period);
}

TEST(Counters, UsesOfAPeriodAddUp) {
  Member member = member_with({});
  use(member, "2026-01", 5);
  use(member, "2026-01", 7);
  use(member, "ever", 3);
  EXPECT_EQ(used(member, "2026-01").points, 12);
  EXPECT_EQ(used(member, "2026-01").times, 2);
  EXPECT_EQ(used(member, "2026-02").points, 0);
  EXPECT_EQ(used(member, "ever").points, 3);
}

TEST(Counters, KindsOfPeriodsAreKeptApart) {
  EXPECT_TRUE(is_same_kind("2026-01", "2026-12"));
  EXPECT_TRUE(is_same_kind("2025", "2026"));
  EXPECT_TRUE(is_same_kind("ever", "ever"));
  EXPECT_FALSE(is_same_kind("2026", "ever"));
  EXPECT_FALSE(is_same_kind("2026-01", "2026-Q1"));
  EXPECT_FALSE(is_same_kind("2026-W01", "2026-Q1"));
  EXPECT_FALSE(is_same_kind("2026-W01", "2026-01-01"));
}

TEST(Counters, TheLatestEightOfAKindAreKeptAndOtherKindsStay) {
  Member member = member_with({});
  use(member, "ever", 1);
  use(member, "2026-01", 1);
  use(member, "2026-01-01", 1, "other");
  for (int day = 1; day <= 9; ++day) use(member, "2026-01-0" + std::to_string(day), day);
  EXPECT_EQ(member.counters.size(), 11u);
  EXPECT_EQ(used(member, "2026-01-02").points, 2);
  EXPECT_EQ(used(member, "2026-01").points, 1);
  EXPECT_EQ(used(member, "ever").points, 1);
}

TEST(Counters, WhatWasForgottenCountsAsUsedUp) {
  Member member = member_with({});
  for (int day = 1; day <= 9; ++day) use(member, "2026-01-0" + std::to_string(day), day);
  // The first day was forgotten: a transaction that comes so late must not have its limit anew.
  EXPECT_GT(used(member, "2026-01-01").points, Points::kMax);
  EXPECT_GT(used(member, "2025-12-31").times, 1'000'000);
  EXPECT_EQ(used(member, "2026-01-10").points, 0);
}

TEST(Counters, ALatePeriodThatIsStillRememberedIsCounted) {
  Member member = member_with({});
  for (int day = 2; day <= 8; ++day) use(member, "2026-01-0" + std::to_string(day), day);
  EXPECT_EQ(used(member, "2026-01-01").points, 0);
  use(member, "2026-01-01", 50);
  EXPECT_EQ(used(member, "2026-01-01").points, 50);
  use(member, "2026-01-09", 1);
  EXPECT_GT(used(member, "2026-01-01").points, 50);
}

TEST(Counters, CampaignUsesBelongToAllMembers) {
  CampaignCounters campaign;
  Entry entry;
  entry.decision.counters = {{"base", LimitScope::campaign, "2026", 30, 1},
                             {"base", LimitScope::member, "2026", 30, 1}};
  ledger::apply(entry, campaign);
  ledger::apply(entry, campaign);
  const Member member = member_with({});
  const Account account(member, campaign, {});
  EXPECT_EQ(account.used("base", LimitScope::campaign, "2026").points, 60);
  EXPECT_EQ(account.used("base", LimitScope::member, "2026").points, 0);
}

}  // namespace
}  // namespace accrue::ledger
