// What may be cut at the end of a journal and what may not.
#include "journal_support.hpp"

namespace accrue::journal {
namespace {

/// Four groups: {1}, {2, 3}, {4}, {5}; returns the bytes of the one segment, without zeros ahead.
std::string write_five(const Folder& folder) {
  auto journal = Journal::open(folder.journal(), tight());
  EXPECT_TRUE(put(*journal.value(), {std::string(30, 'a')}).has_value());
  EXPECT_TRUE(put(*journal.value(), {std::string(40, 'b'), std::string(50, 'c')}).has_value());
  EXPECT_TRUE(put(*journal.value(), {std::string(60, 'd')}).has_value());
  EXPECT_TRUE(put(*journal.value(), {std::string(70, 'e')}).has_value());
  journal.value().reset();
  return read_bytes(folder.segment(1));
}

std::size_t start_of(int record) {
  std::size_t at = kHeader;
  for (int i = 1; i < record; ++i) at += on_disk(20 + 10 * static_cast<std::size_t>(i));
  return at;
}

void expect_refused(const Folder& folder, std::size_t offset) {
  const auto opened = Journal::open(folder.journal());
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
  const std::string& message = opened.error().message;
  EXPECT_NE(message.find(folder.segment(1).filename().string()), std::string::npos) << message;
  EXPECT_NE(message.find("byte " + std::to_string(offset) + ":"), std::string::npos) << message;
  EXPECT_NE(message.find("restore"), std::string::npos) << message;
}

TEST(JournalTail, IsCutAtWhicheverByteOfTheLastRecordTheWriteStopped) {
  Folder folder;
  const std::string whole = write_five(folder);
  for (std::size_t size = start_of(5) + 1; size < whole.size(); ++size) {
    write_bytes(folder.segment(1), whole.substr(0, size));
    auto journal = Journal::open(folder.journal(), tight());
    ASSERT_TRUE(journal.has_value()) << size << ": " << journal.error().message;
    EXPECT_EQ(journal.value()->last(), Seq{4}) << size;
    // Zeros at its end are not counted.
    EXPECT_GT(journal.value()->bytes_cut(), 0u) << size;
    EXPECT_LE(journal.value()->bytes_cut(), size - start_of(5)) << size;
    ASSERT_EQ(read_bytes(folder.segment(1)), whole.substr(0, start_of(5))) << size;
    ASSERT_TRUE(put(*journal.value(), {std::string(70, 'e')}).has_value());
    ASSERT_EQ(read_bytes(folder.segment(1)), whole) << "the same record, written again";
  }
}

TEST(JournalTail, IsCutWhenTheLastRecordHasAFlippedByteAnywhere) {
  Folder folder;
  const std::string whole = write_five(folder);
  for (std::size_t at = start_of(5); at < whole.size(); ++at) {
    write_bytes(folder.segment(1), whole);
    flip(folder.segment(1), at);
    auto journal = Journal::open(folder.journal(), tight());
    ASSERT_TRUE(journal.has_value()) << at << ": " << journal.error().message;
    EXPECT_EQ(journal.value()->last(), Seq{4}) << at;
  }
}

TEST(JournalTail, WhatIsCutIsKeptBesideTheSegment) {
  Folder folder;
  const std::string whole = write_five(folder);
  flip(folder.segment(1), start_of(5) + 60);
  const std::string torn = read_bytes(folder.segment(1)).substr(start_of(5));
  const std::string kept = folder.segment(1).string() + ".torn-5";
  for (const char* name : {"", ".2", ".3"}) {
    write_bytes(folder.segment(1), whole.substr(0, start_of(5)) + torn);
    ASSERT_TRUE(Journal::open(folder.journal()).has_value());
    // Without the zeros at its end.
    EXPECT_EQ(read_bytes(kept + name), torn.substr(0, torn.find_last_not_of('\0') + 1)) << name;
  }
}

TEST(JournalTail, OfAJournalClosedInPeaceIsNeverCut) {
  Folder folder;
  write_five(folder);
  ASSERT_TRUE(Journal::open(folder.journal(), tight()).value()->close().has_value());
  flip(folder.segment(1), start_of(5) + 60);
  const std::string damaged = read_bytes(folder.segment(1));
  expect_refused(folder, start_of(5));
  EXPECT_EQ(read_bytes(folder.segment(1)), damaged) << "nothing may be cut";
}

TEST(JournalTail, IsCutBehindWhatWasThereWhenTheJournalWasLastClosed) {
  Folder folder;
  write_five(folder);
  {
    auto journal = Journal::open(folder.journal(), tight());
    ASSERT_TRUE(journal.value()->close().has_value());
    ASSERT_TRUE(put(*journal.value(), {"six"}).has_value());
  }
  std::filesystem::resize_file(folder.segment(1), start_of(6) + 60);
  auto journal = Journal::open(folder.journal());
  ASSERT_TRUE(journal.has_value()) << journal.error().message;
  EXPECT_EQ(journal.value()->last(), Seq{5});
}

TEST(JournalTail, HoldingARecordThatTheLedgerHasIsNeverCut) {
  Folder folder;
  write_five(folder);
  flip(folder.segment(1), start_of(5) + 60);
  Options knows = tight();
  knows.known = Seq{5};
  const std::string damaged = read_bytes(folder.segment(1));
  const auto refused = Journal::open(folder.journal(), knows);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::corrupt);
  const std::string place = "byte " + std::to_string(start_of(5)) + ":";
  EXPECT_NE(refused.error().message.find(place), std::string::npos) << refused.error().message;
  EXPECT_EQ(read_bytes(folder.segment(1)), damaged) << "nothing may be cut";
  knows.known = Seq{4};
  EXPECT_TRUE(Journal::open(folder.journal(), knows).has_value());
}

TEST(JournalTail, AJournalThatIsGoneIsNotBegunAnew) {
  Folder folder;
  Options knows;
  knows.known = Seq{5};
  EXPECT_EQ(Journal::open(folder.journal(), knows).error().code, ErrorCode::corrupt);
  EXPECT_FALSE(std::filesystem::exists(folder.segment(1)));
}

TEST(JournalTail, AnyFlippedByteBeforeTheLastWriteIsRefusedWithItsPlace) {
  Folder folder;
  const std::string whole = write_five(folder);
  for (int record = 1; record <= 4; ++record) {
    for (std::size_t at = start_of(record); at < start_of(record + 1); ++at) {
      write_bytes(folder.segment(1), whole);
      flip(folder.segment(1), at);
      expect_refused(folder, start_of(record));
      if (HasFatalFailure()) return;
    }
  }
}

TEST(JournalTail, AnyFlippedByteOfTheHeaderIsRefused) {
  Folder folder;
  const std::string whole = write_five(folder);
  for (std::size_t at = 0; at < kHeader; ++at) {
    write_bytes(folder.segment(1), whole);
    flip(folder.segment(1), at);
    expect_refused(folder, 0);
  }
}

TEST(JournalTail, ZerosAfterTheLastRecordAreNotATail) {
  Folder folder;
  const std::string whole = write_five(folder);
  write_bytes(folder.segment(1), whole + std::string(10'000, '\0'));
  auto journal = Journal::open(folder.journal());
  ASSERT_TRUE(journal.has_value());
  EXPECT_EQ(journal.value()->last(), Seq{5});
  EXPECT_EQ(journal.value()->bytes_cut(), 0u);
  ASSERT_TRUE(put(*journal.value(), {"six"}).has_value());
  EXPECT_EQ(read_all(folder.journal()).size(), 6u);
}

TEST(JournalTail, ZerosWhereALaterWriteFollowsAreDamage) {
  Folder folder;
  std::string bytes = write_five(folder);
  bytes.replace(start_of(4), start_of(5) - start_of(4), start_of(5) - start_of(4), '\0');
  write_bytes(folder.segment(1), bytes);
  expect_refused(folder, start_of(4));
}

TEST(JournalTail, ALastWriteThatReachedTheDiskOutOfOrderIsCutWhole) {
  Folder folder;
  const std::string whole = write_five(folder);
  // Only groups {1} and {2, 3} were begun, and of the second its first record never arrived:
  // record 3 is whole, but its write had not returned.
  std::string bytes = whole.substr(0, start_of(4));
  bytes.replace(start_of(2), 64, 64, '\0');
  write_bytes(folder.segment(1), bytes);
  auto journal = Journal::open(folder.journal(), tight());
  ASSERT_TRUE(journal.has_value()) << journal.error().message;
  EXPECT_EQ(journal.value()->last(), Seq{1});
  EXPECT_EQ(read_bytes(folder.segment(1)), whole.substr(0, start_of(2)));
}

TEST(JournalTail, ARecordOfAnotherJournalIsRefused) {
  Folder folder;
  std::string bytes = write_five(folder);
  Folder other;
  {
    auto journal = Journal::open(other.journal(), tight());
    ASSERT_TRUE(put(*journal.value(), {std::string(30, 'X')}).has_value());
    ASSERT_TRUE(put(*journal.value(), {std::string(40, 'Y')}).has_value());
  }
  const std::string foreign = read_bytes(other.segment(1));
  bytes.replace(start_of(2), start_of(3) - start_of(2),
                foreign.substr(start_of(2), start_of(3) - start_of(2)));
  write_bytes(folder.segment(1), bytes);
  expect_refused(folder, start_of(2));
}

TEST(JournalTail, AMissingRecordIsRefused) {
  Folder folder;
  std::string bytes = write_five(folder);
  bytes.erase(start_of(4), start_of(5) - start_of(4));
  write_bytes(folder.segment(1), bytes);
  expect_refused(folder, start_of(4));
}

}  // namespace
}  // namespace accrue::journal
