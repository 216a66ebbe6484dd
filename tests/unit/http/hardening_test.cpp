#include "unit/http/served_desk.hpp"

namespace accrue::http::tests {
namespace {

using namespace std::chrono_literals;

std::string chunked_post(const std::string& body) {
  return "POST /v1/transactions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
         "Transfer-Encoding: chunked\r\n\r\n" +
         body;
}

TEST(HttpHardening, AnswersMalformedRequestsAndClosesTheConnection) {
  ServedDesk served;
  const std::string host = "Host: localhost\r\n";
  std::string many;
  for (int i = 0; i < 64; ++i) many += "A: b\r\n";
  const std::vector<std::pair<std::string, int>> vectors{
      {get("/livez", "A: " + std::string(8200, 'x') + "\r\n"), 431},
      {get("/livez", many), 431},
      {get("/livez", "Host: b\r\n"), 400},
      {get("/livez", "A: b\r\n c\r\n"), 400},
      {"GET /livez HTTP/1.1\nHost: localhost\n\n", 400},
      {"GET /livez HTTP/1.1\r\nHost : a\r\n\r\n", 400},
      {"GET /livez HTTP/2.0\r\nHost: localhost\r\n\r\n", 505},
      {get("/livez", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400},
      {post("/v1/transactions", "{}", "application/json", "Content-Length: 3\r\n"), 400},
      {chunked_post("zz\r\n"), 400},
      {chunked_post("2;x\r\n{}\r\n0\r\n\r\n"), 400},
      {chunked_post("10000000000000000\r\n{}\r\n"), 400},
      {chunked_post("2\r\n{}\r\n0\r\nA: b\r\n\r\n"), 400},
      {get("/livez", "Expect: a-miracle\r\n"), 417}};
  for (const auto& [text, status] : vectors) {
    RawClient client(served.port());
    const auto answer = client.request(text);
    ASSERT_TRUE(answer) << text;
    EXPECT_EQ(answer->status, status) << text;
    if (status == 417) continue;
    EXPECT_EQ(answer->fields.at("connection"), "close") << text;
    EXPECT_EQ(answer->fields.at("content-type"), "application/problem+json");
    client.end_sending();
    EXPECT_TRUE(client.is_closed_within(2s)) << text;
  }
  EXPECT_TRUE(served.desk.messages().empty());
  EXPECT_EQ(served.ask(get("/livez")).status, 200);
}

TEST(HttpHardening, WithoutKeysOnlyProgramsOfThisMachineMayCall) {
  ServedDesk served;
  const auto status = [&](const std::string& fields) {
    return served.ask("GET /v1/members/M1 HTTP/1.1\r\n" + fields + "\r\n").status;
  };
  for (const char* own : {"localhost", "LOCALHOST:8080", "127.0.0.1:8080", "127.0.0.2", "[::1]:80"})
    EXPECT_EQ(status("Host: " + std::string(own) + "\r\n"), 200) << own;
  EXPECT_EQ(status("Host: localhost\r\nOrigin: http://127.0.0.1:3000\r\n"), 200);
  // A page whose name was made to lead here, and a foreign page that calls by our own name.
  for (const char* foreign : {"shop.example", "localhost.shop.example", "10.0.0.7:8080", "[::2]"})
    EXPECT_EQ(status("Host: " + std::string(foreign) + "\r\n"), 403) << foreign;
  EXPECT_EQ(status("Host: localhost\r\nOrigin: http://shop.example\r\n"), 403);
  EXPECT_EQ(status("Host: localhost\r\nOrigin: null\r\n"), 403);
}

TEST(HttpHardening, TakesChunkedBodiesThatComeByteByByte) {
  ServedDesk served;
  RawClient client(served.port());
  const std::string body = sale("slow");
  char size[8];
  std::snprintf(size, sizeof size, "%zx", body.size());
  for (const char c : chunked_post(size + ("\r\n" + body) + "\r\n0\r\n\r\n")) {
    client.send({&c, 1});
    std::this_thread::sleep_for(200us);
  }
  EXPECT_EQ(client.response().value_or(Response{}).status, 200);
  EXPECT_EQ(served.desk.messages().at(0).bytes, body);
}

TEST(HttpHardening, TakesATransactionOfOneMebibyteAndNoMore) {
  ServedDesk served;
  EXPECT_EQ(served.ask(post("/v1/transactions", "{" + std::string(1048575, ' '))).status, 200);
  RawClient declared(served.port());
  declared.send(
      "POST /v1/transactions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Content-Length: 1048577\r\n\r\n");
  const auto refused = declared.response();
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 413);
  EXPECT_EQ(refused->fields.at("connection"), "close");
  RawClient undeclared(served.port());
  undeclared.send(chunked_post("100001\r\n" + std::string(1048577, ' ')));
  EXPECT_EQ(undeclared.response().value_or(Response{}).status, 413);
  EXPECT_EQ(served.desk.messages().size(), 1U);
}

TEST(HttpHardening, LetsThePeerFinishSendingSoThatItHearsTheRefusal) {
  ServedDesk served;
  RawClient client(served.port());
  // More than the socket buffers hold: a server that just closed would reset the connection.
  client.send(post("/v1/transactions", std::string(8 << 20, ' ')));
  EXPECT_EQ(client.response().value_or(Response{}).status, 413);
}

TEST(HttpHardening, KeepsTheConnectionWhenARefusedBodyIsShort) {
  ServedDesk served;
  RawClient client(served.port());
  EXPECT_EQ(client.request(post("/nowhere", "{}"))->status, 404);
  EXPECT_EQ(client.request(post("/v1/quotes", "{}", "text/plain"))->status, 415);
  EXPECT_EQ(client.request(get("/livez"))->status, 200);
}

TEST(HttpHardening, AnswersExpectContinueBeforeTheBodyComes) {
  ServedDesk served;
  const std::string body = sale("x");
  const std::string head =
      "POST /v1/transactions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Expect: 100-continue\r\nContent-Length: " +
      std::to_string(body.size()) + "\r\n\r\n";
  RawClient client(served.port());
  client.send(head);
  EXPECT_EQ(client.raw_line(), "HTTP/1.1 100 Continue");
  EXPECT_EQ(client.raw_line(), "");
  EXPECT_EQ(client.request(body)->status, 200);
  // Behind an answer that is still owed, the interim answer waits its turn.
  client.send(get("/livez") + head);
  EXPECT_EQ(client.response()->status, 200);
  EXPECT_EQ(client.raw_line(), "HTTP/1.1 100 Continue");
}

TEST(HttpHardening, RefusesExpectedBodiesWithoutAskingForThem) {
  ServedDesk served;
  RawClient client(served.port());
  client.send(
      "POST /nowhere HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: "
      "9\r\n\r\n");
  const auto answer = client.response();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 404);
  EXPECT_EQ(answer->fields.at("connection"), "close");
}

TEST(HttpHardening, PostsNothingOfHalfARequest) {
  ServedDesk served;
  const std::string whole = post("/v1/transactions", sale("half"));
  for (std::size_t cut = 1; cut < whole.size(); cut += 7) {
    RawClient client(served.port());
    client.send(whole.substr(0, cut));
    if (cut % 2 == 0) client.abort();
  }
  EXPECT_EQ(served.ask(get("/livez")).status, 200);
  EXPECT_TRUE(served.desk.messages().empty());
}

TEST(HttpHardening, SurvivesClientsThatAreGoneBeforeTheAnswer) {
  ServedDesk served(FakeDesk::Pace::when_released);
  for (int i = 0; i < 20; ++i) {
    RawClient client(served.port());
    client.send(post("/v1/transactions", sale("gone-" + std::to_string(i))));
    served.desk.has_messages_within(static_cast<std::size_t>(i) + 1, 5s);
    if (i % 2 == 0) client.abort();
  }
  served.desk.release();
  EXPECT_EQ(served.ask(post("/v1/transactions", sale("next"))).status, 200);
  EXPECT_EQ(served.desk.messages().size(), 21U);
}

TEST(HttpHardening, AnswersAClientThatOnlyClosedItsSendingSide) {
  ServedDesk served(FakeDesk::Pace::when_released);
  RawClient client(served.port());
  client.send(post("/v1/transactions", sale("x")));
  client.end_sending();
  ASSERT_TRUE(served.desk.has_messages_within(1, 5s));
  served.desk.release();
  EXPECT_EQ(client.response().value_or(Response{}).status, 200);
  EXPECT_TRUE(client.is_closed_within(1s));
}

TEST(HttpHardening, ClosesTheOldestIdleConnectionAtTheCapAndNeverAWorkingOne) {
  Limits limits;
  limits.connections = 3;
  ServedDesk served(FakeDesk::Pace::when_released, options_with(limits));
  RawClient working(served.port());
  working.send(post("/v1/transactions", sale("works")));
  ASSERT_TRUE(served.desk.has_messages_within(1, 5s));
  RawClient oldest(served.port());
  ASSERT_EQ(oldest.request(get("/livez"))->status, 200);
  std::this_thread::sleep_for(20ms);
  RawClient younger(served.port());
  ASSERT_EQ(younger.request(get("/livez"))->status, 200);
  RawClient fourth(served.port());
  EXPECT_EQ(fourth.request(get("/livez"))->status, 200);
  EXPECT_TRUE(oldest.is_closed_within(1s));
  EXPECT_EQ(younger.request(get("/livez"))->status, 200);
  served.desk.release();
  EXPECT_EQ(working.response().value_or(Response{}).status, 200);
}

TEST(HttpHardening, TurnsConnectionsAwayWhenAllOthersWork) {
  Limits limits;
  limits.connections = 2;
  ServedDesk served(FakeDesk::Pace::when_released, options_with(limits));
  RawClient first(served.port()), second(served.port());
  first.send(post("/v1/transactions", sale("1")));
  second.send(post("/v1/transactions", sale("2")));
  ASSERT_TRUE(served.desk.has_messages_within(2, 5s));
  RawClient third(served.port());
  const auto turned_away = third.response();
  ASSERT_TRUE(turned_away);
  EXPECT_EQ(turned_away->status, 503);
  EXPECT_EQ(turned_away->fields.count("retry-after"), 1U);
  served.desk.release();
  EXPECT_EQ(first.response().value_or(Response{}).status, 200);
  EXPECT_EQ(second.response().value_or(Response{}).status, 200);
}

TEST(HttpHardening, BoundsTheMemoryOfHalfReceivedBodies) {
  Limits limits;
  limits.gathered_bytes = 100'000;
  ServedDesk served(FakeDesk::Pace::at_once, options_with(limits));
  const std::string half =
      "POST /v1/transactions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Content-Length: 100000\r\n\r\n" +
      std::string(60'000, ' ');
  {
    RawClient first(served.port()), second(served.port());
    first.send(half);
    std::this_thread::sleep_for(50ms);
    second.send(half);
    EXPECT_EQ(second.response().value_or(Response{}).status, 503);
  }
  // What those held is free again.
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(served.ask(post("/v1/transactions", "{" + std::string(99'000, ' '))).status, 200);
}

}  // namespace
}  // namespace accrue::http::tests
