#include "journal_support.hpp"

#include "digest/crc32c.hpp"

#include <cstring>

namespace accrue::journal {
namespace {

TEST(Journal, GivesBackWhatWasWrittenInOrder) {
  Folder folder;
  {
    auto journal = Journal::open(folder.journal());
    ASSERT_TRUE(journal.has_value()) << journal.error().message;
    EXPECT_EQ(journal.value()->last(), Seq::none);
    ASSERT_TRUE(put(*journal.value(), {"one", "two"}).has_value());
    ASSERT_TRUE(put(*journal.value(), {"three"}).has_value());
    EXPECT_EQ(journal.value()->last(), Seq{3});
  }
  EXPECT_EQ(read_all(folder.journal()), (std::vector<std::string>{"one", "two", "three"}));
  auto again = Journal::open(folder.journal());
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again.value()->last(), Seq{3});
  EXPECT_EQ(again.value()->bytes_cut(), 0u);
  ASSERT_TRUE(put(*again.value(), {"four"}).has_value());
  EXPECT_EQ(read_all(folder.journal()).size(), 4u);
}

TEST(Journal, ChainsRecordsAsTheFormatSays) {
  Folder folder;
  auto journal = Journal::open(folder.journal());
  ASSERT_TRUE(put(*journal.value(), {"one", "two"}).has_value());
  using namespace std::string_literals;
  const Digest first = sha256(std::string(32, '\0') + "\0\0\0\0\0\0\0\1"s + "one");
  const Digest second = sha256(std::string(bytes_of(first)) + "\0\0\0\0\0\0\0\2"s + "two");
  EXPECT_EQ(journal.value()->chain(), second);
}

TEST(Journal, LaysRecordsOutAsTheFormatSays) {
  Folder folder;
  auto journal = Journal::open(folder.journal(), tight());
  ASSERT_TRUE(put(*journal.value(), {"first"}).has_value());
  ASSERT_TRUE(put(*journal.value(), {"abc", "hello"}).has_value());
  const std::string bytes = read_bytes(folder.segment(1));
  ASSERT_EQ(bytes.size(), 64u + 64 + 64 + 64);
  EXPECT_EQ(bytes.substr(0, 8), "ACCRUEJL");
  const std::string record = bytes.substr(192);  // The third.
  const auto number = [&record](std::size_t at, std::size_t size) {
    std::uint64_t value = 0;
    std::memcpy(&value, record.data() + at, size);
    return value;
  };
  EXPECT_EQ(number(0, 4), 5u);
  EXPECT_EQ(number(4, 4), crc32c(record.substr(0, 4) + record.substr(8)));
  EXPECT_EQ(number(8, 8), 3u);
  EXPECT_EQ(number(16, 8), 2u) << "its group began with record 2";
  EXPECT_EQ(record.substr(24, 32), bytes_of(journal.value()->chain()));
  EXPECT_EQ(record.substr(56), std::string("hello\0\0\0", 8));
}

TEST(Journal, RefusesASecondWriterOfTheSameFolder) {
  Folder folder;
  auto journal = Journal::open(folder.journal());
  ASSERT_TRUE(journal.has_value());
  const auto second = Journal::open(folder.journal());
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
  EXPECT_NE(second.error().message.find("in use"), std::string::npos);
  journal.value().reset();
  EXPECT_TRUE(Journal::open(folder.journal()).has_value());
}

TEST(Journal, RollsOverToNewSegmentsNamedByTheirFirstRecord) {
  Folder folder;
  Options options;
  options.segment_bytes = 300;
  {
    auto journal = Journal::open(folder.journal(), options);
    for (int i = 1; i <= 10; ++i) {
      ASSERT_TRUE(put(*journal.value(), {std::string(100, 'a')}).has_value());
    }
  }
  // 64 + 2 * 160 passes 300: two records a segment.
  for (const std::uint64_t first : {1u, 3u, 5u, 7u, 9u}) {
    ASSERT_TRUE(std::filesystem::exists(folder.segment(first))) << first;
    if (first < 9) {
      EXPECT_EQ(std::filesystem::file_size(folder.segment(first)), 64u + 320);
    }
  }
  EXPECT_EQ(read_all(folder.journal()).size(), 10u);
  auto again = Journal::open(folder.journal(), options);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again.value()->last(), Seq{10});
}

/// Ten records, two a segment.
Options write_ten(const Folder& folder) {
  Options options;
  options.segment_bytes = 300;
  auto journal = Journal::open(folder.journal(), options);
  for (int i = 1; i <= 10; ++i) {
    EXPECT_TRUE(put(*journal.value(), {std::string(100, 'a')}).has_value());
  }
  return options;
}

TEST(Journal, ASegmentMissingInTheMiddleIsRefused) {
  Folder folder;
  const Options options = write_ten(folder);
  std::filesystem::remove(folder.segment(5));
  const auto opened = Journal::open(folder.journal(), options);
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
  const std::string& told = opened.error().message;
  EXPECT_NE(told.find("ends with record 4"), std::string::npos) << told;
  EXPECT_NE(told.find("begins with record 7"), std::string::npos) << told;
}

TEST(Journal, ASegmentCutShortInTheMiddleIsRefusedWhereverItWasCut) {
  Folder folder;
  const Options options = write_ten(folder);
  const std::string whole = read_bytes(folder.segment(5));
  for (std::size_t size = kHeader; size < whole.size(); ++size) {
    write_bytes(folder.segment(5), whole.substr(0, size));
    const auto opened = Journal::open(folder.journal(), options);
    ASSERT_FALSE(opened.has_value()) << size;
    EXPECT_NE(opened.error().message.find(folder.segment(5).string()), std::string::npos) << size;
  }
  write_bytes(folder.segment(5), whole);
  EXPECT_TRUE(Journal::open(folder.journal(), options).has_value());
}

