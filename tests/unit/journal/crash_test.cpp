// Every operation of the journal fails once, in two ways: the disk refuses and the process ends,
// or the power goes and unsynced sectors are kept or lost at random.
#include "faulty_disk.hpp"
#include "journal/verify.hpp"
#include "journal_support.hpp"

namespace accrue::journal {
namespace {

constexpr int kGroups = 12;

std::vector<std::string> group_of(int number) {
  std::vector<std::string> payloads;
  for (int i = 0; i < 1 + number % 5; ++i) {
    payloads.push_back("group " + std::to_string(number) + " record " + std::to_string(i) +
                       std::string(static_cast<std::size_t>(200 * i), 'x'));
  }
  return payloads;
}

Options small() {
  Options options;
  options.segment_bytes = 4096;
  options.extend_bytes = 3000;
  return options;
}

struct Written {
  std::vector<std::string> attempted;
  std::size_t acknowledged = 0;  // Of `attempted`, from the front.
};

Written write_until_failure(const Folder& folder, FaultyDisk& disk) {
  Written run;
  auto journal = Journal::open(folder.journal(), small(), disk);
  if (!journal) return run;
  for (int number = 0; number < kGroups; ++number) {
    const auto payloads = group_of(number);
    run.attempted.insert(run.attempted.end(), payloads.begin(), payloads.end());
    if (!put(*journal.value(), payloads)) break;
    run.acknowledged = run.attempted.size();
  }
  static_cast<void>(journal.value()->close());
  return run;
}

/// What was acknowledged is there, the rest is a prefix, and the journal goes on.
void expect_sound(const Folder& folder, const Written& run) {
  auto journal = Journal::open(folder.journal(), small());
  ASSERT_TRUE(journal.has_value()) << journal.error().message;
  const auto found = read_all(folder.journal());
  ASSERT_GE(found.size(), run.acknowledged);
  ASSERT_LE(found.size(), run.attempted.size());
  for (std::size_t i = 0; i < found.size(); ++i) ASSERT_EQ(found[i], run.attempted[i]);
  ASSERT_EQ(value_of(journal.value()->last()), found.size());
  ASSERT_TRUE(put(*journal.value(), {"after"}).has_value());
  const auto report = verify(folder.journal());
  ASSERT_TRUE(report.has_value());
  ASSERT_FALSE(report.value().damage) << report.value().damage->message;
  ASSERT_EQ(report.value().records, found.size() + 1);
  ASSERT_EQ(report.value().torn_bytes, 0u);
}

TEST(JournalCrash, PowerCutsAtAnyOperationLoseNothingAcknowledged) {
  std::mt19937 random(2026);
  int cuts = 0;
  for (int round = 0; round < 8; ++round) {
    for (int fail_at = 1;; ++fail_at, ++cuts) {
      SCOPED_TRACE("round " + std::to_string(round) + ", operation " + std::to_string(fail_at));
      Folder folder;
      FaultyDisk disk(fail_at, ErrorCode::internal, true);
      const Written run = write_until_failure(folder, disk);
      if (!disk.failed()) break;
      disk.lose_power(random);
      expect_sound(folder, run);
      if (HasFatalFailure()) return;
    }
  }
  EXPECT_GT(cuts, 8 * 40) << "the test should have met every operation of twelve groups";
}

TEST(JournalCrash, AFullDiskAtAnyOperationLeavesNothingHalfWritten) {
  for (int fail_at = 1;; ++fail_at) {
    SCOPED_TRACE("operation " + std::to_string(fail_at));
    Folder folder;
    FaultyDisk disk(fail_at, ErrorCode::exhausted, false);
    const Written run = write_until_failure(folder, disk);
    if (!disk.failed()) break;
    expect_sound(folder, run);
    ASSERT_FALSE(HasFatalFailure());
  }
}

/// Operations that opening a new journal takes.
int operations_to_open() {
  Folder folder;
  FaultyDisk counting(0, ErrorCode::internal, false);
  EXPECT_TRUE(Journal::open(folder.journal(), small(), counting).has_value());
  return counting.operations();
}

TEST(JournalCrash, AFullDiskCostsTheZerosAheadBeforeItCostsARecord) {
  Folder folder;
  FaultyDisk disk(operations_to_open() + 1, ErrorCode::exhausted, false);
  auto journal = Journal::open(folder.journal(), small(), disk);
  ASSERT_TRUE(put(*journal.value(), {"a"}).has_value());
  ASSERT_TRUE(disk.failed());
  EXPECT_EQ(std::filesystem::file_size(folder.segment(1)), kHeader + on_disk(1));
}

TEST(JournalCrash, WhatAFullDiskRefusedIsNotThereAndCanBeWrittenAgain) {
  Folder folder;
  FaultyDisk disk(operations_to_open() + 1, ErrorCode::exhausted, false);
  auto journal = Journal::open(folder.journal(), tight(), disk);
  const auto refused = put(*journal.value(), {"a", "b"});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::exhausted);
  EXPECT_EQ(journal.value()->last(), Seq::none);
  EXPECT_EQ(std::filesystem::file_size(folder.segment(1)), kHeader);
  ASSERT_TRUE(put(*journal.value(), {"a", "b"}).has_value());
  EXPECT_EQ(read_all(folder.journal()), (std::vector<std::string>{"a", "b"}));
  EXPECT_FALSE(verify(folder.journal()).value().damage);
}

TEST(JournalCrash, AFailedSyncPoisonsTheWriterWhateverItsCause) {
  Folder folder;
  FaultyDisk disk(operations_to_open() + 2, ErrorCode::exhausted, false);
  auto journal = Journal::open(folder.journal(), tight(), disk);
  const auto first = put(*journal.value(), {"a"});
  ASSERT_FALSE(first.has_value());
  EXPECT_EQ(first.error().code, ErrorCode::internal) << "nobody may try it again";
  EXPECT_FALSE(put(*journal.value(), {"b"}).has_value()) << "a writer in doubt must not go on";
  EXPECT_EQ(journal.value()->last(), Seq::none);
}

}  // namespace
}  // namespace accrue::journal
