// Senders that write in place, and folders that cannot be written for a while.
#include "file_cases.hpp"

#include <gtest/gtest.h>

namespace accrue::file_feed {
namespace {

using std::chrono::milliseconds;

void pause_for(milliseconds time) { std::this_thread::sleep_for(time); }

class InPlace : public ::testing::Test {
 protected:
  InPlace() { bench_.settings.set("quiet_ms", std::int64_t{400}, {}); }
  bool is_done(const std::string& name) {
    return bench_.wait_until([&] { return files_.has("in/done/" + name); });
  }
  std::string make_folder() {
    std::filesystem::create_directory(files_.path("in"));
    return files_.path("in");
  }
  TemporaryFolder files_;
  Bench bench_{make_folder(), true};
};

TEST_F(InPlace, EveryLineOfASenderThatFlushesNowAndThenIsTaken) {
  bench_.start();
  for (int number = 1; number <= 10; ++number) {
    files_.append("in/a.ndjson", sales(number, number));
    pause_for(milliseconds(60));
  }
  EXPECT_FALSE(files_.has("in/done/a.ndjson"));
  EXPECT_EQ(bench_.daemon.ids(), names(1, 10));  // Taken as they come; only the move waits.
  ASSERT_TRUE(is_done("a.ndjson"));
  EXPECT_EQ(bench_.daemon.ids(), names(1, 10));
  EXPECT_FALSE(bench_.data.has("quarantine"));
}

TEST_F(InPlace, ALineThatComesInTwoPiecesIsOne) {
  bench_.start();
  const std::string all = sales(1, 6);
  for (std::size_t at = 0; at < all.size(); at += 70) {
    files_.append("in/a.ndjson", all.substr(at, 70));
    pause_for(milliseconds(30));
  }
  ASSERT_TRUE(is_done("a.ndjson"));
  EXPECT_EQ(bench_.daemon.ids(), names(1, 6));
  EXPECT_FALSE(bench_.data.has("quarantine"));
}

TEST_F(InPlace, TheLastLineNeedsNoLineBreakOnceTheSenderIsQuiet) {
  std::string lines = sales(1, 2);
  lines.pop_back();
  files_.append("in/a.ndjson", lines);
  bench_.start();
  ASSERT_TRUE(is_done("a.ndjson"));
  EXPECT_EQ(bench_.daemon.ids(), names(1, 2));
}

TEST_F(InPlace, PackedDataThatIsCutOffWaitsForItsRest) {
  const std::vector<std::pair<std::string, std::string>> cases{{"a.gz", gzip(sales(1, 500))},
                                                               {"b.zst", zstd(sales(501, 1000))},
                                                               {"c", gzip(sales(1001, 1500))}};
  bench_.start();
  for (const auto& [name, packed] : cases) {
    files_.append("in/" + name, "");
    for (std::size_t at = 0; at < packed.size(); at += packed.size() / 5) {
      pause_for(milliseconds(40));
      files_.append("in/" + name, packed.substr(at, packed.size() / 5));
    }
  }
  ASSERT_TRUE(is_done("c"));
  EXPECT_EQ(bench_.daemon.ids(), names(1, 1500));
  EXPECT_FALSE(files_.has("in/failed"));
}

TEST_F(InPlace, AFileThatWasWrittenLongAgoIsFinishedAtOnce) {
  bench_.settings.set("quiet_ms", std::int64_t{3'600'000}, {});
  files_.write("in/a.ndjson", sales(1, 2));
  std::filesystem::last_write_time(
      files_.path("in/a.ndjson"),
      std::filesystem::file_time_type::clock::now() - std::chrono::hours(2));
  bench_.start();
  EXPECT_TRUE(is_done("a.ndjson"));
}

TEST_F(InPlace, WhatIsAddedWhileAnswersAreAwaitedIsReadOn) {
  files_.append("in/a.ndjson", sales(1, 2));
  bench_.daemon.hold(true);
  bench_.start();
  ASSERT_TRUE(bench_.wait_until([&] { return bench_.daemon.messages().size() == 2; }));
  pause_for(milliseconds(600));  // It counts as finished, but is not settled.
  files_.append("in/a.ndjson", sales(3, 4));
  bench_.daemon.hold(false);
  ASSERT_TRUE(is_done("a.ndjson"));
  EXPECT_EQ(bench_.daemon.ids(), names(1, 4));
}

TEST_F(InPlace, AFileThatTookThePlaceOfTheOneBeingReadIsReadToo) {
  files_.write("in/a.ndjson", sales(1, 2));
  bench_.daemon.hold(true);
  bench_.start();
  ASSERT_TRUE(bench_.wait_until([&] { return bench_.daemon.messages().size() == 2; }));
  files_.write("in/a.ndjson", sales(3, 4));
  bench_.daemon.hold(false);
  ASSERT_TRUE(is_done("a.ndjson"));
  EXPECT_EQ(bench_.daemon.ids(), names(1, 4));
}

TEST_F(InPlace, AFolderThatCannotBeWrittenHoldsTheFeedUpOnlyAsLongAsThat) {
  files_.write("in/done", "no folder");
  bench_.settings.set("pattern", std::string("*.ndjson"), {});
  files_.write("in/a.ndjson", sales(1, 2));
  bench_.start();
  EXPECT_EQ(bench_.feed->progress().trouble, "");
  ASSERT_TRUE(bench_.wait_until([&] { return !bench_.feed->progress().trouble.empty(); }));
  EXPECT_NE(bench_.feed->progress().trouble.find(files_.path("in/done")), std::string::npos);
  pause_for(milliseconds(1'200));  // Tried once more.
  EXPECT_EQ(bench_.logged("feed tills is held up and will try again: "), 1u);
  EXPECT_FALSE(bench_.feed->progress().finished);
  files_.append("in/a.ndjson", sales(3, 4));  // It is read on behind its end, once it was moved.
  std::filesystem::remove(files_.path("in/done"));
  files_.write("in/b.ndjson", sales(5, 6));
  ASSERT_TRUE(is_done("b.ndjson"));
  EXPECT_EQ(bench_.daemon.ids(), names(1, 6));
  EXPECT_EQ(files_.read("in/done/a.ndjson"), sales(1, 4));
  EXPECT_EQ(bench_.logged("grew after it was finished and moved; it is back and read on"), 1u);
  EXPECT_EQ(bench_.logged("feed tills goes on"), 1u);
  EXPECT_TRUE(bench_.wait_until([&] { return bench_.feed->progress().sources_finished == 2; }));
  EXPECT_EQ(bench_.feed->progress().trouble, "");
}

TEST_F(InPlace, AQuarantineThatCannotBeWrittenLosesNoRefusedLine) {
  bench_.data.write("quarantine", "no folder");
  files_.write("in/a.ndjson", sales(1, 1) + "not json\n" + sales(2, 2));
  bench_.start();
  ASSERT_TRUE(bench_.wait_until([&] { return !bench_.feed->progress().trouble.empty(); }));
  std::filesystem::remove(bench_.data.path("quarantine"));
  ASSERT_TRUE(is_done("a.ndjson"));
  EXPECT_NE(bench_.data.read("quarantine/a.ndjson.ndjson").find("not json"), std::string::npos);
  EXPECT_EQ(bench_.daemon.ids(), names(1, 2));
}

TEST_F(InPlace, AFileThatIsDamagedCountsAsFailed) {
  files_.write("in/a.gz", "no gzip");
  files_.write("in/b.ndjson", sales(1, 1));
  bench_.start();
  ASSERT_TRUE(is_done("b.ndjson"));
  ASSERT_TRUE(bench_.wait_until([&] { return bench_.feed->progress().sources_finished == 1; }));
  EXPECT_EQ(bench_.feed->progress().sources_failed, 1u);
}

TEST_F(InPlace, AFeedThatIsHeldUpStopsPromptly) {
  files_.write("in/done", "no folder");
  bench_.settings.set("pattern", std::string("*.ndjson"), {});
  files_.write("in/a.ndjson", sales(1, 2));
  bench_.start();
  ASSERT_TRUE(bench_.wait_until([&] { return !bench_.feed->progress().trouble.empty(); }));
  const auto began = std::chrono::steady_clock::now();
  bench_.feed->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - began, milliseconds(500));
  EXPECT_TRUE(files_.has("in/a.ndjson"));
}

}  // namespace
}  // namespace accrue::file_feed
