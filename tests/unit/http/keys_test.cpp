#include "digest/sha256.hpp"
#include "unit/http/served_desk.hpp"

namespace accrue::http::tests {
namespace {

Options guarded() {
  std::string file;
  for (const char* scope : {"till", "marketer", "admin"}) {
    file += to_hex(sha256(std::string(scope) + "-key")) + " " + scope + " the " + scope + "\n";
  }
  Options options;
  options.keys = ApiKeys::parse(file, "keys").value();
  return options;
}

std::string bearer(const std::string& key) { return "Authorization: Bearer " + key + "\r\n"; }

TEST(ApiKeyGuard, LetsEachScopeMakeItsOwnCallsOnly) {
  ServedDesk served(FakeDesk::Pace::at_once, guarded());
  const std::string member = R"({"id":"m"})";
  struct Call {
    const char* method;
    const char* path;
    bool till, marketer;
  };
  const Call calls[] = {
      {"POST", "/v1/transactions", true, false},  {"POST", "/v1/quotes", true, true},
      {"POST", "/v1/events", true, false},        {"PUT", "/v1/members/M1", true, false},
      {"GET", "/v1/members/M1", true, true},      {"GET", "/v1/members/M1/entries", true, true},
      {"GET", "/v1/members/M1/lots", true, true}, {"GET", "/v1/members/M1/offers", true, true},
      {"GET", "/v1/entries/123", false, true},    {"GET", "/v1/rules", false, true},
      {"POST", "/v1/rules/reload", false, true}};
  for (const Call& call : calls) {
    const auto status = [&](const std::string& extra) {
      return served
          .ask(std::string(call.method) == "GET"
                   ? get(call.path, extra)
                   : post(call.path, sale("x"), "application/json", extra, call.method))
          .status;
    };
    EXPECT_EQ(status(bearer("till-key")), call.till ? 200 : 403) << call.path;
    EXPECT_EQ(status(bearer("marketer-key")), call.marketer ? 200 : 403) << call.path;
    EXPECT_EQ(status(bearer("admin-key")), 200) << call.path;
    EXPECT_EQ(status(bearer("other-key")), 401) << call.path;
    EXPECT_EQ(status("Authorization: Basic dGlsbDprZXk=\r\n"), 401) << call.path;
    EXPECT_EQ(status(""), 401) << call.path;
  }
}

TEST(ApiKeyGuard, ChallengesThoseWithoutAKeyAndPostsNothing) {
  ServedDesk served(FakeDesk::Pace::at_once, guarded());
  const Response answer = served.ask(post("/v1/transactions", sale("x")));
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.fields.at("www-authenticate"), "Bearer");
  EXPECT_TRUE(served.desk.messages().empty());
}

TEST(ApiKeyGuard, KeepsHealthOpenAndMetricsOpenToTheSameMachine) {
  ServedDesk served(FakeDesk::Pace::at_once, guarded());
  for (const char* path : {"/livez", "/readyz", "/metrics"}) {
    EXPECT_EQ(served.ask(get(path)).status, 200) << path;
  }
}

TEST(ApiKeyGuard, ServesThoseWithAKeyUnderAnyName) {
  ServedDesk served(FakeDesk::Pace::at_once, guarded());
  const std::string request =
      "GET /v1/members/M1 HTTP/1.1\r\nHost: points.shop.example\r\n" + bearer("till-key") + "\r\n";
  EXPECT_EQ(served.ask(request).status, 200);
}

TEST(ApiKeyGuard, RefusesABatchBeforeItIsRead) {
  ServedDesk served(FakeDesk::Pace::at_once, guarded());
  RawClient client(served.port());
  client.send(
      "POST /v1/transactions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
      "Content-Length: 50000000\r\n\r\n{}\n");
  EXPECT_EQ(client.response().value_or(Response{}).status, 401);
}

}  // namespace
}  // namespace accrue::http::tests
