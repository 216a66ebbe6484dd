// Outbox, relay and webhook together: a receiver that is away, broken, back, and gone.
#include "door.hpp"
#include "outbox/relay.hpp"
#include "receiver.hpp"
#include "standard_webhooks.hpp"
#include "unit/outbox/outbox_fixture.hpp"

#include <atomic>
#include <set>
#include <thread>

namespace accrue::outbox {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using test::answer_with;
using test::ReceivedRequest;
using test::Receiver;

const std::string kSecretBytes(32, '\0');

class RelayedWebhook : public OutboxTest {
 protected:
  std::unique_ptr<Relay> relay(Notifier& notifier) {
    const CourierSettings settings{
        .max_attempts = 1'000, .first_pause = milliseconds(5), .longest_pause = milliseconds(40)};
    auto made = std::make_unique<Relay>(
        CourierParts{"crm", notifier, composer_, *store_, *deliveries_, metrics_, log_}, settings,
        [](const Error& error) { ADD_FAILURE() << error.message; });
    EXPECT_TRUE(made->start().has_value());
    return made;
  }
  static Settings settings(const std::string& url) {
    Settings made;
    made.set("url", url, {});
    made.set("secret", "whsec_" + std::string(43, 'A') + "=", {});
    made.set("timeout_s", std::int64_t{5}, {});
    made.set("allow_private", true, {});
    return made;
  }
  std::size_t recorded() {
    const std::lock_guard lock(recorded_mutex_);
    return recorded_.size();
  }
  bool eventually(const std::function<bool()>& holds) {
    for (int i = 0; i < 4'000 && !holds(); ++i) std::this_thread::sleep_for(milliseconds(5));
    return holds();
  }

  FakeComposer composer_;
  metrics::Metrics metrics_{"test"};
  FakeLog log_;
};

std::multiset<std::string> ids_of(const std::vector<ReceivedRequest>& requests) {
  std::multiset<std::string> ids;
  for (const ReceivedRequest& request : requests) {
    EXPECT_TRUE(test::is_genuine(request, kSecretBytes));
    ids.insert(request.headers.at("webhook-id"));
  }
  return ids;
}

TEST_F(RelayedWebhook, BringsEveryNoticeOnceTheReceiverIsBack) {
  std::uint16_t port = 0;
  {
    port = Receiver([](const ReceivedRequest&) { return answer_with(200); }).port();
  }
  test::MadeNotifier webhook(WEBHOOK_PLUGIN,
                             settings("http://127.0.0.1:" + std::to_string(port) + "/notices"));
  ASSERT_TRUE(webhook.made()) << webhook.refusal;
  owe_each(1, 150, notice_to({"crm"}));
  auto relay = this->relay(*webhook);
  ASSERT_TRUE(eventually([this] {  // Nobody listens: it keeps trying.
    return metrics_.text().find("result=\"retried\"} 0\n") == std::string::npos;
  }));
  EXPECT_EQ(recorded(), 0U);

  std::atomic<int> broken{40};  // Listens, but answers 500 for a while; then takes all.
  const Receiver receiver(
      [&broken](const ReceivedRequest&) { return answer_with(broken-- > 0 ? 500 : 200); }, port);
  ASSERT_TRUE(eventually([this] { return recorded() == 150; }));
  relay->stop();

  const auto ids = ids_of(receiver.requests());
  EXPECT_EQ(ids.size(), 190U);  // 40 attempts that failed, 150 that did not.
  for (int number = 1; number <= 150; ++number) {
    EXPECT_GE(ids.count(std::to_string(number) + "-0"), 1U) << number;
  }
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 150U);
  apply_recorded();
  EXPECT_EQ(owed_by("crm"), "");
  EXPECT_TRUE(dead_of("crm").empty());
}

TEST_F(RelayedWebhook, KeepsWhatItOwesWhenTheReceiverIsGone) {
  const Receiver receiver([](const ReceivedRequest& request) {
    return answer_with(request.headers.at("webhook-id") == "3-0" ? 410 : 200);
  });
  test::MadeNotifier webhook(WEBHOOK_PLUGIN, settings(receiver.url()));
  owe_each(1, 5, notice_to({"crm"}));
  auto relay = this->relay(*webhook);
  ASSERT_TRUE(eventually([this] {
    return metrics_.text().find("accrue_notifier_disabled{notifier=\"crm\"} 1\n") !=
           std::string::npos;
  }));
  ASSERT_TRUE(eventually([this] { return recorded() == 2; }));
  relay->wake();
  std::this_thread::sleep_for(milliseconds(100));
  relay->stop();
  EXPECT_EQ(receiver.requests().size(), 3U);
  apply_recorded();
  EXPECT_EQ(owed_by("crm"), "3-0 4-0 5-0");
}

}  // namespace
}  // namespace accrue::outbox
