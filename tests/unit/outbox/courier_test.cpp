// When a notice is tried, tried again, and given up; on a clock that only the test moves.
#include "outbox_fixture.hpp"

#include <set>

namespace accrue::outbox {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

DeliveryResult failing(const std::string& reason) { return {DeliveryState::retry, reason, {}}; }

class CourierTest : public OutboxTest {
 protected:
  Courier courier(CourierSettings settings = {}) {
    settings.seed = 1;
    return Courier({"mail", notifier_, composer_, *store_, *deliveries_, metrics_, log_,
                    [this] { return now_; }},
                   settings);
  }
  /// One round; sets when the courier wants the next.
  void round(Courier& courier) {
    ASSERT_TRUE(courier.count().has_value());  // As after a commit.
    const auto next = courier.round(stopping_);
    ASSERT_TRUE(next.has_value()) << next.error().message;
    next_ = next.value();
  }
  /// Rounds, each when the courier asks for it, until it wants no more or `until` is reached.
  void run(Courier& courier, Instant until = Instant::max()) {
    const Instant last = std::min(until, now_ + hours(24 * 365));
    for (round(courier); next_ <= last; round(courier)) {
      now_ = std::max(now_ + milliseconds(1), next_);  // A loop that spins still moves time on.
      ASSERT_LT(++rounds_, 2'000'000);
    }
  }
  bool shows(const std::string& line) {
    return metrics_.text().find("\n" + line + "\n") != std::string::npos;
  }

