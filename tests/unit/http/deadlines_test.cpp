// Slow peers, with deadlines shortened so that the tests are quick.
#include "unit/http/served_desk.hpp"

namespace accrue::http::tests {
namespace {

using namespace std::chrono_literals;

Options hurried() {
  Options options;
  options.limits.header = 200ms;
  options.limits.body = 300ms;
  options.limits.body_bytes_per_second = 10'000;
  options.limits.write = 300ms;
  options.limits.idle = 400ms;
  return options;
}

/// Sends one byte each 20 ms until the peer closes or all is sent; how long it went on.
std::chrono::milliseconds dribble(RawClient& client, const std::string& text) {
  const auto began = std::chrono::steady_clock::now();
  for (const char c : text) {
    if (!client.send({&c, 1}) || client.is_closed_within(20ms)) break;
  }
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                               began);
}

TEST(HttpDeadlines, EndAHeaderThatComesByteByByte) {
  ServedDesk served(FakeDesk::Pace::at_once, hurried());
  RawClient client(served.port());
  EXPECT_LT(dribble(client, get("/livez", "A: " + std::string(500, 'x') + "\r\n")), 4s);
  RawClient patient(served.port());
  patient.send("GET /livez HTTP/1.1\r\nHost:");
  const auto answer = patient.response(2s);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 408);
}

TEST(HttpDeadlines, EndAConnectionThatSaysNothing) {
  ServedDesk served(FakeDesk::Pace::at_once, hurried());
  RawClient client(served.port());
  EXPECT_FALSE(client.is_closed_within(100ms));
  EXPECT_TRUE(client.is_closed_within(2s));
}

TEST(HttpDeadlines, EndABodyThatStops) {
  ServedDesk served(FakeDesk::Pace::at_once, hurried());
  RawClient client(served.port());
  client.send(
      "POST /v1/transactions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Content-Length: 100\r\n\r\n{");
  const auto answer = client.response(3s);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 408);
  EXPECT_TRUE(served.desk.messages().empty());
}

TEST(HttpDeadlines, GiveABodyMoreTimeAsItKeepsComing) {
  ServedDesk served(FakeDesk::Pace::at_once, hurried());
  RawClient client(served.port());
  // 16,000 bytes in 0.8 s: beyond the 0.3 s at first, within the 1.6 s that so many bytes earn.
  client.send(
      "POST /v1/transactions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Content-Length: 16000\r\n\r\n{");
  for (int i = 0; i < 8; ++i) {
    client.send(std::string(i == 7 ? 1999 : 2000, ' '));
    std::this_thread::sleep_for(100ms);
  }
  EXPECT_EQ(client.response(2s).value_or(Response{}).status, 200);
}

TEST(HttpDeadlines, CloseAnIdleConnectionButNotOneThatWaitsForTheDesk) {
  ServedDesk served(FakeDesk::Pace::when_released, hurried());
  RawClient idle(served.port());
  RawClient waiting(served.port());
  waiting.send(post("/v1/transactions", sale("x")));
  ASSERT_EQ(idle.request(get("/livez"))->status, 200);
  EXPECT_FALSE(idle.is_closed_within(200ms));
  EXPECT_TRUE(idle.is_closed_within(2s));
  std::this_thread::sleep_for(500ms);
  served.desk.release();
  EXPECT_EQ(waiting.response().value_or(Response{}).status, 200);
}

TEST(HttpDeadlines, DropAPeerThatReadsNothing) {
  Options options = hurried();
  options.limits.output_bytes = 64 * 1024;
  ServedDesk served(FakeDesk::Pace::at_once, std::move(options));
  RawClient client(served.port(), 4096);
  std::string requests;
  for (int i = 0; i < 200; ++i) requests += get("/v1/members/M1/entries?limit=200");
  const auto began = std::chrono::steady_clock::now();
  while (client.send(requests)) {
    ASSERT_LT(std::chrono::steady_clock::now() - began, 10s);
  }
  EXPECT_EQ(served.ask(get("/livez")).status, 200);
}

TEST(HttpDeadlines, EndABatchThatStopsWithALineThatSaysSo) {
  ServedDesk served(FakeDesk::Pace::at_once, hurried());
  RawClient client(served.port());
  client.send(
      "POST /v1/transactions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
      "Content-Length: 1000\r\n\r\n" +
      sale("first") + "\n{\"id\":");
  const auto answer = client.response(3s);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_NE(answer->body.find(R"("id":"first","status":"posted")"), std::string::npos);
  EXPECT_NE(answer->body.find(R"({"status":"refused","line":2,"problem":{)"), std::string::npos);
  EXPECT_NE(answer->body.find("408"), std::string::npos);
  EXPECT_TRUE(client.is_closed_within(3s));
  EXPECT_EQ(served.desk.messages().size(), 1U);
}

}  // namespace
}  // namespace accrue::http::tests
