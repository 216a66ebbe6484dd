#include "file_cases.hpp"

#include "feeds/file/json_text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

namespace accrue::file_feed {
namespace {

std::string source_of(Bench& bench) { return bench.daemon.messages().front().position.source; }

TEST(ABadMessage, IsKeptWithLineNumberReasonProblemsAndItsBytes) {
  TemporaryFolder files;
  files.write("year.ndjson", sale("T1") + "\n{\"type\":\"sale\"}\n" + sale("T2"));
  Bench bench(files.path("year.ndjson"));
  bench.run();
  EXPECT_EQ(bench.daemon.ids(), names(1, 2));
  const std::string kept = bench.data.read("quarantine/year.ndjson.ndjson");
  EXPECT_TRUE(kept.starts_with("{\"source\":\"" + source_of(bench) +
                               "\",\"message\":2,\"line\":3,\"reason\":\"/id: a sale needs id "
                               "(and 3 more)\",\"problems\":[{\"pointer\":\"/id\",\"code\":"
                               "\"missing_field\",\"detail\":\"a sale needs id\"},"))
      << kept;
  EXPECT_TRUE(kept.ends_with("\"raw\":\"{\\\"type\\\":\\\"sale\\\"}\"}\n")) << kept;
}

TEST(ABadMessage, IsKeptOnceHoweverOftenItIsRefused) {
  TemporaryFolder files;
  files.write("year.ndjson", "bad\n" + sale("T1") + "worse\n");
  Bench first(files.path("year.ndjson"));
  first.run();
  const std::string kept = first.data.read("quarantine/year.ndjson.ndjson");
  EXPECT_EQ(std::count(kept.begin(), kept.end(), '\n'), 2);
  for (const std::uint64_t reached : {0u, 1u, 2u, 3u}) {
    Bench again(files.path("year.ndjson"));
    again.data.write("quarantine/year.ndjson.ndjson", kept);
    again.run({source_of(first), reached});
    EXPECT_EQ(again.data.read("quarantine/year.ndjson.ndjson"), kept) << reached;
  }
}

TEST(ABadMessage, WhoseLineACrashLostIsKeptAfterTheRestart) {
  TemporaryFolder files;
  files.write("year.ndjson", sale("T1") + "bad\n" + sale("T2"));
  Bench first(files.path("year.ndjson"));
  first.run();
  Bench again(files.path("year.ndjson"));
  again.run({source_of(first), 3});
  EXPECT_TRUE(again.daemon.messages().empty());
  EXPECT_EQ(again.data.read("quarantine/year.ndjson.ndjson"),
            first.data.read("quarantine/year.ndjson.ndjson"));
}

TEST(ABadMessage, WhoseLineACrashToreIsWrittenAnew) {
  TemporaryFolder files;
  files.write("year.ndjson", "bad\nworse\n" + sale("T1"));
  Bench first(files.path("year.ndjson"));
  first.run();
  const std::string kept = first.data.read("quarantine/year.ndjson.ndjson");
  Bench again(files.path("year.ndjson"));
  again.data.write("quarantine/year.ndjson.ndjson", kept.substr(0, kept.size() - 20));
  again.run({source_of(first), 3});
  EXPECT_EQ(again.data.read("quarantine/year.ndjson.ndjson"), kept);
}

TEST(ABadMessage, OfAnotherFileOfTheSameNameIsAnotherOne) {
  TemporaryFolder files;
  files.write("in/a.ndjson", "bad\n");
  Bench bench(files.path("in"), true);
  bench.start();
  ASSERT_TRUE(bench.wait_until([&] { return files.has("in/done/a.ndjson"); }));
  files.write("in/a.ndjson", "worse\n");
  ASSERT_TRUE(bench.wait_until([&] { return files.has("in/done/a.ndjson.2"); }));
  const std::string kept = bench.data.read("quarantine/a.ndjson.ndjson");
  EXPECT_EQ(std::count(kept.begin(), kept.end(), '\n'), 2);
}

TEST(ABadMessage, MayHoldAnyBytes) {
  TemporaryFolder files;
  files.write("year.ndjson", "a\xff\x01\"\\\tb\n");
  Bench bench(files.path("year.ndjson"));
  bench.run();
  const std::string kept = bench.data.read("quarantine/year.ndjson.ndjson");
  EXPECT_TRUE(kept.ends_with(
      "\"raw\":\"a\xef\xbf\xbd\\u0001\\\"\\\\\\u0009b\",\"raw_hex\":\"61ff01225c0962\"}\n"))
      << kept;
}

TEST(TextInQuotes, IsValidUtf8Whatever) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"\xc2\xa3\xe2\x82\xac\xf0\x9f\x98\x80", "\xc2\xa3\xe2\x82\xac\xf0\x9f\x98\x80"},
      {"\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd"},
      {"\xe0\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
      {"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
      {"\xf4\x90\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
      {"x\xe2\x82", "x\xef\xbf\xbd\xef\xbf\xbd"}};
  for (const auto& [text, expected] : cases) {
    std::string line;
    EXPECT_EQ(append_quoted(line, text), text == expected);
    EXPECT_EQ(line, '"' + expected + '"');
  }
}

}  // namespace
}  // namespace accrue::file_feed
