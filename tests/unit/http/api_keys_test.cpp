#include "http/api_keys.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

#include "http/server.hpp"
#include "unit/http/fake_desk.hpp"

namespace accrue::http {
namespace {

// printf %s till-key | sha256sum, and so on.
constexpr const char* kFile =
    "# tills\n"
    "2a2d97d37bcbfb5f2fc0d9e8ee49f2c8e1d7a0a4e9f3a2b6f0d1c2b3a4958677 till Till of S001\n"
    "\n"
    "2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683 marketer,till  Anna \r\n";

TEST(ApiKeys, KnowTheirHoldersByTheDigestOfTheKey) {
  const auto keys = ApiKeys::parse(kFile, "keys");
  ASSERT_TRUE(keys);
  EXPECT_EQ(keys.value().size(), 2U);
  // The second digest is that of "key".
  const auto anna = keys.value().check("key");
  ASSERT_TRUE(anna);
  EXPECT_EQ(anna->name, "Anna");
  EXPECT_TRUE(anna->scopes.meets(Scope::till));
  EXPECT_TRUE(anna->scopes.meets(Scope::marketer));
  EXPECT_FALSE(anna->scopes.meets(Scope::admin));
  for (const char* wrong : {"", "Key", "key ", "2c70e12b7a0646f92279f427c7b38e73"}) {
    EXPECT_FALSE(keys.value().check(wrong)) << wrong;
  }
}

TEST(ApiKeys, NameEveryWrongLineOfTheFile) {
  const std::string digest(64, 'a');
  const auto keys = ApiKeys::parse("secret till Bob\n" + digest + " owner Eve\n" + digest +
                                       " till\n" + digest.substr(1) + " till Odd\n",
                                   "api_keys");
  ASSERT_FALSE(keys);
  const auto& problems = keys.error().problems;
  ASSERT_EQ(problems.size(), 4U);
  EXPECT_EQ(problems[0].pointer + " " + problems[0].code, "api_keys:1 bad_digest");
  EXPECT_EQ(problems[1].pointer + " " + problems[1].code, "api_keys:2 bad_scope");
  EXPECT_EQ(problems[2].pointer + " " + problems[2].code, "api_keys:3 no_name");
  EXPECT_EQ(problems[3].pointer + " " + problems[3].code, "api_keys:4 bad_digest");
}

TEST(ApiKeys, AreNotUsableWhenEmptyOrUnreadable) {
  EXPECT_EQ(ApiKeys::parse("# none\n", "keys").error().problems.at(0).code, "no_keys");
  const auto missing = ApiKeys::load("/nonexistent/keys");
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().message.find("/nonexistent/keys"), std::string::npos);
}

TEST(ApiKeys, AreLoadedFromAFile) {
  const std::string path = testing::TempDir() + "/accrue_api_keys";
  std::ofstream(path) << kFile;
  const auto keys = ApiKeys::load(path);
  std::remove(path.c_str());
  ASSERT_TRUE(keys);
  EXPECT_TRUE(keys.value().check("key"));
}

TEST(Server, RefusesAddressesItCannotListenOn) {
  tests::FakeDesk desk;
  const auto start = [&](const std::string& listen) {
    Options options;
    options.listen = listen;
    auto server = Server::start(std::move(options), desk, nullptr);
    return server ? std::string("started") : server.error().message;
  };
  EXPECT_NE(start("0.0.0.0:0").find("set api_keys"), std::string::npos);
  EXPECT_NE(start("[::]:0").find("set api_keys"), std::string::npos);
  for (const char* wrong : {"localhost:80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "::1:80",
                            "[127.0.0.1]:80", ":80", ""}) {
    EXPECT_NE(start(wrong).find("write an IP address and a port"), std::string::npos) << wrong;
  }
  EXPECT_NE(start("192.0.2.1:0"), "started");
  EXPECT_EQ(start("127.0.0.1:0"), "started");
}

TEST(Server, SaysThatAPortIsTaken) {
  tests::FakeDesk desk;
  const auto first = Server::start({}, desk, nullptr);
  ASSERT_TRUE(first);
  Options options;
  options.listen = "127.0.0.1:" + std::to_string(first.value()->port());
  const auto second = Server::start(std::move(options), desk, nullptr);
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().message.find("in use"), std::string::npos) << second.error().message;
}

}  // namespace
}  // namespace accrue::http
