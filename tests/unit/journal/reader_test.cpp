#include "journal_support.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

namespace accrue::journal {
namespace {

Options small_segments() {
  Options options;
  options.segment_bytes = 2000;
  options.extend_bytes = 1000;
  return options;
}

std::string payload_of(std::uint64_t number) {
  return "payload " + std::to_string(number) + std::string(number % 97, '.');
}

TEST(JournalReader, BeginsWithTheRecordAskedFor) {
  Folder folder;
  auto journal = Journal::open(folder.journal(), small_segments());
  for (std::uint64_t i = 1; i <= 200; ++i) {
    ASSERT_TRUE(put(*journal.value(), {payload_of(i)}).has_value());
  }
  for (std::uint64_t from = 1; from <= 200; ++from) {
    auto reader = Reader::open(folder.journal(), static_cast<Seq>(from));
    ASSERT_TRUE(reader.has_value());
    const auto record = reader.value().next();
    ASSERT_TRUE(record.has_value() && record.value().has_value()) << from;
    EXPECT_EQ(value_of(record.value()->seq), from);
    EXPECT_EQ(record.value()->payload, payload_of(from));
  }
}

TEST(JournalReader, GivesTheChainOfEachRecord) {
  Folder folder;
  auto journal = Journal::open(folder.journal());
  ASSERT_TRUE(put(*journal.value(), {"only"}).has_value());
  auto reader = Reader::open(folder.journal(), Seq{1});
  EXPECT_EQ(reader.value().next().value()->chain, journal.value()->chain());
}

TEST(JournalReader, WaitsForRecordsThatAreNotThereYet) {
  Folder folder;
  auto journal = Journal::open(folder.journal());
  auto reader = Reader::open(folder.journal(), Seq{2});
  ASSERT_TRUE(reader.has_value());
  EXPECT_FALSE(reader.value().next().value().has_value());
  ASSERT_TRUE(put(*journal.value(), {"one"}).has_value());
  EXPECT_FALSE(reader.value().next().value().has_value());
  ASSERT_TRUE(put(*journal.value(), {"two"}).has_value());
  const auto record = reader.value().next();
  ASSERT_TRUE(record.value().has_value());
  EXPECT_EQ(record.value()->payload, "two");
  EXPECT_FALSE(reader.value().next().value().has_value());
}

TEST(JournalReader, FollowsALiveWriterOverManySegments) {
  Folder folder;
  constexpr std::uint64_t kRecords = 2000;
  auto journal = Journal::open(folder.journal(), small_segments());
  ASSERT_TRUE(journal.has_value());
  std::atomic<std::uint64_t> durable{0};
  std::thread writer([&] { write_groups(*journal.value(), kRecords, durable, payload_of); });
  auto reader = Reader::open(folder.journal(), Seq::none);
  ASSERT_TRUE(reader.has_value());
  std::uint64_t seen = 0;
  while (seen < kRecords) {
    const std::uint64_t bound = durable.load();
    // Looks beyond the bound now and then, as a careless reader would.
    const auto record = reader.value().next();
    ASSERT_TRUE(record.has_value()) << record.error().message;
    if (!record.value()) {
      ASSERT_GE(seen, bound) << "a durable record was not given";
      std::this_thread::yield();
      continue;
    }
    ++seen;
    ASSERT_EQ(value_of(record.value()->seq), seen);
    ASSERT_EQ(record.value()->payload, payload_of(seen));
  }
  writer.join();
}

TEST(JournalReader, SaysWhereADamagedRecordLies) {
  Folder folder;
  {
    auto journal = Journal::open(folder.journal(), small_segments());
    for (std::uint64_t i = 1; i <= 100; ++i) {
      ASSERT_TRUE(put(*journal.value(), {payload_of(i)}).has_value());
    }
  }
  flip(folder.segment(1), kHeader + on_disk(payload_of(1).size()) + 60);
  auto reader = Reader::open(folder.journal(), Seq::none);
  ASSERT_TRUE(reader.value().next().value().has_value());
  for (int again = 0; again < 2; ++again) {
    const auto second = reader.value().next();
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, ErrorCode::corrupt);
    EXPECT_NE(second.error().message.find("byte 136:"), std::string::npos)
        << second.error().message;  // 64 + 72
  }
}

TEST(JournalReader, NoticesAMissingSegment) {
  Folder folder;
  {
    auto journal = Journal::open(folder.journal(), small_segments());
    for (std::uint64_t i = 1; i <= 100; ++i) {
      ASSERT_TRUE(put(*journal.value(), {payload_of(i)}).has_value());
    }
  }
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder.journal())) {
    if (entry.path().extension() == ".journal") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  ASSERT_GE(files.size(), 3u);
  std::filesystem::remove(files[1]);
  auto reader = Reader::open(folder.journal(), Seq::none);
  for (;;) {
    const auto record = reader.value().next();
    if (!record) {
      EXPECT_EQ(record.error().code, ErrorCode::corrupt);
      EXPECT_NE(record.error().message.find(files[2].filename().string()), std::string::npos);
      return;
    }
    ASSERT_TRUE(record.value().has_value()) << "the gap was taken for the end";
  }
}

TEST(JournalReader, RefusesAFolderWithoutAJournalAndRecordsTooOld) {
  Folder folder;
  EXPECT_EQ(Reader::open(folder.journal(), Seq{1}).error().code, ErrorCode::not_found);
  {
    auto journal = Journal::open(folder.journal(), small_segments());
    for (std::uint64_t i = 1; i <= 100; ++i) {
      ASSERT_TRUE(put(*journal.value(), {payload_of(i)}).has_value());
    }
  }
  std::filesystem::remove(folder.segment(1));
  const auto old = Reader::open(folder.journal(), Seq{1});
  ASSERT_FALSE(old.has_value());
  EXPECT_EQ(old.error().code, ErrorCode::not_found);
  EXPECT_TRUE(Reader::open(folder.journal(), Seq::none).has_value());
}

}  // namespace
}  // namespace accrue::journal
