#include "unit/http/served_desk.hpp"

namespace accrue::http::tests {
namespace {

using Seen = std::vector<std::pair<std::string, int>>;

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Http, AnswersASaleWithPointsBalancesAwardsAndOffers) {
  ServedDesk served;
  const Response answer = served.ask(post("/v1/transactions", sale("S001-T03-000123")));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.fields.at("content-type"), "application/json");
  EXPECT_EQ(answer.body,
            R"({"id":"S001-T03-000123","status":"posted","seq":123,"member_id":"M000123",)"
            R"("points":{"points":{"earned":6}},)"
            R"("balances":{"points":{"available":1240,"pending":0}},)"
            R"("awards":[{"rule":"base","currency":"points","points":6,)"
            R"("reason":"6.98 at 1 for each 1.00"}],)"
            R"("offers":[{"id":"123-0","rule":"biscuits-with-tea",)"
            R"("message":"50 points on your next \"biscuits\"","award":50,"currency":"points",)"
            R"("valid_until":"2026-01-17T00:00:00Z"}],"accepted":["99-1"],)"
            R"("hints":[{"rule":"reach-50","message":"Spend 3.02 more","award":100,)"
            R"("short_by":"3.02"}]})");
  EXPECT_EQ(served.desk.messages().at(0).bytes, sale("S001-T03-000123"));
}

TEST(Http, AnswersARepeatedSaleAlikeButForTheStatus) {
  ServedDesk served;
  std::string first = served.ask(post("/v1/transactions", sale("a"))).body;
  const Response again = served.ask(post("/v1/transactions", sale("a", "duplicate")));
  EXPECT_EQ(again.status, 200);
  first.replace(first.find("posted"), 6, "duplicate");
  EXPECT_EQ(again.body, first);
}

TEST(Http, QuotesWithoutPosting) {
  ServedDesk served;
  const Response quote = served.ask(post("/v1/quotes", sale("a")));
  EXPECT_EQ(quote.status, 200);
  EXPECT_TRUE(has(quote.body, R"("status":"quoted","member_id")")) << quote.body;
  EXPECT_TRUE(served.desk.messages().empty());
}

TEST(Http, PassesEventsAndMembersOnAsWhatTheyAre) {
  ServedDesk served;
  EXPECT_EQ(served.ask(post("/v1/events", sale("e"))).status, 200);
  const std::string put = post("/v1/members/M%3A1", R"({"id":"m"})", "application/json", "", "PUT");
  EXPECT_EQ(served.ask(put).status, 200);
  const auto messages = served.desk.messages();
  ASSERT_EQ(messages.size(), 2U);
  EXPECT_EQ(messages[0].kind, MessageKind::event);
  EXPECT_EQ(messages[1].kind, MessageKind::member);
  EXPECT_EQ(messages[1].bytes, R"({"member_id":"M:1","id":"m"})");
}

TEST(Http, RefusesAMemberBodyThatNamesAnotherMember) {
  ServedDesk served;
  const Response answer = served.ask(
      post("/v1/members/M1", R"({"id":"m","member_id":"M2"})", "application/json", "", "PUT"));
  EXPECT_EQ(answer.status, 422);
  EXPECT_TRUE(has(answer.body, R"("pointer":"/member_id","code":"member_mismatch")"));
  EXPECT_TRUE(served.desk.messages().empty());
}

TEST(Http, ShowsMembersTheirLotsAndOffers) {
  ServedDesk served;
  EXPECT_EQ(
      served.ask(get("/v1/members/M1")).body,
      R"({"member_id":"M1","enrolled_at":"1970-01-01T00:00:00Z","language":"en",)"
      R"("attributes":{"tier":"gold"},"contact_fields":["email"],)"
      R"("balances":{"points":{"available":1240,"pending":0,"value":"12.40"}},"open_offers":1,)"
      R"("next_expiry":{"currency":"points","points":4,"at":"1970-01-01T00:00:00Z"}})");
  EXPECT_EQ(served.ask(get("/v1/members/M1/lots")).body,
            R"({"member_id":"M1","lots":[{"seq":7,"number":0,"currency":"points","issued":10,)"
            R"("remaining":4,"earned_at":"1970-01-01T00:00:00Z"}]})");
  EXPECT_TRUE(has(served.ask(get("/v1/members/M1/offers")).body, R"("offers":[{"id":"123-0")"));
}

