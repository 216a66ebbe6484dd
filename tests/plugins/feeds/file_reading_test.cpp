#include "file_cases.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace accrue::file_feed {
namespace {

TEST(AFile, IsReadInOrderWithPositionsAndLines) {
  TemporaryFolder files;
  files.write("year.ndjson", sale("T1") + "\n" + sale("T2"));
  Bench bench(files.path("year.ndjson"));
  bench.run();
  EXPECT_EQ(bench.daemon.ids(), names(1, 2));
  const auto messages = bench.daemon.messages();
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_TRUE(messages[0].position.source.starts_with("year.ndjson#"));
  EXPECT_EQ(messages[0].position.source.size(), std::string("year.ndjson#").size() + 16);
  EXPECT_EQ(messages[1].position.message, 2u);
  EXPECT_EQ(messages[1].line, 3u);
  EXPECT_EQ(bench.feed->progress().messages_settled, 2u);
  EXPECT_TRUE(files.has("year.ndjson"));
  EXPECT_FALSE(bench.data.has("quarantine"));
}

TEST(AFile, PackedOrPlainGivesTheSameMessages) {
  TemporaryFolder files;
  const std::string first = sales(1, 3000);
  const std::string second = sales(3001, 4000);
  files.write("plain", first + second);
  files.write("a.gz", gzip(first + second));
  files.write("two-members.gz", gzip(first) + gzip(second));
  files.write("b.zst", zstd(first + second));
  files.write("two-frames.zst", zstd(first) + zstd(second));
  files.write("gzip-by-content", gzip(first + second));
  files.write("zstd-by-content", zstd(first + second));
  for (const char* name : {"plain", "a.gz", "two-members.gz", "b.zst", "two-frames.zst",
                           "gzip-by-content", "zstd-by-content"}) {
    Bench bench(files.path(name));
    bench.run();
    EXPECT_EQ(bench.daemon.ids(), names(1, 4000)) << name;
  }
}

TEST(AFile, IsContinuedBehindWhatTheLedgerHolds) {
  TemporaryFolder files;
  files.write("year.ndjson", sales(1, 10));
  std::string source;
  {
    Bench bench(files.path("year.ndjson"));
    bench.run();
    source = bench.daemon.messages().front().position.source;
  }
  Bench bench(files.path("year.ndjson"));
  bench.run({source, 7});
  EXPECT_EQ(bench.daemon.ids(), names(8, 10));
  EXPECT_EQ(bench.daemon.messages().front().position.message, 8u);
  Bench other(files.path("year.ndjson"));
  other.run({"year.ndjson#0000000000000000", 7});
  EXPECT_EQ(other.daemon.ids(), names(1, 10));
}

TEST(AFile, ThatIsFollowedIsReadAsItGrows) {
  TemporaryFolder files;
  files.write("till.ndjson", sale("T1") + sale("T2").substr(0, 20));
  Bench bench(files.path("till.ndjson"), true);
  bench.start();
  ASSERT_TRUE(bench.wait_until([&] { return bench.feed->progress().finished; }));
  EXPECT_EQ(bench.daemon.ids(), names(1, 1));
  std::ofstream(files.path("till.ndjson"), std::ios::app) << sale("T2").substr(20) + sale("T3");
  ASSERT_TRUE(bench.wait_until([&] { return bench.daemon.ids().size() == 3; }));
  EXPECT_EQ(bench.daemon.ids(), names(1, 3));
}

TEST(AFile, ThatIsMissingOrNoFileIsRefusedWithThePlaceOfTheSetting) {
  TemporaryFolder files;
  Bench bench(files.path("nothing.ndjson"));
  const auto made = bench.make();
  ASSERT_FALSE(made.has_value());
  EXPECT_TRUE(
      made.error().message.starts_with("accrued.yaml:3:5: path: there is no file or folder"));
}

TEST(Stopping, EndsAPushThatWaitsAndMayHappenTwice) {
  TemporaryFolder files;
  files.write("year.ndjson", sales(1, 100));
  Bench bench(files.path("year.ndjson"));
  bench.daemon.hold(true);
  bench.daemon.limit(3);
  bench.start();
  ASSERT_TRUE(bench.wait_until([&] { return bench.daemon.messages().size() == 3; }));
  bench.daemon.close();
  bench.feed->stop();
  bench.feed->stop();
  EXPECT_EQ(bench.daemon.messages().size(), 3u);
  EXPECT_FALSE(bench.feed->progress().finished);
}

TEST(Stopping, EndsAFeedThatWaitsForAnswers) {
  TemporaryFolder files;
  files.write("in/a.ndjson", sales(1, 3));
  Bench bench(files.path("in"), true);
  bench.daemon.hold(true);
  bench.start();
  ASSERT_TRUE(bench.wait_until([&] { return bench.daemon.messages().size() == 3; }));
  bench.feed->stop();
  EXPECT_TRUE(files.has("in/a.ndjson"));
}

}  // namespace
}  // namespace accrue::file_feed
