#include "journal/verify.hpp"

#include "journal_support.hpp"

#include <atomic>
#include <thread>

namespace accrue::journal {
namespace {

Options small_segments() {
  Options options;
  options.segment_bytes = 1000;
  return options;
}

/// Records of 100 bytes, 160 on the disk: 6 a segment, so 1, 7, 13, 19 are first ones.
Digest write_twenty(const Folder& folder) {
  auto journal = Journal::open(folder.journal(), small_segments());
  for (char c = 'a'; c < 'a' + 20; ++c) {
    EXPECT_TRUE(put(*journal.value(), {std::string(100, c)}).has_value());
  }
  return journal.value()->chain();
}

TEST(JournalVerify, FindsASoundJournalSound) {
  Folder folder;
  const Digest chain = write_twenty(folder);
  std::uint64_t done = 0, total = 0;
  const auto report = verify(folder.journal(), [&](std::uint64_t d, std::uint64_t t) {
    EXPECT_GE(d, done);
    done = d;
    total = t;
  });
  ASSERT_TRUE(report.has_value());
  EXPECT_FALSE(report.value().damage.has_value());
  EXPECT_EQ(report.value().last, Seq{20});
  EXPECT_EQ(report.value().records, 20u);
  EXPECT_EQ(report.value().segments, 4u);
  EXPECT_EQ(report.value().bytes, 4u * 64 + 20 * 160);
  EXPECT_EQ(report.value().chain, chain);
  EXPECT_EQ(done, total);
  EXPECT_GT(total, 0u);
}

TEST(JournalVerify, FindsAFlippedByteInAnySegmentAndSaysWhatIsSoundBefore) {
  Folder folder;
  write_twenty(folder);
  flip(folder.segment(7), 64 + 160 + 70);
  const auto report = verify(folder.journal());
  ASSERT_TRUE(report.has_value() && report.value().damage);
  const std::string& message = report.value().damage->message;
  EXPECT_NE(message.find(folder.segment(7).filename().string()), std::string::npos) << message;
  EXPECT_NE(message.find("byte 224:"), std::string::npos) << message;
  EXPECT_EQ(report.value().last, Seq{7});
  EXPECT_EQ(report.value().records, 7u);
}

TEST(JournalVerify, FindsTheLastRecordOfAnOldSegmentMissing) {
  Folder folder;
  write_twenty(folder);
  std::string bytes = read_bytes(folder.segment(7));
  write_bytes(folder.segment(7), bytes.substr(0, bytes.size() - 160));
  const auto cut = verify(folder.journal());
  ASSERT_TRUE(cut.value().damage);
  EXPECT_NE(cut.value().damage->message.find("records 12 to 12 are missing"), std::string::npos)
      << cut.value().damage->message;
  write_bytes(folder.segment(7), bytes.substr(0, bytes.size() - 10));
  EXPECT_TRUE(verify(folder.journal()).value().damage) << "torn, but not in the newest segment";
}

TEST(JournalVerify, FindsHistoryThatWasWrittenAnew) {
  Folder folder;
  write_twenty(folder);
  Folder other;
  {
    auto journal = Journal::open(other.journal(), small_segments());
    for (int i = 0; i < 20; ++i) {
      ASSERT_TRUE(put(*journal.value(), {std::string(100, 'Z')}).has_value());
    }
  }
  std::filesystem::copy_file(other.segment(7), folder.segment(7),
                             std::filesystem::copy_options::overwrite_existing);
  const auto report = verify(folder.journal());
  ASSERT_TRUE(report.value().damage);
  EXPECT_NE(report.value().damage->message.find("chain hash"), std::string::npos);
  EXPECT_EQ(report.value().last, Seq{6});
}

TEST(JournalVerify, TakesATornTailForWhatItIs) {
  Folder folder;
  write_twenty(folder);
  std::string bytes = read_bytes(folder.segment(19));
  bytes.resize(64 + 160 + 100);
  write_bytes(folder.segment(19), bytes);
  const auto report = verify(folder.journal());
  EXPECT_FALSE(report.value().damage);
  EXPECT_EQ(report.value().last, Seq{19});
  EXPECT_EQ(report.value().torn_bytes, 100u);
}

TEST(JournalVerify, ATornTailOfAJournalClosedInPeaceIsDamage) {
  Folder folder;
  write_twenty(folder);
  ASSERT_TRUE(Journal::open(folder.journal(), small_segments()).value()->close().has_value());
  flip(folder.segment(19), 64 + 160 + 100);
  const auto report = verify(folder.journal());
  ASSERT_TRUE(report.value().damage);
  EXPECT_NE(report.value().damage->message.find("byte 224:"), std::string::npos)
      << report.value().damage->message;
}

TEST(JournalVerify, AcceptsAJournalWhoseOldestSegmentsWereMovedAway) {
  Folder folder;
  write_twenty(folder);
  std::filesystem::remove(folder.segment(1));
  const auto report = verify(folder.journal());
  EXPECT_FALSE(report.value().damage);
  EXPECT_EQ(report.value().records, 14u);
  std::filesystem::remove(folder.segment(13));
  EXPECT_TRUE(verify(folder.journal()).value().damage);
}

TEST(JournalVerify, MayRunWhileTheJournalIsWritten) {
  Folder folder;
  auto journal = Journal::open(folder.journal(), small_segments());
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    while (!stop.load()) {
      ASSERT_TRUE(
          put(*journal.value(), {std::string(100, 'w'), std::string(333, 'v')}).has_value());
    }
  });
  for (int i = 0; i < 60; ++i) {
    const auto report = verify(folder.journal());
    ASSERT_TRUE(report.has_value()) << report.error().message;
    ASSERT_FALSE(report.value().damage) << report.value().damage->message;
  }
  stop = true;
  writer.join();
}

}  // namespace
}  // namespace accrue::journal
