#include "ledger/state_hash.hpp"

#include "posted.hpp"
#include "store/keys.hpp"

namespace accrue::ledger {
namespace {

Transaction sale_of_member(int number) {
  const std::string id = std::to_string(number);
  return test::sale_of(100 * number, "S" + id, "2026-01-06", "M" + id);
}

/// The books of sales by members of these numbers, in this order.
std::string hash_of(const std::vector<int>& order) {
  Posted books;
  for (const int number : order) {
    const Transaction sale = sale_of_member(number);
    books.post({{earning(sale, {}, number), &sale}});
  }
  return books.hash();
}

TEST(StateHash, IsIndependentOfTheOrderAmongUnrelatedMembers) {
  EXPECT_EQ(hash_of({1, 2, 3}), hash_of({3, 1, 2}));
  EXPECT_EQ(hash_of({1, 2, 3}).size(), 32u);
}

TEST(StateHash, TellsBooksApart) {
  EXPECT_NE(hash_of({1, 2}), hash_of({1, 2, 3}));
  EXPECT_NE(hash_of({1, 2}), hash_of({1, 3}));
  EXPECT_NE(hash_of({}), hash_of({1}));
}

TEST(StateHash, SeesALotThatHoldsADifferentNumberOfPoints) {
  Posted books;
  const Transaction sale = sale_of_member(5);
  books.post({{earning(sale, {}, 5), &sale}});
  const std::string before = books.hash();
  Member member = *find_member(books.read(), MemberId::trusted("M5")).value();
  member.lots.at(0).remaining = Points(4);
  auto txn = books.store().write();
  ASSERT_TRUE(txn.value().put(store::Table::members, "M5", encode(member)).has_value());
  ASSERT_TRUE(std::move(txn.value()).commit().has_value());
  EXPECT_NE(books.hash(), before);
}

TEST(StateHash, DoesNotSeeWhichNoticesWereDelivered) {
  Posted books;
  const Transaction sale = sale_of_member(5);
  books.post({{earning(sale, {}, 5), &sale}});
  const std::string before = books.hash();
  auto txn = books.store().write();
  ASSERT_TRUE(txn.value().put(store::Table::dead, "anything", "why").has_value());
  ASSERT_TRUE(std::move(txn.value()).commit().has_value());
  EXPECT_EQ(books.hash(), before);
}

}  // namespace
}  // namespace accrue::ledger