TEST(Journal, ASegmentOfAnotherJournalInTheMiddleIsRefused) {
  Folder folder;
  const Options options = write_ten(folder);
  Folder other;
  auto journal = Journal::open(other.journal(), options);
  for (int i = 1; i <= 7; ++i) {
    ASSERT_TRUE(put(*journal.value(), {std::string(100, 'b')}).has_value());
  }
  std::filesystem::copy_file(other.segment(5), folder.segment(5),
                             std::filesystem::copy_options::overwrite_existing);
  const auto opened = Journal::open(folder.journal(), options);
  ASSERT_FALSE(opened.has_value());
  EXPECT_NE(opened.error().message.find("chain hash"), std::string::npos);
}

TEST(Journal, TheOldestSegmentsMayBeMovedAway) {
  Folder folder;
  const Options options = write_ten(folder);
  std::filesystem::remove(folder.segment(1));
  std::filesystem::remove(folder.segment(3));
  EXPECT_EQ(Journal::open(folder.journal(), options).value()->last(), Seq{10});
}

TEST(Journal, ARecordLargerThanTheUsualEndsASegmentAsWell) {
  Folder folder;
  Options options;
  options.segment_bytes = 300;
  {
    auto journal = Journal::open(folder.journal(), options);
    ASSERT_TRUE(put(*journal.value(), {"a", std::string(1'000'000, 'z')}).has_value());
    ASSERT_TRUE(put(*journal.value(), {"b"}).has_value());
  }
  const auto opened = Journal::open(folder.journal(), options);
  EXPECT_TRUE(opened.has_value()) << opened.error().message;
}

TEST(Journal, AGroupIsNeverSplitOverSegments) {
  Folder folder;
  Options options;
  options.segment_bytes = 100;
  auto journal = Journal::open(folder.journal(), options);
  const std::vector<std::string> many(50, std::string(200, 'b'));
  ASSERT_TRUE(put(*journal.value(), many).has_value());
  ASSERT_TRUE(put(*journal.value(), {"next"}).has_value());
  EXPECT_TRUE(std::filesystem::exists(folder.segment(51)));
  EXPECT_EQ(read_all(folder.journal()).size(), 51u);
}

TEST(Journal, AnEmptyGroupWritesNothing) {
  Folder folder;
  auto journal = Journal::open(folder.journal(), tight());
  ASSERT_TRUE(journal.value()->write(Group()).has_value());
  EXPECT_EQ(journal.value()->last(), Seq::none);
  EXPECT_EQ(std::filesystem::file_size(folder.segment(1)), kHeader);
}

TEST(Journal, TakesTheLargestPayloadThereIs) {
  Folder folder;
  const std::string large(kMaxPayload, 'z');
  auto journal = Journal::open(folder.journal());
  ASSERT_TRUE(put(*journal.value(), {"a", large, "b"}).has_value());
  EXPECT_EQ(read_all(folder.journal()), (std::vector<std::string>{"a", large, "b"}));
}

TEST(Journal, AGroupKeepsItsPayloadsApart) {
  Group group;
  EXPECT_TRUE(group.empty());
  group.add("one");
  group.add("seven");
  EXPECT_EQ(group.size(), 2u);
  EXPECT_EQ(group.bytes(), 8u);
  EXPECT_EQ(group.payload(0), "one");
  EXPECT_EQ(group.payload(1), "seven");
  group.clear();
  EXPECT_TRUE(group.empty());
  EXPECT_EQ(group.bytes(), 0u);
}

TEST(Journal, SaysWhichFileHasNoBusinessInItsFolder) {
  Folder folder;
  ASSERT_TRUE(Journal::open(folder.journal()).has_value());
  write_bytes(folder.journal() / "backup.journal", "x");
  const auto opened = Journal::open(folder.journal());
  ASSERT_FALSE(opened.has_value());
  EXPECT_NE(opened.error().message.find("backup.journal"), std::string::npos);
}

TEST(Journal, AFileLeftByACrashWhileItWasCreatedDoesNoHarm) {
  Folder folder;
  ASSERT_TRUE(Journal::open(folder.journal()).has_value());
  write_bytes(folder.segment(1).string() + ".new", "ACC");
  std::filesystem::remove(folder.segment(1));
  auto journal = Journal::open(folder.journal());
  ASSERT_TRUE(journal.has_value()) << journal.error().message;
  ASSERT_TRUE(put(*journal.value(), {"a"}).has_value());
  EXPECT_EQ(read_all(folder.journal()), (std::vector<std::string>{"a"}));
}

TEST(Journal, RefusesAFormatNewerThanItself) {
  Folder folder;
  ASSERT_TRUE(Journal::open(folder.journal(), tight()).has_value());
  std::string bytes = read_bytes(folder.segment(1));
  bytes[8] = 2;
  const std::uint32_t crc = crc32c(bytes.substr(16), crc32c(bytes.substr(0, 12)));
  std::memcpy(bytes.data() + 12, &crc, sizeof crc);
  write_bytes(folder.segment(1), bytes);
  const auto opened = Journal::open(folder.journal());
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().code, ErrorCode::unsupported);
  EXPECT_NE(opened.error().message.find("version 2"), std::string::npos);
}

}  // namespace
}  // namespace accrue::journal
