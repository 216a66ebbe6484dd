#include "pipeline/member_cache.hpp"
#include "pipeline/unposted.hpp"

#include "support/transactions.hpp"

#include <gtest/gtest.h>

namespace accrue::pipeline {
namespace {

using test::at;

Seq seq(std::uint64_t number) { return static_cast<Seq>(number); }

ledger::Member member(const std::string& id, const char* expires = "") {
  ledger::Member made;
  made.id = MemberId::trusted(id);
  made.number = 1;
  if (*expires != '\0') {
    ledger::Lot lot;
    lot.remaining = Points(1);
    lot.expires_at = at(expires);
    made.lots.push_back(lot);
  }
  return made;
}
MemberId id(const std::string& text) { return MemberId::trusted(text); }
void change(MemberCache& cache, const char* name, std::uint64_t by) {
  cache.changed(*cache.find(id(name)), seq(by));
}

TEST(MemberCache, LetsGoOfTheLeastRecentlyUsedFirst) {
  MemberCache cache(3 * member("M1").footprint());
  for (const char* name : {"M1", "M2", "M3", "M4"}) cache.put(member(name));
  cache.trim(seq(0));  // All were used when they came: the oldest goes.
  EXPECT_EQ(cache.find(id("M1")), nullptr);
  cache.put(member("M1"));
  cache.find(id("M2"));  // Used now: M3 is the oldest.
  cache.trim(seq(0));
  EXPECT_EQ(cache.size(), 3u);
  EXPECT_EQ(cache.find(id("M3")), nullptr);
  for (const char* name : {"M1", "M2", "M4"}) EXPECT_NE(cache.find(id(name)), nullptr) << name;
}

TEST(MemberCache, KeepsWhatIsNotPosted) {
  MemberCache cache(1);
  cache.put(member("M1"));
  cache.put(member("M2"));
  change(cache, "M1", 7);
  cache.trim(seq(6));
  EXPECT_NE(cache.find(id("M1")), nullptr);
  EXPECT_EQ(cache.find(id("M2")), nullptr);
  cache.trim(seq(7));
  EXPECT_EQ(cache.size(), 0u);
  EXPECT_EQ(cache.bytes(), 0u);
}

TEST(MemberCache, KeepsAMemberThatChangedAgainAfterWhatWasPosted) {
  MemberCache cache(1);
  cache.put(member("M1"));
  change(cache, "M1", 7);
  change(cache, "M1", 9);
  cache.trim(seq(8));
  EXPECT_NE(cache.find(id("M1")), nullptr);
}

TEST(MemberCache, HoldsItsLimitHoweverManyComeBetweenTwoTrimsAndFarBehindThePosterIs) {
  constexpr std::uint64_t kLimit = 10'000, kBehind = 5'000, kGroup = 4'000;
  MemberCache cache(kLimit * member("M1000000").footprint());
  for (std::uint64_t last = 1; last <= 400'000; ++last) {
    cache.changed(cache.put(member("M" + std::to_string(1'000'000 + last))), seq(last));
    if (last % kGroup == 0) cache.trim(seq(last - std::min(last, kBehind)));
    ASSERT_LE(cache.size(), kLimit + kBehind + kGroup) << "after " << last;
  }
}

TEST(MemberCache, ListsWhoIsDueOnlyWhileTheStoreDoesNotKnow) {
  MemberCache cache(1 << 20);
  cache.put(member("M1", "2026-02-01"));
  EXPECT_EQ(cache.due(), 0u);  // As read from the store, which lists it itself.
  change(cache, "M1", 7);
  cache.put(member("M2", "2026-01-15"));
  change(cache, "M2", 8);
  ASSERT_EQ(cache.due(), 2u);
  EXPECT_EQ(cache.first_due()->id, id("M2"));
  EXPECT_EQ(cache.first_due()->at, at("2026-01-15"));
  cache.trim(seq(7));
  ASSERT_EQ(cache.due(), 1u);
  cache.find(id("M2"))->lots.clear();
  change(cache, "M2", 9);
  EXPECT_EQ(cache.due(), 0u);
}

TEST(MemberCache, WeighsMembersThatGrow) {
  MemberCache cache(1 << 20);
  cache.put(member("M1"));
  const std::size_t before = cache.bytes();
  cache.find(id("M1"))->lots.resize(100);
  change(cache, "M1", 1);
  EXPECT_GE(cache.bytes(), before + 100 * sizeof(ledger::Lot));
}

ledger::Entry entry(std::uint64_t number) {
  ledger::Entry made;
  made.seq = seq(number);
  made.id = TransactionId::trusted("S" + std::to_string(number));
  return made;
}

TEST(Unposted, KnowsEachEntryUntilItIsPosted) {
  Unposted unposted;
  for (std::uint64_t number = 5; number <= 8; ++number) {
    unposted.add(entry(number), "bytes" + std::to_string(number));
  }
  unposted.forget(seq(6));
  EXPECT_EQ(unposted.size(), 2u);
  EXPECT_FALSE(unposted.find(TransactionId::trusted("S6")).has_value());
  EXPECT_EQ(unposted.record(seq(6)), nullptr);
  EXPECT_EQ(unposted.find(TransactionId::trusted("S7")), seq(7));
  EXPECT_EQ(*unposted.record(seq(8)), "bytes8");
  EXPECT_EQ(unposted.record(seq(9)), nullptr);
  unposted.forget(seq(8));
  EXPECT_EQ(unposted.size(), 0u);
  unposted.add(entry(9), "bytes9");
  EXPECT_EQ(*unposted.record(seq(9)), "bytes9");
}

TEST(Unposted, KnowsWhatCameBackUntilTheLastReturnIsPosted) {
  Unposted unposted;
  unposted.set_returned(seq(1), seq(2), {{1, 10}});
  unposted.set_returned(seq(1), seq(4), {{1, 30}});
  unposted.forget(seq(3));
  ASSERT_NE(unposted.returned(seq(1)), nullptr);
  EXPECT_EQ(unposted.returned(seq(1))->at(1), 30);
  unposted.forget(seq(4));
  EXPECT_EQ(unposted.returned(seq(1)), nullptr);
}

}  // namespace
}  // namespace accrue::pipeline