TEST(Http, PagesThroughEntriesNewestFirst) {
  ServedDesk served;
  const std::string first = served.ask(get("/v1/members/M1/entries?limit=2")).body;
  EXPECT_TRUE(has(first, R"("seq":100)"));
  EXPECT_TRUE(has(first, R"("seq":99)"));
  EXPECT_TRUE(has(first, R"("next":"99")")) << first;
  const std::string last = served.ask(get("/v1/members/M1/entries?limit=200&cursor=99")).body;
  EXPECT_TRUE(has(last, R"("seq":98)"));
  EXPECT_FALSE(has(last, R"("next")"));
  EXPECT_EQ(served.ask(get("/v1/members/M1/entries?limit=0")).status, 400);
  EXPECT_EQ(served.ask(get("/v1/members/M1/entries?limit=5&limit=6")).status, 400);
}

TEST(Http, ShowsOneEntry) {
  ServedDesk served;
  const std::string body = served.ask(get("/v1/entries/123")).body;
  EXPECT_TRUE(has(body, R"({"id":"S001-T03-000123","type":"sale","seq":123,"member_id":"M000123",)"
                        R"("time":"2026-01-03T10:11:12Z","store":"S001","currency":"GBP")"))
      << body;
  EXPECT_EQ(served.ask(get("/v1/entries/7")).status, 404);
  EXPECT_EQ(served.ask(get("/v1/entries/seven")).status, 400);
}

TEST(Http, AnEntrySaysWhichLotsItTouchedAndWhatCameBack) {
  ServedDesk served;
  const std::string body = served.ask(get("/v1/entries/124")).body;
  EXPECT_TRUE(has(body, R"("of":"S001-T03-000123","returned":[{"line":2,"quantity":"0.5"}])"))
      << body;
  EXPECT_TRUE(has(body, R"("lapsed":["99-2"])")) << body;
  EXPECT_TRUE(has(body, R"("opened":[{"seq":124,"number":0,"currency":"points","points":3,)"
                        R"("expires_at":"2026-01-17T00:00:00Z"}])"))
      << body;
  EXPECT_TRUE(has(body, R"("drawn":[{"seq":123,"number":1,"why":"reversed","points":6}])")) << body;
  EXPECT_TRUE(has(body, R"("reminded":[{"seq":7,"number":0}])")) << body;
}

TEST(Http, ShowsAndReloadsTheRules) {
  ServedDesk served(FakeDesk::Pace::elsewhere);
  const std::string rules = served.ask(get("/v1/rules")).body;
  EXPECT_TRUE(has(rules, R"({"program":"grocer","hash":"0123456789abcdef0123456789abcdef")"));
  EXPECT_EQ(served.ask(post("/v1/rules/reload", "")).body, rules);
  served.desk.program_is_bad = true;
  const Response refused = served.ask(post("/v1/rules/reload", ""));
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(has(refused.body, R"("pointer":"everyday.yaml:3:5","code":"unknown_key")"));
}

