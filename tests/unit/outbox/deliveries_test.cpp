// What the deliveries log remembers across crashes and rebuilds.
#include "outbox_fixture.hpp"

namespace accrue::outbox {
namespace {

std::vector<Outcome> replayed(const std::filesystem::path& folder, Seq from) {
  std::vector<Outcome> all;
  const auto done = replay_deliveries(folder, from, [&all](Outcome outcome) {
    all.push_back(std::move(outcome));
    return ok();
  });
  EXPECT_TRUE(done.has_value()) << done.error().message;
  return all;
}

TEST_F(OutboxTest, DeliveriesComeBackAsTheyWereRecorded) {
  ASSERT_TRUE(deliveries_
                  ->record({{{"mail", seq(5), 2}, true, "", Seq::none},
                            {{"crm", seq(1ull << 40), 4'000'000'000U}, false, "no", {}}})
                  .has_value());
  ASSERT_TRUE(deliveries_->record({}).has_value());
  ASSERT_TRUE(deliveries_->record({{{"mail", seq(6), 0}, true, "", Seq::none}}).has_value());
  open_log();
  EXPECT_EQ(deliveries_->last(), seq(3));
  const auto all = replayed(log_folder(), seq(1));
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].key, (OutboxKey{"mail", seq(5), 2}));
  EXPECT_TRUE(all[0].delivered);
  EXPECT_EQ(all[1].key, (OutboxKey{"crm", seq(1ull << 40), 4'000'000'000U}));
  EXPECT_FALSE(all[1].delivered);
  EXPECT_EQ(all[1].reason, "no");
  EXPECT_EQ(all[1].log, seq(2));
  EXPECT_EQ(replayed(log_folder(), seq(3)).size(), 1U);
  EXPECT_EQ(replayed(log_folder(), seq(4)).size(), 0U);
}

TEST_F(OutboxTest, DeliveriesAreHandedOnWithTheirPlaceInTheLog) {
  ASSERT_TRUE(deliveries_->record({{{"mail", seq(5), 0}, true, "", Seq::none}}).has_value());
  ASSERT_TRUE(deliveries_->record({{{"mail", seq(6), 0}, true, "", Seq::none}}).has_value());
  ASSERT_EQ(recorded_.size(), 2U);
  EXPECT_EQ(recorded_[0].log, seq(1));
  EXPECT_EQ(recorded_[1].log, seq(2));
}

TEST_F(OutboxTest, AMissingLogHasNoDeliveries) {
  EXPECT_TRUE(replayed(folder_ / "nothing here", seq(1)).empty());
  EXPECT_EQ(catch_up(*store_, folder_ / "nothing here").value(), 0U);
}

TEST_F(OutboxTest, CatchesUpAfterACrashBetweenDeliveryAndCommit) {
  owe(1, {notice_to({"mail"}), notice_to({"mail"}), notice_to({"mail"})});
  ASSERT_TRUE(deliveries_->record({{{"mail", seq(1), 0}, true, "", Seq::none}}).has_value());
  apply_recorded();
  ASSERT_TRUE(deliveries_->record({{{"mail", seq(1), 1}, false, "bad", Seq::none}}).has_value());
  // The process dies here: what was recorded last has not been applied.
  EXPECT_EQ(owed_by("mail"), "1-1 1-2");
  EXPECT_EQ(catch_up(*store_, log_folder()).value(), 1U);
  EXPECT_EQ(owed_by("mail"), "1-2");
  EXPECT_EQ(dead_of("mail").size(), 1U);
  EXPECT_EQ(catch_up(*store_, log_folder()).value(), 0U);
}

TEST_F(OutboxTest, SendsNothingAgainAfterTheStoreWasRebuilt) {
  owe(1, {notice_to({"mail"})});
  owe(2, {notice_to({"mail"}), notice_to({"mail"})});
  ASSERT_TRUE(deliveries_
                  ->record({{{"mail", seq(1), 0}, true, "", Seq::none},
                            {{"mail", seq(2), 0}, false, "bad", Seq::none}})
                  .has_value());
  apply_recorded();
  open_store("rebuilt");
  owe(1, {notice_to({"mail"})});
  owe(2, {notice_to({"mail"}), notice_to({"mail"})});
  EXPECT_EQ(owed_by("mail"), "1-0 2-0 2-1");
  EXPECT_EQ(catch_up(*store_, log_folder()).value(), 2U);
  EXPECT_EQ(owed_by("mail"), "2-1");
  EXPECT_EQ(dead_of("mail")[0].reason, "bad");
}

TEST_F(OutboxTest, CatchesUpWithMoreThanOneCommitHolds) {
  std::vector<Notice> many(25'001, notice_to({"mail"}));
  owe(1, many);
  std::vector<Outcome> outcomes;
  for (std::uint32_t i = 0; i < 25'000; ++i) {
    outcomes.push_back({{"mail", seq(1), i}, true, "", Seq::none});
  }
  ASSERT_TRUE(deliveries_->record(outcomes).has_value());
  EXPECT_EQ(catch_up(*store_, log_folder()).value(), 25'000U);
  EXPECT_EQ(owed_by("mail"), "1-25000");
}

TEST(Outcomes, ThatWereDamagedAreRefused) {
  const std::string good = encode_outcome({{"mail", seq(5), 2}, false, "why", Seq::none});
  ASSERT_TRUE(decode_outcome(good).has_value());
  EXPECT_EQ(decode_outcome(good)->reason, "why");
  for (std::size_t size = 0; size + 3 < good.size(); ++size) {
    EXPECT_FALSE(decode_outcome(good.substr(0, size)).has_value()) << size;
  }
  EXPECT_FALSE(decode_outcome("\x02" + good.substr(1)).has_value());
  EXPECT_FALSE(decode_outcome(good.substr(0, 1) + "\x02" + good.substr(2)).has_value());
}

}  // namespace
}  // namespace accrue::outbox
