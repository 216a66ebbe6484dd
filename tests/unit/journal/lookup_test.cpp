#include "journal/lookup.hpp"

#include "journal_support.hpp"

#include <atomic>
#include <random>
#include <thread>

namespace accrue::journal {
namespace {

Options small_segments() {
  Options options;
  options.segment_bytes = 20'000;
  options.extend_bytes = 1000;
  return options;
}

std::string payload_of(std::uint64_t number) {
  return "payload " + std::to_string(number) + std::string(number * 31 % 397, '.');
}

void write_records(Journal& journal, std::uint64_t count) {
  const std::uint64_t last = value_of(journal.last());
  for (std::uint64_t i = last + 1; i <= last + count;) {
    Group group;
    for (int size = 0; size < 7 && i <= last + count; ++size) group.add(payload_of(i++));
    ASSERT_TRUE(journal.write(group).has_value());
  }
}

void expect_found(Lookup& lookup, std::uint64_t number) {
  const auto found = lookup.find(static_cast<Seq>(number));
  ASSERT_TRUE(found.has_value()) << found.error().message;
  ASSERT_EQ(value_of(found.value().seq), number);
  ASSERT_EQ(found.value().payload, payload_of(number));
}

TEST(JournalLookup, FindsAnyRecordInAnyOrder) {
  Folder folder;
  auto journal = Journal::open(folder.journal(), small_segments());
  write_records(*journal.value(), 1000);
  auto lookup = Lookup::open(folder.journal());
  ASSERT_TRUE(lookup.has_value()) << lookup.error().message;
  std::mt19937 random(3);
  for (int i = 0; i < 3000; ++i) {
    expect_found(lookup.value(), random() % 1000 + 1);
    if (HasFatalFailure()) return;
  }
}

TEST(JournalLookup, GivesTheChainUpToTheRecord) {
  Folder folder;
  auto journal = Journal::open(folder.journal());
  auto lookup = Lookup::open(folder.journal());
  for (std::uint64_t i = 1; i <= 50; ++i) {
    write_records(*journal.value(), 1);
    const auto found = lookup.value().find(Seq{i});
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found.value().chain, journal.value()->chain());
  }
}

TEST(JournalLookup, WhatIsNotThereYetIsFoundOnceItIs) {
  Folder folder;
  auto lookup = Lookup::open(folder.journal());
  ASSERT_TRUE(lookup.has_value()) << "a journal that is still empty is no error";
  EXPECT_EQ(lookup.value().find(Seq{1}).error().code, ErrorCode::not_found);
  auto journal = Journal::open(folder.journal(), small_segments());
  EXPECT_EQ(lookup.value().find(Seq{1}).error().code, ErrorCode::not_found);
  for (std::uint64_t i = 1; i <= 400; ++i) {
    write_records(*journal.value(), 1);
    expect_found(lookup.value(), i);
    if (HasFatalFailure()) return;
    ASSERT_EQ(lookup.value().find(Seq{i + 1}).error().code, ErrorCode::not_found);
  }
  EXPECT_EQ(lookup.value().find(Seq::none).error().code, ErrorCode::not_found);
}

TEST(JournalLookup, FindsRecordsBesideALiveWriter) {
  Folder folder;
  constexpr std::uint64_t kRecords = 3000;
  auto journal = Journal::open(folder.journal(), small_segments());
  ASSERT_TRUE(journal.has_value());
  std::atomic<std::uint64_t> durable{0};
  std::thread writer([&] { write_groups(*journal.value(), kRecords, durable, payload_of); });
  auto lookup = Lookup::open(folder.journal());
  std::mt19937 random(5);
  for (std::uint64_t bound = 0; bound < kRecords && !HasFatalFailure();) {
    bound = durable.load();
    if (bound == 0) continue;
    expect_found(lookup.value(), bound);
    expect_found(lookup.value(), random() % bound + 1);
  }
  writer.join();
}

TEST(JournalLookup, SaysWhereADamagedRecordLiesAndStillFindsTheOthers) {
  Folder folder;
  auto journal = Journal::open(folder.journal(), small_segments());
  write_records(*journal.value(), 10);
  flip(folder.segment(1), kHeader + on_disk(payload_of(1).size()) + 60);
  auto lookup = Lookup::open(folder.journal());
  for (int again = 0; again < 2; ++again) {
    const auto second = lookup.value().find(Seq{2});
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, ErrorCode::corrupt);
    const std::string place =
        "byte " + std::to_string(kHeader + on_disk(payload_of(1).size())) + ":";
    EXPECT_NE(second.error().message.find(place), std::string::npos) << second.error().message;
    EXPECT_NE(second.error().message.find(folder.segment(1).string()), std::string::npos);
    expect_found(lookup.value(), 1);
    expect_found(lookup.value(), 10);
  }
}

TEST(JournalLookup, WhatWasReadWhileItWasHalfWrittenIsReadAgainOnceTheSegmentIsClosed) {
  Folder folder;
  auto journal = Journal::open(folder.journal(), small_segments());
  write_records(*journal.value(), 200);
  auto lookup = Lookup::open(folder.journal());
  const auto segments = list_segments(folder.journal()).value();
  const std::uint64_t last = value_of(journal.value()->last());
  std::size_t end = kHeader;
  for (std::uint64_t i = value_of(segments.back().first); i <= last; ++i) {
    end += on_disk(payload_of(i).size());
  }
  expect_found(lookup.value(), 1);
  std::string bytes = read_bytes(segments.back().path);
  bytes[end] = 9;      // A length, and
  bytes[end + 9] = 1;  // a wrong number: the front of a record that is being written.
  write_bytes(segments.back().path, bytes);
  expect_found(lookup.value(), last);
  write_records(*journal.value(), 200);
  std::filesystem::remove(segments[1].path);
  EXPECT_FALSE(lookup.value().find(segments[1].first).has_value()) << "it lists the folder again";
  expect_found(lookup.value(), last + 1);
}

TEST(JournalLookup, AMissingSegmentIsDamageAndOneMovedAwayIsNot) {
  Folder folder;
  auto journal = Journal::open(folder.journal(), small_segments());
  write_records(*journal.value(), 400);
  auto lookup = Lookup::open(folder.journal());
  const auto segments = list_segments(folder.journal()).value();
  ASSERT_GE(segments.size(), 4u);
  const Seq lost = segments[2].first;
  std::filesystem::remove(segments[2].path);
  const auto gone = lookup.value().find(lost);
  ASSERT_FALSE(gone.has_value());
  EXPECT_EQ(gone.error().code, ErrorCode::corrupt);
  std::filesystem::remove(segments[0].path);
  EXPECT_EQ(lookup.value().find(Seq{1}).error().code, ErrorCode::not_found);
  expect_found(lookup.value(), value_of(segments[1].first));
  expect_found(lookup.value(), 400);
}

}  // namespace
}  // namespace accrue::journal
