#include "unit/http/served_desk.hpp"

namespace accrue::http::tests {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

TEST(HttpStop, IsQuickWhenNothingRuns) {
  ServedDesk served;
  RawClient idle(served.port());
  ASSERT_EQ(idle.request(get("/livez"))->status, 200);
  RawClient half(served.port());
  half.send("GET /li");
  const auto began = Clock::now();
  served.server->stop();
  served.server->stop();
  EXPECT_LT(Clock::now() - began, 1s);
  EXPECT_TRUE(idle.is_closed_within(1s));
}

TEST(HttpStop, LetsRunningRequestsFinish) {
  ServedDesk served(FakeDesk::Pace::when_released);
  RawClient client(served.port());
  client.send(post("/v1/transactions", sale("x")));
  ASSERT_TRUE(served.desk.has_messages_within(1, 5s));
  std::thread stopper([&] { served.server->stop(); });
  std::this_thread::sleep_for(100ms);
  served.desk.release();
  const auto answer = client.response();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->fields.at("connection"), "close");
  client.close();
  stopper.join();
}

TEST(HttpStop, EndsABatchWithALineThatSaysWhereItStopped) {
  ServedDesk served(FakeDesk::Pace::elsewhere);
  RawClient client(served.port());
  client.send(
      "POST /v1/transactions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
      "Content-Length: 100000\r\n\r\n" +
      sale("a") + "\n");
  ASSERT_TRUE(served.desk.has_messages_within(1, 5s));
  std::thread stopper([&] { served.server->stop(); });
  const auto answer = client.response();
  ASSERT_TRUE(answer);
  EXPECT_NE(answer->body.find(R"("id":"a","status":"posted")"), std::string::npos);
  EXPECT_NE(answer->body.find(R"({"status":"full","line":2,)"), std::string::npos) << answer->body;
  client.close();
  stopper.join();
}

TEST(HttpStop, DoesNotWaitForEverForADeskThatNeverAnswers) {
  Options options;
  options.limits.stop = 200ms;
  ServedDesk served(FakeDesk::Pace::when_released, std::move(options));
  RawClient client(served.port());
  client.send(post("/v1/transactions", sale("x")));
  ASSERT_TRUE(served.desk.has_messages_within(1, 5s));
  const auto began = Clock::now();
  served.server.reset();
  EXPECT_LT(Clock::now() - began, 2s);
  // The late answer finds nobody, and that is all.
  served.desk.release();
  std::this_thread::sleep_for(50ms);
}

TEST(HttpStop, LosesNoAnswerOfWhatWasPostedUnderLoad) {
  ServedDesk served(FakeDesk::Pace::elsewhere);
  std::atomic<std::size_t> answered{0};
  std::vector<std::thread> tills;
  for (int t = 0; t < 4; ++t) {
    tills.emplace_back([&, t] {
      RawClient client(served.port());
      for (int i = 0;; ++i) {
        const std::string id = std::to_string(t) + "-" + std::to_string(i);
        if (!client.send(post("/v1/transactions", sale(id)))) return;
        if (!client.response()) return;
        ++answered;
      }
    });
  }
  ASSERT_TRUE(served.desk.has_messages_within(200, 10s));
  served.server->stop();
  for (std::thread& till : tills) till.join();
  EXPECT_EQ(answered, served.desk.messages().size());
}

}  // namespace
}  // namespace accrue::http::tests
