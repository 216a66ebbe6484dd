// The notifier `webhook`, opened through its door, against receivers that behave and misbehave.
#include "door.hpp"
#include "receiver.hpp"
#include "standard_webhooks.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <thread>

namespace accrue::test {
namespace {

using std::chrono::seconds;

const std::string kSecretBytes(32, '\0');
const std::string kSecret = "whsec_" + std::string(43, 'A') + "=";

Settings settings(const std::string& url, bool allow_private = true, std::int64_t timeout_s = 5) {
  const Place place{"accrued.yaml", 9, 5};
  Settings made;
  made.set("url", url, place);
  made.set("secret", kSecret, place);
  made.set("timeout_s", timeout_s, place);
  made.set("allow_private", allow_private, place);
  return made;
}

DeliveryResult delivered_to(const Receiver& receiver) {
  MadeNotifier notifier(WEBHOOK_PLUGIN, settings(receiver.url()));
  EXPECT_TRUE(notifier.made()) << notifier.refusal;
  return notifier->deliver(sample_delivery());
}

DeliveryResult answered_with(const std::string& answer) {
  const Receiver receiver([answer](const ReceivedRequest&) { return answer; });
  return delivered_to(receiver);
}

TEST(Webhook, PostsASignedNoticeWithoutContactData) {
  const Receiver receiver([](const ReceivedRequest&) { return answer_with(204); });
  EXPECT_EQ(delivered_to(receiver).state, DeliveryState::delivered);
  ASSERT_EQ(receiver.requests().size(), 1U);
  const ReceivedRequest request = receiver.requests()[0];
  EXPECT_EQ(request.line, "POST /notices HTTP/1.1\r");
  EXPECT_EQ(request.headers.at("content-type"), "application/json");
  EXPECT_EQ(request.headers.at("webhook-id"), "123-0");
  EXPECT_TRUE(is_genuine(request, kSecretBytes));
  EXPECT_EQ(request.body,
            "{\"type\":\"notice.points_earned\",\"timestamp\":\"2026-01-03T10:11:12Z\",\"data\":{"
            "\"id\":\"123-0\",\"kind\":\"points_earned\",\"member_id\":\"M000123\","
            "\"language\":\"en\",\"subject\":\"6 points\","
            "\"text\":\"Dear \\\"Ann\\\",\\nyou have 6 points.\","
            "\"values\":{\"points\":\"6\",\"balance\":\"1240\"}}}");
}

TEST(Webhook, TakesEveryAnswerOf2xxForDelivered) {
  for (const int status : {200, 201, 202, 204, 299}) {
    EXPECT_EQ(answered_with(answer_with(status)).state, DeliveryState::delivered) << status;
  }
}

TEST(Webhook, TriesAgainAfterEveryOtherAnswerAsTheStandardSays) {
  for (const int status : {300, 304, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504}) {
    const DeliveryResult result = answered_with(answer_with(status));
    EXPECT_EQ(result.state, DeliveryState::retry) << status;
    EXPECT_NE(result.reason.find("answered " + std::to_string(status)), std::string::npos);
  }
}

TEST(Webhook, StopsWhenTheReceiverIsGone) {
  EXPECT_EQ(answered_with(answer_with(410)).state, DeliveryState::disabled);
}

TEST(Webhook, WaitsAsLongAsTheReceiverAsks) {
  const DeliveryResult busy = answered_with(answer_with(429, "Retry-After: 120\r\n"));
  EXPECT_EQ(busy.retry_after, seconds(120));
  EXPECT_EQ(answered_with(answer_with(503, "Retry-After: 7\r\n")).retry_after, seconds(7));
  EXPECT_FALSE(answered_with(answer_with(503)).retry_after.has_value());
}

TEST(Webhook, DoesNotFollowRedirects) {
  const Receiver other([](const ReceivedRequest&) { return answer_with(200); });
  const DeliveryResult result =
      answered_with(answer_with(307, "Location: " + other.url() + "\r\n"));
  EXPECT_EQ(result.state, DeliveryState::retry);
  EXPECT_NE(result.reason.find("redirects are not followed"), std::string::npos);
  EXPECT_TRUE(other.requests().empty());
}

TEST(Webhook, ReadsNoMoreThan4KiBOfAnAnswer) {
  const std::string flood(std::size_t{64} << 20, 'x');
  for (const int status : {200, 500}) {
    std::size_t sent = 0;
    {
      const Receiver receiver(
          [&](const ReceivedRequest&) { return answer_with(status, "", flood); });
      const DeliveryResult result = delivered_to(receiver);
      EXPECT_EQ(result.state, status == 200 ? DeliveryState::delivered : DeliveryState::retry);
      EXPECT_LT(result.reason.size(), 300U);
      sent = receiver.bytes_sent();
    }
    EXPECT_LT(sent, std::size_t{32} << 20) << "more than the sockets hold was taken";
  }
}

TEST(Webhook, GivesUpOnAReceiverThatIsTooSlow) {
  const Receiver receiver([](const ReceivedRequest&) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1'500));
    return answer_with(200);
  });
  MadeNotifier notifier(WEBHOOK_PLUGIN, settings(receiver.url(), true, 1));
  const DeliveryResult result = notifier->deliver(sample_delivery());
  EXPECT_EQ(result.state, DeliveryState::retry);
  EXPECT_NE(result.reason.find("no answer: "), std::string::npos) << result.reason;
}

TEST(Webhook, DoesNotHoldTheEndOfTheDaemonWhileAReceiverHangs) {
  std::promise<void> asked;
  std::promise<void> over;
  const Receiver receiver([&](const ReceivedRequest&) {
    asked.set_value();
    over.get_future().wait();
    return answer_with(200);
  });
  MadeNotifier notifier(WEBHOOK_PLUGIN, settings(receiver.url(), true, 30));
  DeliveryResult result;
  std::thread relay([&] { result = notifier->deliver(sample_delivery()); });
  asked.get_future().wait();
  const auto start = std::chrono::steady_clock::now();
  notifier->stop();
  relay.join();
  EXPECT_LT(std::chrono::steady_clock::now() - start, seconds(5));
  EXPECT_EQ(result.state, DeliveryState::retry);
  EXPECT_EQ(result.reason, "no answer: cut short, because the daemon is stopping");
  over.set_value();
}

TEST(Webhook, SurvivesReceiversThatTalkNonsense) {
  for (const char* nonsense : {"", "220 smtp.example.com ESMTP\r\n", "HTTP/1.1 200"}) {
    EXPECT_EQ(answered_with(nonsense).state, DeliveryState::retry) << nonsense;
  }
}

TEST(Webhook, TriesAgainWhenNobodyListens) {
  std::string url;
  {
    const Receiver receiver([](const ReceivedRequest&) { return answer_with(200); });
    url = receiver.url();
  }
  MadeNotifier notifier(WEBHOOK_PLUGIN, settings(url));
  EXPECT_EQ(notifier->deliver(sample_delivery()).state, DeliveryState::retry);
}

TEST(Webhook, ReachesNoPrivateAddressUnlessAllowed) {
  const Receiver receiver([](const ReceivedRequest&) { return answer_with(200); });
  const std::string port = std::to_string(receiver.port());
  for (const std::string& host : {std::string("127.0.0.1"), std::string("localhost"),
                                  std::string("[::ffff:127.0.0.1]"), std::string("2130706433")}) {
    MadeNotifier notifier(WEBHOOK_PLUGIN, settings("https://" + host + ":" + port + "/", false));
    ASSERT_TRUE(notifier.made()) << notifier.refusal;
    const DeliveryResult result = notifier->deliver(sample_delivery());
    EXPECT_EQ(result.state, DeliveryState::retry) << host;
    EXPECT_NE(result.reason.find("not on the public internet"), std::string::npos)
        << host << ": " << result.reason;
  }
  EXPECT_TRUE(receiver.requests().empty());
}

TEST(Webhook, IgnoresAProxyOfTheEnvironment) {
  const Receiver proxy([](const ReceivedRequest&) { return answer_with(500); });
  ::setenv("http_proxy", proxy.url().c_str(), 1);
  EXPECT_EQ(answered_with(answer_with(200)).state, DeliveryState::delivered);
  ::unsetenv("http_proxy");
  EXPECT_TRUE(proxy.requests().empty());
}

struct BadSetting {
  const char* key;
  SettingValue value;
  const char* said;
};

TEST(WebhookSettings, ThatCannotBeAreRefusedWithTheCure) {
  const std::vector<BadSetting> bad{
      {"url", std::string("not a url"), "write a whole address"},
      {"url", std::string(""), "write a whole address"},
      {"url", std::string("http://example.com/"), "only https"},
      {"url", std::string("ftp://example.com/"), "only https"},
      {"url", std::string("file:///etc/passwd"), "only https"},
      {"url", std::string("https://user:pw@example.com/"), "leave user name and password out"},
      {"secret", std::string("hunter2-CANARY"), "write the secret as whsec_"},
      {"secret", std::string(""), "give secret_file or secret"},
      {"secret_file", std::string("/also/given"), "give secret_file or secret"}};
  for (const BadSetting& row : bad) {
    Settings made = settings("https://example.com/", false);
    made.set(row.key, row.value, {"accrued.yaml", 9, 5});
    const MadeNotifier notifier(WEBHOOK_PLUGIN, made);
    EXPECT_FALSE(notifier.made()) << row.said;
    EXPECT_NE(notifier.refusal.find(row.said), std::string::npos) << notifier.refusal;
    // One that is missing has no place.
    if (!notifier.refusal.starts_with("secret_file: give")) {
      EXPECT_TRUE(notifier.refusal.starts_with("accrued.yaml:9:5: ")) << notifier.refusal;
    }
    EXPECT_EQ(notifier.refusal.find("CANARY"), std::string::npos);
  }
}

TEST(WebhookSettings, TakeTheSecretFromAFileThatOthersCannotRead) {
  const Receiver receiver([](const ReceivedRequest&) { return answer_with(200); });
  const std::string path = testing::TempDir() + "accrue_webhook_secret";
  std::ofstream(path) << kSecret << "\n";
  std::filesystem::permissions(path, std::filesystem::perms(0604));
  Settings made = settings(receiver.url());
  made.set("secret", std::string(), {});
  made.set("secret_file", path, {});
  EXPECT_NE(MadeNotifier(WEBHOOK_PLUGIN, made).refusal.find("chmod o="), std::string::npos);
  std::filesystem::permissions(path, std::filesystem::perms(0600));
  {
    MadeNotifier notifier(WEBHOOK_PLUGIN, made);
    ASSERT_TRUE(notifier.made()) << notifier.refusal;
    EXPECT_EQ(notifier->deliver(sample_delivery()).state, DeliveryState::delivered);
  }
  EXPECT_TRUE(is_genuine(receiver.requests().at(0), kSecretBytes));
  std::filesystem::remove(path);
  EXPECT_NE(MadeNotifier(WEBHOOK_PLUGIN, made).refusal.find("cannot read"), std::string::npos);
}

}  // namespace
}  // namespace accrue::test
