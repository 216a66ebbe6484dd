#include <sstream>

#include "unit/http/served_desk.hpp"

namespace accrue::http::tests {
namespace {

using namespace std::chrono_literals;

constexpr const char* kNdjson = "application/x-ndjson";

std::vector<std::string> lines_of(const std::string& body) {
  std::vector<std::string> lines;
  std::istringstream input(body);
  for (std::string line; std::getline(input, line);) lines.push_back(line);
  return lines;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(HttpBatch, AnswersOneLineForEachInOrder) {
  ServedDesk served(FakeDesk::Pace::elsewhere);
  std::string body;
  for (int i = 0; i < 3000; ++i) body += sale("t-" + std::to_string(i)) + "\n";
  const Response answer = served.ask(post("/v1/transactions", body, kNdjson));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.fields.at("content-type"), kNdjson);
  const auto lines = lines_of(answer.body);
  ASSERT_EQ(lines.size(), 3000U);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_TRUE(has(lines[i], "{\"id\":\"t-" + std::to_string(i) + "\",\"status\":\"posted\""))
        << i;
  }
}

TEST(HttpBatch, GoesOnBehindABadLineAndNamesIt) {
  ServedDesk served;
  const std::string body = sale("a") + "\nnonsense\n\n" + sale("b", "conflict") + "\r\n" +
                           sale("c", "full") + "\n" + sale("d");
  const auto lines = lines_of(served.ask(post("/v1/transactions", body, kNdjson)).body);
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_TRUE(has(lines[0], R"("status":"posted")"));
  EXPECT_TRUE(has(lines[1], R"({"status":"refused","line":2,"problem":{"type":)"
                            R"("urn:accrue:problem:malformed","title":"Bad Request","status":400)"))
      << lines[1];
  EXPECT_TRUE(has(lines[2], R"({"status":"conflict","line":4,"problem":)"));
  EXPECT_TRUE(has(lines[3], R"({"status":"full","line":5,"problem":)"));
  EXPECT_TRUE(has(lines[4], R"({"id":"d","status":"posted")"));
  EXPECT_EQ(served.desk.messages().at(3).line, 5U);
}

TEST(HttpBatch, RefusesALineBeyondTheLimitAndGoesOn) {
  Options options;
  options.limits.transaction_bytes = 1000;
  ServedDesk served(FakeDesk::Pace::at_once, std::move(options));
  const std::string body = sale("a") + "\n" + std::string(5000, ' ') + "\n" + sale("b") + "\n";
  const auto lines = lines_of(served.ask(post("/v1/transactions", body, kNdjson)).body);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_TRUE(has(lines[1], R"({"status":"refused","line":2,)")) << lines[1];
  EXPECT_TRUE(has(lines[2], R"("id":"b","status":"posted")"));
}

TEST(HttpBatch, TakesChunksThatCutLinesAnywhere) {
  ServedDesk served;
  RawClient client(served.port());
  client.send(
      "POST /v1/transactions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
      "Transfer-Encoding: chunked\r\n\r\n");
  const std::string body = sale("a") + "\n" + sale("b") + "\n";
  for (std::size_t at = 0; at < body.size(); at += 5) {
    const std::string piece = body.substr(at, 5);
    client.send(std::to_string(piece.size()) + "\r\n" + piece + "\r\n");
  }
  client.send("0\r\n\r\n");
  EXPECT_EQ(lines_of(client.response()->body).size(), 2U);
  EXPECT_EQ(client.request(get("/livez"))->status, 200);
}

TEST(HttpBatch, AnswersWhileItIsStillBeingSent) {
  ServedDesk served;
  RawClient client(served.port());
  client.send(
      "POST /v1/transactions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
      "Content-Length: 100000\r\n\r\n" +
      sale("first") + "\n");
  std::string line;
  while (!has(line, "first")) {
    const auto next = client.raw_line(2s);
    ASSERT_TRUE(next);
    line = *next;
  }
  EXPECT_TRUE(has(line, "posted"));
}

TEST(HttpBatch, HoldsNoMoreThanTheWindowWhenTheDeskIsSlow) {
  Options options;
  options.limits.batch_window = 100;
  ServedDesk served(FakeDesk::Pace::when_released, std::move(options));
  std::string body;
  for (int i = 0; i < 20'000; ++i)
    body += sale("t-" + std::to_string(i)) + std::string(100, ' ') + "\n";
  RawClient client(served.port());
  std::thread sender([&] { client.send(post("/v1/transactions", body, kNdjson)); });
  ASSERT_TRUE(served.desk.has_messages_within(100, 5s));
  std::this_thread::sleep_for(100ms);
  EXPECT_EQ(served.desk.waiting(), 100U);
  served.desk.release();
  const auto answer = client.response(60s);
  sender.join();
  ASSERT_TRUE(answer);
  EXPECT_EQ(lines_of(answer->body).size(), 20'000U);
}

TEST(HttpBatch, StreamsTheLargestBatchAndRefusesALargerOne) {
  ServedDesk served;
  const std::string line = sale("x") + std::string(4096 - sale("x").size() - 1, ' ') + "\n";
  std::string body;
  for (int i = 0; i < 16 * 1024; ++i) body += line;
  ASSERT_EQ(body.size(), 64U << 20);
  RawClient client(served.port());
  std::thread sender([&] { client.send(post("/v1/transactions", body, kNdjson)); });
  const auto answer = client.response(60s);
  sender.join();
  ASSERT_TRUE(answer);
  EXPECT_EQ(lines_of(answer->body).size(), 16U * 1024);
  RawClient larger(served.port());
  larger.send(
      "POST /v1/transactions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
      "Content-Length: 67108865\r\n\r\n");
  EXPECT_EQ(larger.response().value_or(Response{}).status, 413);
}

TEST(HttpBatch, EndsWithALineThatSaysSoWhenItGrowsBeyondTheLimit) {
  Options options;
  options.limits.batch_bytes = 10'000;
  ServedDesk served(FakeDesk::Pace::at_once, std::move(options));
  RawClient client(served.port());
  client.send(
      "POST /v1/transactions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
      "Transfer-Encoding: chunked\r\n\r\n");
  const std::string piece = sale("x") + std::string(1000 - sale("x").size() - 1, ' ') + "\n";
  for (int i = 0; i < 20 && client.send("3e8\r\n" + piece + "\r\n"); ++i) continue;
  const auto answer = client.response();
  ASSERT_TRUE(answer);
  const auto lines = lines_of(answer->body);
  EXPECT_TRUE(has(lines.back(), R"("status":413)")) << lines.back();
  EXPECT_EQ(lines.size(), served.desk.messages().size() + 1);
}

TEST(HttpBatch, DropsAPeerThatSendsOnAndReadsNothing) {
  Options options;
  options.limits.output_bytes = 64 * 1024;
  options.limits.write = 300ms;
  ServedDesk served(FakeDesk::Pace::at_once, std::move(options));
  std::string body;
  // More than the sockets' buffers hold.
  for (int i = 0; i < 3'000'000; ++i) body += "{\"id\":\"t\"}\n";
  RawClient client(served.port(), 4096);
  EXPECT_FALSE(client.send(post("/v1/transactions", body, kNdjson)));
  EXPECT_EQ(served.ask(get("/livez")).status, 200);
}

TEST(HttpBatch, KeepsWhatWasPostedWhenThePeerIsGone) {
  ServedDesk served(FakeDesk::Pace::elsewhere);
  {
    RawClient client(served.port());
    client.send(
        "POST /v1/transactions HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
        "application/x-ndjson\r\n"
        "Content-Length: 100000\r\n\r\n" +
        sale("a") + "\n" + sale("b") + "\n{\"id\":\"ha");
    ASSERT_TRUE(served.desk.has_messages_within(2, 5s));
    client.abort();
  }
  EXPECT_EQ(served.ask(get("/livez")).status, 200);
  EXPECT_EQ(served.desk.messages().size(), 2U);
}

TEST(HttpBatch, AnswersHttp10WithoutChunks) {
  ServedDesk served;
  const std::string body = sale("a") + "\n" + sale("b");
  const Response answer = served.ask(
      "POST /v1/transactions HTTP/1.0\r\nContent-Type: application/x-ndjson\r\nConnection: "
      "keep-alive\r\nContent-Length: " +
      std::to_string(body.size()) + "\r\n\r\n" + body);
  EXPECT_EQ(answer.fields.count("transfer-encoding"), 0U);
  EXPECT_EQ(lines_of(answer.body).size(), 2U);
}

TEST(HttpBatch, OfNothingIsAnsweredWithNothing) {
  ServedDesk served;
  const Response answer = served.ask(post("/v1/transactions", "", kNdjson));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "");
}

}  // namespace
}  // namespace accrue::http::tests
