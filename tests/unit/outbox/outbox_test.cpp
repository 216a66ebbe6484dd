// Which notices are owed, and what settling them leaves behind.
#include "outbox_fixture.hpp"

namespace accrue::outbox {
namespace {

TEST_F(OutboxTest, OwesEachNoticeToEachNotifierItNames) {
  owe(1, {notice_to({"mail", "crm"}), notice_to({"crm"})});
  owe(2, {});
  owe(3, {notice_to({}), notice_to({"mail"})});
  EXPECT_EQ(owed_by("mail"), "1-0 3-1");
  EXPECT_EQ(owed_by("crm"), "1-0 1-1");
  EXPECT_EQ(owed_by("cr"), "");
  EXPECT_EQ(owed_by("nobody"), "");
}

TEST_F(OutboxTest, GivesNoticesInTheOrderOfTheirTransactions) {
  for (const std::uint64_t number : {256U, 2U, 65'536U, 255U, 10U}) {
    owe(number, {notice_to({"mail"})});
  }
  EXPECT_EQ(owed_by("mail"), "2-0 10-0 255-0 256-0 65536-0");
}

TEST_F(OutboxTest, GivesSoManyAsAskedForBehindAKey) {
  owe_each(1, 5, notice_to({"mail"}));
  auto snapshot = store_->read();
  const auto some = due(snapshot.value(), {"mail", seq(2), 0}, 2);
  ASSERT_EQ(some.value().size(), 2U);
  EXPECT_EQ(some.value()[0].notice_id(), "3-0");
  EXPECT_EQ(some.value()[1].notice_id(), "4-0");
  EXPECT_TRUE(due(snapshot.value(), {"mail", seq(2), 0}, 0).value().empty());
  OutboxKey counted{"mail", seq(2), 0};
  EXPECT_EQ(count_due(snapshot.value(), counted).value(), 3U);
  EXPECT_EQ(counted.notice_id(), "5-0");
  EXPECT_EQ(count_due(snapshot.value(), counted).value(), 0U);
}

TEST_F(OutboxTest, ForgetsDeliveredNoticesAndKeepsDeadOnesWithTheirReason) {
  owe(1, {notice_to({"mail"}), notice_to({"mail"}), notice_to({"mail"})});
  write([](store::WriteTxn& txn) {
    const std::vector<Outcome> outcomes{{{"mail", seq(1), 0}, true, "", seq(1)},
                                        {{"mail", seq(1), 1}, false, "no such mailbox", seq(2)}};
    return settle(txn, outcomes);
  });
  EXPECT_EQ(owed_by("mail"), "1-2");
  const auto given_up = dead_of("mail");
  ASSERT_EQ(given_up.size(), 1U);
  EXPECT_EQ(given_up[0].key.notice_id(), "1-1");
  EXPECT_EQ(given_up[0].reason, "no such mailbox");
}

TEST_F(OutboxTest, ChangesNothingWhenAnOutcomeIsAppliedAgain) {
  owe(1, {notice_to({"mail"})});
  const std::vector<Outcome> first{{{"mail", seq(1), 0}, true, "", seq(1)}};
  const std::vector<Outcome> contrary{{{"mail", seq(1), 0}, false, "late", seq(1)}};
  write([&](store::WriteTxn& txn) { return settle(txn, first); });
  write([&](store::WriteTxn& txn) { return settle(txn, contrary); });
  EXPECT_EQ(owed_by("mail"), "");
  EXPECT_TRUE(dead_of("mail").empty());
}

TEST_F(OutboxTest, KnowsHowFarTheDeliveriesLogIsApplied) {
  EXPECT_EQ(settled_until(store_->read().value()).value(), Seq::none);
  owe(1, {notice_to({"mail"}), notice_to({"mail"})});
  write([](store::WriteTxn& txn) {
    const std::vector<Outcome> outcomes{{{"mail", seq(1), 0}, true, "", seq(7)}};
    return settle(txn, outcomes);
  });
  EXPECT_EQ(settled_until(store_->read().value()).value(), seq(7));
  write([](store::WriteTxn& txn) {
    const std::vector<Outcome> outcomes{{{"mail", seq(1), 1}, true, "", seq(6)}};
    return settle(txn, outcomes);
  });
  EXPECT_EQ(settled_until(store_->read().value()).value(), seq(7));
}

TEST_F(OutboxTest, RefusesKeysThatAreNotItsOwn) {
  const OutboxKey key{"mail", seq(258), 3};
  EXPECT_EQ(decode(encode(key)), key);
  EXPECT_EQ(encode(key), std::string("mail\0\0\0\0\0\0\0\1\2\0\0\0\3", 17));
  EXPECT_FALSE(decode("mail").has_value());
  EXPECT_FALSE(decode(encode(key).substr(0, 16)).has_value());
  EXPECT_FALSE(decode(encode(key) + "x").has_value());
}

}  // namespace
}  // namespace accrue::outbox
