#include "unit/http/served_desk.hpp"

namespace accrue::http::tests {
namespace {

using namespace std::chrono_literals;

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(HttpPipelining, AnswersInTheOrderOfTheRequests) {
  ServedDesk served(FakeDesk::Pace::elsewhere);
  served.desk.set_delay(100us);
  std::string requests;
  // Readings are answered at once, posts later: they must wait for each other.
  for (int i = 0; i < 300; ++i) {
    requests += post("/v1/transactions", sale("t-" + std::to_string(i))) + get("/livez");
  }
  RawClient client(served.port());
  std::thread sender([&] { client.send(requests); });
  for (int i = 0; i < 300; ++i) {
    const auto posted = client.response();
    ASSERT_TRUE(posted);
    EXPECT_TRUE(has(posted->body, "\"id\":\"t-" + std::to_string(i) + "\"")) << posted->body;
    const auto alive = client.response();
    ASSERT_TRUE(alive);
    EXPECT_EQ(alive->body, R"({"status":"alive"})");
  }
  sender.join();
}

TEST(HttpPipelining, HoldsNoMoreRequestsThanItsLimit) {
  Options options;
  options.limits.pipelined = 8;
  ServedDesk served(FakeDesk::Pace::when_released, std::move(options));
  std::string requests;
  for (int i = 0; i < 50; ++i) requests += post("/v1/transactions", sale("x"));
  RawClient client(served.port());
  client.send(requests);
  ASSERT_TRUE(served.desk.has_messages_within(8, 5s));
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(served.desk.messages().size(), 8U);
  served.desk.release();
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(client.response()) << i;
}

TEST(HttpPipelining, PutsABatchBetweenOtherRequests) {
  ServedDesk served(FakeDesk::Pace::elsewhere);
  RawClient client(served.port());
  client.send(post("/v1/transactions", sale("one")) +
              post("/v1/transactions", sale("two") + "\n" + sale("three"), "application/x-ndjson") +
              post("/v1/transactions", sale("four")));
  EXPECT_TRUE(has(client.response()->body, "\"one\""));
  const auto batch = client.response();
  EXPECT_TRUE(has(batch->body, "\"two\""));
  EXPECT_TRUE(has(batch->body, "\"three\""));
  EXPECT_TRUE(has(client.response()->body, "\"four\""));
}

TEST(HttpPipelining, KeepsConnectionsAsTheirVersionAsks) {
  ServedDesk served;
  RawClient modern(served.port());
  EXPECT_EQ(modern.request(get("/livez", "Connection: close\r\n"))->fields.at("connection"),
            "close");
  EXPECT_TRUE(modern.is_closed_within(1s));
  RawClient old(served.port());
  EXPECT_EQ(old.request("GET /livez HTTP/1.0\r\n\r\n")->fields.at("connection"), "close");
  EXPECT_TRUE(old.is_closed_within(1s));
  RawClient kept(served.port());
  const std::string asks = "GET /livez HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
  EXPECT_EQ(kept.request(asks)->fields.at("connection"), "keep-alive");
  EXPECT_EQ(kept.request(asks)->status, 200);
}

TEST(HttpPipelining, ReadsNothingBehindARequestThatEndsTheConnection) {
  ServedDesk served;
  RawClient client(served.port());
  client.send(get("/livez", "Connection: close\r\n") + post("/v1/transactions", sale("late")));
  EXPECT_EQ(client.response()->status, 200);
  client.end_sending();
  EXPECT_TRUE(client.is_closed_within(1s));
  EXPECT_TRUE(served.desk.messages().empty());
}

}  // namespace
}  // namespace accrue::http::tests
