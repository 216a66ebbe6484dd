// Relays on threads of their own, on the real clock.
#include "outbox/relay.hpp"
#include "outbox_fixture.hpp"

#include <condition_variable>
#include <thread>

namespace accrue::outbox {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// A receiver that may be slow; counts what it took. Any thread.
class SharedNotifier : public Notifier {
 public:
  DeliveryResult deliver(const Delivery& delivery) override {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !held_; });
    taken_.push_back(delivery.id);
    changed_.notify_all();
    return {};
  }
  void hold(bool held) {
    const std::lock_guard lock(mutex_);
    held_ = held;
    changed_.notify_all();
  }
  bool waits_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, seconds(20), [&] { return taken_.size() >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool held_ = false;
  std::vector<std::string> taken_;
};

class RelayTest : public OutboxTest {
 protected:
  std::unique_ptr<Relay> relay(const std::string& name, Notifier& notifier) {
    return std::make_unique<Relay>(
        CourierParts{name, notifier, composer_, *store_, *deliveries_, metrics_, log_},
        CourierSettings{}, [this](const Error& error) { fatal_ = error.message; });
  }
  FakeComposer composer_;
  metrics::Metrics metrics_{"test"};
  FakeLog log_;
  std::string fatal_;
};

TEST_F(RelayTest, DeliversWhatWasOwedAndWhatComesLater) {
  SharedNotifier mail;
  owe(1, {notice_to({"mail"})});
  auto relay = this->relay("mail", mail);
  ASSERT_TRUE(relay->start().has_value());
  EXPECT_TRUE(mail.waits_for(1));
  for (std::uint64_t number = 2; number <= 5; ++number) {
    owe(number, {notice_to({"mail"})});
    relay->wake();
  }
  EXPECT_TRUE(mail.waits_for(5));
  relay->stop();
  relay->stop();
  EXPECT_EQ(recorded_.size(), 5U);
  EXPECT_EQ(fatal_, "");
}

TEST_F(RelayTest, IsNotDelayedByAnotherNotifiersReceiver) {
  SharedNotifier slow, quick;
  slow.hold(true);
  owe_each(1, 50, notice_to({"slow", "quick"}));
  auto slow_relay = relay("slow", slow);
  auto quick_relay = relay("quick", quick);
  ASSERT_TRUE(slow_relay->start().has_value());
  ASSERT_TRUE(quick_relay->start().has_value());
  EXPECT_TRUE(quick.waits_for(50));
  slow.hold(false);
  EXPECT_TRUE(slow.waits_for(50));
  slow_relay->stop();
  quick_relay->stop();
  apply_recorded();
  EXPECT_EQ(owed_by("slow"), "");
  EXPECT_EQ(owed_by("quick"), "");
}

TEST_F(RelayTest, StopsPromptlyWhileItWaitsForARetry) {
  class Down : public Notifier {
    DeliveryResult deliver(const Delivery&) override {
      return {DeliveryState::retry, "down", seconds(3'600)};
    }
  } down;
  owe(1, {notice_to({"mail"})});
  auto relay = this->relay("mail", down);
  ASSERT_TRUE(relay->start().has_value());
  while (log_.text().empty()) std::this_thread::sleep_for(milliseconds(1));
  const auto start = std::chrono::steady_clock::now();
  relay->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - start, seconds(5));
  EXPECT_EQ(owed_by("mail"), "1-0");
}

TEST_F(RelayTest, MayBeDroppedWithoutHavingStarted) {
  SharedNotifier mail;
  relay("mail", mail)->stop();
  relay("mail", mail).reset();
}

}  // namespace
}  // namespace accrue::outbox