  FakeNotifier notifier_;
  FakeComposer composer_;
  metrics::Metrics metrics_{"test"};
  FakeLog log_;
  Instant now_{hours(1'000)};
  Instant next_{};
  int rounds_ = 0;
  std::atomic<bool> stopping_{false};
};

TEST_F(CourierTest, DeliversInOrderOnceAndRecordsIt) {
  owe_each(1, 600, notice_to({"mail"}));
  owe(601, {notice_to({"other"})});
  Courier courier = this->courier();
  run(courier);
  ASSERT_EQ(notifier_.attempts.size(), 600U);
  for (std::size_t i = 0; i < 600; ++i) {
    EXPECT_EQ(notifier_.attempts[i], std::to_string(i + 1) + "-0");
  }
  EXPECT_EQ(recorded_.size(), 600U);
  EXPECT_EQ(next_, Instant::max());
  EXPECT_TRUE(shows("accrue_notices_total{notifier=\"mail\",result=\"delivered\"} 600"));
  EXPECT_TRUE(shows("accrue_outbox_due{notifier=\"mail\"} 0"));
}

TEST_F(CourierTest, SendsNothingTwiceWhileThePosterIsBehind) {
  owe(1, {notice_to({"mail"})});
  Courier courier = this->courier();
  run(courier);
  owe(2, {notice_to({"mail"})});  // 1-0 is settled but still in the store.
  run(courier);
  EXPECT_EQ(notifier_.attempts, (std::vector<std::string>{"1-0", "2-0"}));
  apply_recorded();
  EXPECT_EQ(owed_by("mail"), "");
}

TEST_F(CourierTest, TriesAgainWithTheSameIdUntilTheReceiverIsBack) {
  owe_each(1, 10, notice_to({"mail"}));
  const Instant back = now_ + hours(3);
  notifier_.answer = [&](const Delivery&) {
    return now_ < back ? failing("down") : DeliveryResult{};
  };
  Courier courier = this->courier();
  run(courier);
  apply_recorded();
  EXPECT_EQ(owed_by("mail"), "");
  EXPECT_TRUE(dead_of("mail").empty());
  EXPECT_LT(now_, back + hours(1) + seconds(1));
  const std::set<std::string> ids(notifier_.attempts.begin(), notifier_.attempts.end());
  EXPECT_EQ(ids.size(), 10U);
}

TEST_F(CourierTest, AsksADeadReceiverLessAndLessOften) {
  owe_each(1, 100, notice_to({"mail"}));
  notifier_.answer = [](const Delivery&) { return failing("down"); };
  Courier courier = this->courier();
  const Instant start = now_;
  run(courier, start + seconds(60));
  const std::size_t first_minute = notifier_.attempts.size();
  run(courier, start + hours(24));
  // Pauses average half of 1, 2, 4 … 3,600 s: about 10 attempts in a minute, about 2 an hour later.
  EXPECT_GE(first_minute, 4U);
  EXPECT_LE(first_minute, 40U);
  EXPECT_LE(notifier_.attempts.size(), first_minute + 120);
  EXPECT_GE(notifier_.attempts.size(), first_minute + 24);
}

TEST_F(CourierTest, GivesANoticeUpAfterItsAttempts) {
  owe(1, {notice_to({"mail"})});
  notifier_.answer = [](const Delivery&) { return failing("mailbox full"); };
  Courier courier = this->courier({.max_attempts = 5});
  run(courier);
  EXPECT_EQ(notifier_.attempts.size(), 5U);
  apply_recorded();
  EXPECT_EQ(owed_by("mail"), "");
  ASSERT_EQ(dead_of("mail").size(), 1U);
  EXPECT_EQ(dead_of("mail")[0].reason, "given up after 5 attempts: mailbox full");
  EXPECT_TRUE(shows("accrue_notices_total{notifier=\"mail\",result=\"retried\"} 4"));
  EXPECT_TRUE(shows("accrue_notices_total{notifier=\"mail\",result=\"dead\"} 1"));
}

TEST_F(CourierTest, GivesANoticeUpWhenItIsTooOld) {
  owe(1, {notice_to({"mail"})});
  notifier_.answer = [](const Delivery&) { return failing("down"); };
  Courier courier = this->courier({.max_attempts = 1'000'000, .max_age = hours(24)});
  const Instant start = now_;
  run(courier);
  EXPECT_LE(now_ - start, hours(24) + seconds(10));
  EXPECT_GE(now_ - start, hours(22));
  apply_recorded();
  EXPECT_EQ(dead_of("mail").size(), 1U);
}

TEST_F(CourierTest, LetsOthersPassANoticeThatWaits) {
  owe_each(1, 20, notice_to({"mail"}));
  notifier_.answer = [](const Delivery& delivery) {
    return delivery.id == "1-0" ? failing("odd one") : DeliveryResult{};
  };
  Courier courier = this->courier();
  round(courier);
  EXPECT_EQ(notifier_.attempts.size(), 20U);
  EXPECT_EQ(recorded_.size(), 19U);
}

TEST_F(CourierTest, HoldsNoMoreThanItsWindowInWaiting) {
  owe_each(1, 50, notice_to({"mail"}));
  notifier_.answer = [](const Delivery&) { return failing("down"); };
  Courier courier = this->courier({.window = 4, .failures_in_a_row = 1'000});
  run(courier, now_ + hours(1));
  const std::set<std::string> tried(notifier_.attempts.begin(), notifier_.attempts.end());
  EXPECT_EQ(tried, (std::set<std::string>{"1-0", "2-0", "3-0", "4-0"}));
}

TEST_F(CourierTest, WaitsAsLongAsTheReceiverAsks) {
  owe(1, {notice_to({"mail"})});
  owe(2, {notice_to({"mail"})});
  notifier_.answer = [](const Delivery&) {
    return DeliveryResult{DeliveryState::retry, "busy", seconds(600)};
  };
  Courier courier = this->courier();
  const Instant start = now_;
  run(courier, start + seconds(599));
  EXPECT_EQ(notifier_.attempts.size(), 1U);
  run(courier, start + seconds(601));
  EXPECT_GE(notifier_.attempts.size(), 2U);
}

TEST_F(CourierTest, StopsForGoodWhenTheReceiverIsGoneAndKeepsWhatItOwes) {
  owe_each(1, 3, notice_to({"mail"}));
  notifier_.answer = [](const Delivery& delivery) {
    return delivery.id == "2-0" ? DeliveryResult{DeliveryState::disabled, "410 Gone", {}}
                                : DeliveryResult{};
  };
  Courier courier = this->courier();
  run(courier, now_ + hours(48));
  EXPECT_EQ(notifier_.attempts, (std::vector<std::string>{"1-0", "2-0"}));
  EXPECT_TRUE(courier.disabled());
  EXPECT_TRUE(shows("accrue_notifier_disabled{notifier=\"mail\"} 1"));
  EXPECT_TRUE(shows("accrue_outbox_due{notifier=\"mail\"} 2"));
  EXPECT_NE(log_.text().find("notifier mail is switched off until a restart: 410 Gone"),
            std::string::npos);
  apply_recorded();
  EXPECT_EQ(owed_by("mail"), "2-0 3-0");
  Courier restarted = this->courier();
  notifier_.answer = [](const Delivery&) { return DeliveryResult{}; };
  run(restarted);
  apply_recorded();
  EXPECT_EQ(owed_by("mail"), "");
}

TEST_F(CourierTest, BuriesANoticeThatCannotBePutIntoWords) {
  owe(1, {notice_to({"mail"}), notice_to({"mail"})});
  composer_.errors["1-0"] = reject("template offer_made is malformed");
  Courier courier = this->courier();
  run(courier);
  apply_recorded();
  EXPECT_EQ(notifier_.attempts, (std::vector<std::string>{"1-1"}));
  ASSERT_EQ(dead_of("mail").size(), 1U);
  EXPECT_EQ(dead_of("mail")[0].reason, "template offer_made is malformed");
}

TEST_F(CourierTest, TriesAgainWhenWordsAreOnlyMissingForNow) {
  owe(1, {notice_to({"mail"}), notice_to({"mail"}), notice_to({"mail"})});
  composer_.errors["1-0"] = Error{ErrorCode::exhausted, "all readers are busy"};
  composer_.errors["1-1"] = Error{ErrorCode::internal, "cannot read the record"};
  composer_.errors["1-2"] = Error{ErrorCode::not_found, "the segment was moved away"};
  Courier courier = this->courier();
  round(courier);
  EXPECT_TRUE(recorded_.empty());
  composer_.errors.clear();
  run(courier);
  EXPECT_EQ(recorded_.size(), 3U);
  EXPECT_EQ(notifier_.attempts.size(), 3U);
}

TEST_F(CourierTest, SurvivesANotifierThatThrows) {
  owe(1, {notice_to({"mail"}), notice_to({"mail"})});
  int calls = 0;
  notifier_.answer = [&calls](const Delivery&) -> DeliveryResult {
    if (++calls == 1) throw std::runtime_error("out of cheese");
    if (calls == 2) throw 42;
    return {};
  };
  Courier courier = this->courier();
  run(courier);
  EXPECT_EQ(recorded_.size(), 2U);
  EXPECT_TRUE(shows("accrue_plugin_faults_total{plugin=\"mail\"} 2"));
  EXPECT_NE(log_.text().find("out of cheese"), std::string::npos);
}

TEST_F(CourierTest, ShowsHowMuchIsOwedAndHowOldItIs) {
  owe_each(1, 700, notice_to({"mail"}));
  notifier_.answer = [](const Delivery&) { return failing("down"); };
  Courier courier = this->courier();
  const Instant start = now_;
  run(courier, start + seconds(100));
  now_ = start + seconds(100);
  round(courier);
  EXPECT_TRUE(shows("accrue_outbox_due{notifier=\"mail\"} 700")) << metrics_.text();
  EXPECT_TRUE(shows("accrue_outbox_oldest_age_seconds{notifier=\"mail\"} 100"));
}

TEST_F(CourierTest, ShowsWhatIsOwedWhileADeliveryHangs) {
  owe_each(1, 30, notice_to({"mail"}));
  Courier courier = this->courier();
  notifier_.answer = [&](const Delivery& delivery) {
    now_ += seconds(15);
    if (delivery.id == "1-0") {
      owe_each(31, 50, notice_to({"mail"}));
      EXPECT_TRUE(courier.count().has_value());
      courier.show();  // As the housekeeper does, on another thread.
      EXPECT_TRUE(shows("accrue_outbox_due{notifier=\"mail\"} 50"));
      EXPECT_TRUE(shows("accrue_outbox_oldest_age_seconds{notifier=\"mail\"} 15"));
    }
    return failing("no answer");
  };
  round(courier);
  EXPECT_TRUE(shows("accrue_outbox_due{notifier=\"mail\"} 50"));
}

TEST_F(CourierTest, ShowsAllThatIsOwedToAReceiverThatRefuses) {
  for (const DeliveryState state : {DeliveryState::retry, DeliveryState::disabled}) {
    SCOPED_TRACE(static_cast<int>(state));
    Courier courier = this->courier();
    const auto first = state == DeliveryState::retry ? 1U : 51U;
    owe_each(first, first + 49, notice_to({"mail"}));
    notifier_.answer = [state](const Delivery&) { return DeliveryResult{state, "no", {}}; };
    round(courier);
    owe_each(first + 100, first + 104, notice_to({"mail"}));
    round(courier);
    EXPECT_TRUE(
        shows("accrue_outbox_due{notifier=\"mail\"} " + std::string(first == 1U ? "55" : "110")));
  }
}

TEST_F(CourierTest, AnAttemptCutShortByTheEndIsNoFailure) {
  owe(1, {notice_to({"mail"})});
  notifier_.answer = [this](const Delivery&) {
    stopping_ = true;
    return failing("cut short");
  };
  Courier courier = this->courier({.max_attempts = 1});
  round(courier);
  EXPECT_EQ(recorded_.size(), 0U);
  EXPECT_EQ(log_.text(), "");
  EXPECT_EQ(owed_by("mail"), "1-0");
}

TEST_F(CourierTest, StopsBetweenTwoDeliveries) {
  owe_each(1, 100, notice_to({"mail"}));
  notifier_.answer = [this](const Delivery& delivery) {
    stopping_ = delivery.id == "3-0";
    return DeliveryResult{};
  };
  Courier courier = this->courier();
  round(courier);
  EXPECT_EQ(notifier_.attempts.size(), 3U);
  EXPECT_EQ(recorded_.size(), 3U);
}

TEST(BackoffPauses, DoubleUpToTheLongestAndAreSpreadOverTheirRange) {
  Backoff backoff(seconds(1), hours(1), 7);
  const std::vector<std::pair<int, std::int64_t>> most{
      {1, 1'000}, {2, 2'000}, {5, 16'000}, {12, 2'048'000}, {13, 3'600'000}, {1'000, 3'600'000}};
  for (const auto& [failures, longest] : most) {
    std::int64_t sum = 0, greatest = 0;
    for (int i = 0; i < 1'000; ++i) {
      const std::int64_t pause = backoff.pause(failures).count();
      ASSERT_GE(pause, 100);
      ASSERT_LE(pause, longest);
      sum += pause;
      greatest = std::max(greatest, pause);
    }
    EXPECT_GT(greatest, longest * 98 / 100) << failures;
    EXPECT_NEAR(static_cast<double>(sum) / 1'000, static_cast<double>(longest + 100) / 2,
                static_cast<double>(longest) * 0.04);
  }
}

}  // namespace
}  // namespace accrue::outbox