TEST(Http, TellsOfItsHealthAndMetrics) {
  ServedDesk served;
  EXPECT_EQ(served.ask(get("/livez")).body, R"({"status":"alive"})");
  EXPECT_EQ(served.ask(get("/readyz")).status, 200);
  const Response metrics = served.ask(get("/metrics"));
  EXPECT_EQ(metrics.fields.at("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_TRUE(has(metrics.body, "accrue_up 1"));
  served.desk.ready = {false, "the journal is being read"};
  const Response waiting = served.ask(get("/readyz"));
  EXPECT_EQ(waiting.status, 503);
  EXPECT_TRUE(has(waiting.body, "the journal is being read"));
}

TEST(Http, MapsEachAnswerOfTheDeskToItsStatus) {
  ServedDesk served;
  const auto status = [&](const std::string& wish) {
    return served.ask(post("/v1/transactions", sale("x", wish))).status;
  };
  EXPECT_EQ(status("conflict"), 409);
  EXPECT_EQ(status("refused"), 422);
  EXPECT_EQ(status("exhausted"), 507);
  EXPECT_EQ(served.ask(post("/v1/transactions", "nonsense")).status, 400);
  EXPECT_EQ(served.ask(get("/v1/members/nobody")).status, 404);
  const Response full = served.ask(post("/v1/transactions", sale("x", "full")));
  EXPECT_EQ(full.status, 503);
  const int seconds = std::stoi(full.fields.at("retry-after"));
  EXPECT_GE(seconds, 1);
  EXPECT_LE(seconds, 3);
}

TEST(Http, TellsProblemsAsRfc9457) {
  ServedDesk served;
  const Response answer = served.ask(post("/v1/transactions", sale("x", "refused")));
  EXPECT_EQ(answer.fields.at("content-type"), "application/problem+json");
  EXPECT_EQ(answer.body,
            R"({"type":"urn:accrue:problem:refused","title":"Unprocessable Content","status":422,)"
            R"("detail":"the transaction is wrong","errors":[{"pointer":"/lines/0/quantity",)"
            R"("code":"not_an_integer","detail":"write a whole number"}]})");
}

TEST(Http, KnowsUnknownPathsMethodsAndMediaTypes) {
  ServedDesk served;
  for (const char* path : {"/", "/v1", "/v1/transactions/", "/v1/members/", "/v1/members/a/b",
                           "/livez/x", "/v1/members//entries", "*"}) {
    EXPECT_EQ(served.ask(get(path)).status, 404) << path;
  }
  const Response method = served.ask(get("/v1/transactions"));
  EXPECT_EQ(method.status, 405);
  EXPECT_EQ(method.fields.at("allow"), "POST");
  EXPECT_EQ(served.ask(post("/v1/members/M1", "{}")).fields.at("allow"), "GET, HEAD, PUT");
  EXPECT_EQ(served.ask("DELETE /livez HTTP/1.1\r\nHost: localhost\r\n\r\n").fields.at("allow"),
            "GET, HEAD");
  for (const char* type :
       {"text/plain", "", "application/json; charset=latin1", "application/x-ndjson"}) {
    EXPECT_EQ(served.ask(post("/v1/quotes", "{}", type)).status, 415) << type;
  }
  EXPECT_EQ(
      served.ask(post("/v1/transactions", "{}", "application/json", "Content-Encoding: gzip\r\n"))
          .status,
      415);
  EXPECT_EQ(served.ask(post("/v1/quotes", "{}", "Application/JSON; Charset=UTF-8")).status, 200);
  EXPECT_EQ(served.ask(get("/v1/members/a%20b")).status, 400);
  EXPECT_EQ(served.ask(get("/v1/members/%zz")).status, 400);
}

TEST(Http, AnswersHeadWithTheLengthAndNoBody) {
  ServedDesk served;
  RawClient client(served.port());
  client.send("HEAD /livez HTTP/1.1\r\nHost: localhost\r\n\r\n" + get("/livez"));
  std::string line;
  while (!(line = client.raw_line().value_or("")).empty()) {
    if (!has(line, "Content-Length")) continue;
    EXPECT_EQ(line, "Content-Length: 18");
  }
  EXPECT_EQ(client.response().value_or(Response{}).status, 200);
}

TEST(Http, TellsItsObserverRoutePatternsOnly) {
  ServedDesk served;
  served.ask(get("/v1/members/M1/lots"));
  served.ask(get("/secret/path"));
  served.ask(post("/v1/transactions", sale("x", "conflict")));
  EXPECT_EQ(served.log.seen(),
            (Seen{{"/v1/members/{id}/lots", 200}, {"other", 404}, {"/v1/transactions", 409}}));
}

TEST(Http, DatesItsAnswersByTheClockItIsGiven) {
  Options options;
  options.now = [] { return Timestamp(std::chrono::seconds(784111777)); };
  ServedDesk served(FakeDesk::Pace::at_once, std::move(options));
  // The example of RFC 9110, 5.6.7.
  EXPECT_EQ(served.ask(get("/livez")).fields.at("date"), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(ServedDesk().ask(get("/livez")).fields.count("date"), 0U);
}

TEST(Http, ServesOnSeveralThreads) {
  Options options;
  options.threads = 3;
  ServedDesk served(FakeDesk::Pace::elsewhere, std::move(options));
  std::vector<std::thread> tills;
  std::atomic<int> good{0};
  for (int t = 0; t < 8; ++t) {
    tills.emplace_back([&, t] {
      RawClient client(served.port());
      for (int i = 0; i < 50; ++i) {
        const std::string id = std::to_string(t) + "-" + std::to_string(i);
        const auto answer = client.request(post("/v1/transactions", sale(id)));
        if (answer && has(answer->body, "\"id\":\"" + id + "\"")) ++good;
      }
    });
  }
  for (std::thread& till : tills) till.join();
  EXPECT_EQ(good, 400);
}

}  // namespace
}  // namespace accrue::http::tests
