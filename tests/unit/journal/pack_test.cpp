// Packed segments hold what the plain ones did, for everybody who reads a journal.
#include "faulty_disk.hpp"
#include "journal/source.hpp"
#include "journal/verify.hpp"
#include "packed_support.hpp"

#include <zstd.h>

#include <atomic>
#include <thread>

namespace accrue::journal {
namespace {

constexpr std::uint64_t kSegment = 400'000;

/// A journal of 1,500 records in several segments of several blocks each.
std::unique_ptr<Journal> write_many(const Folder& folder) {
  auto journal = Journal::open(folder.journal(), segments_of(kSegment));
  EXPECT_TRUE(journal.has_value());
  write_records(*journal.value(), 1500);
  return std::move(journal.value());
}

TEST(JournalPack, APackedJournalReadsTheSameFromAnyRecord) {
  Folder folder;
  const auto journal = write_many(folder);
  EXPECT_GE(pack_all(folder.journal()), 3u);
  expect_all_read(folder, 1500);
  for (std::uint64_t from = 1; from <= 1500; from += 41) {
    auto reader = Reader::open(folder.journal(), Seq{from});
    ASSERT_TRUE(reader.has_value());
    const auto record = reader.value().next();
    ASSERT_TRUE(record.has_value() && record.value());
    EXPECT_EQ(value_of(record.value()->seq), from);
    EXPECT_EQ(record.value()->payload, payload_at(from));
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(record.value()->payload.data()) % 8, 0u);
  }
}

TEST(JournalPack, IsOfAllSegmentsButTheNewestAndNoneThatHoldsWhatIsNotPosted) {
  Folder folder;
  const auto journal = write_many(folder);
  const auto segments = list_segments(folder.journal()).value();
  ASSERT_GE(segments.size(), 4u);
  const std::uint64_t third = value_of(segments[2].first);
  EXPECT_EQ(packable(folder.journal(), Seq{third - 2}).value().size(), 1u);
  EXPECT_EQ(packable(folder.journal(), Seq{third - 1}).value().size(), 2u);
  EXPECT_EQ(packable(folder.journal(), Seq{1500}).value().size(), segments.size() - 1);
  pack_all(folder.journal());
  EXPECT_TRUE(packable(folder.journal(), Seq{1500}).value().empty());
  const auto left = list_segments(folder.journal()).value();
  ASSERT_EQ(left.size(), segments.size());
  for (std::size_t i = 0; i < left.size(); ++i) EXPECT_EQ(left[i].packed, i + 1 < left.size());
}

TEST(JournalPack, TheZstdToolUnpacksAPackedFileToThePlainOne) {
  Folder folder;
  const auto journal = write_many(folder);
  const std::string plain = read_bytes(folder.segment(1));
  pack_all(folder.journal());
  EXPECT_FALSE(std::filesystem::exists(folder.segment(1)));
  const std::string packed = read_bytes(packed_of(folder, 1));
  EXPECT_LT(packed.size(), plain.size() / 2);
  std::string unpacked(plain.size() + 1, '\0');
  const auto size = ZSTD_decompress(unpacked.data(), unpacked.size(), packed.data(), packed.size());
  ASSERT_EQ(ZSTD_isError(size), 0u) << ZSTD_getErrorName(size);
  unpacked.resize(size);
  EXPECT_EQ(unpacked, plain);
}

TEST(JournalPack, TellsWhatWasSavedAndPacksNoZeros) {
  Folder folder;
  const auto journal = write_many(folder);
  const std::uint64_t plain = std::filesystem::file_size(folder.segment(1));
  {
    std::ofstream zeros(folder.segment(1), std::ios::app | std::ios::binary);
    zeros << std::string(10'000, '\0');
  }
  const auto segments = packable(folder.journal(), Seq{1500}).value();
  const auto done = pack(segments.front(), always);
  ASSERT_TRUE(done.has_value() && done.value());
  EXPECT_EQ(done.value()->plain_bytes, plain + 10'000);
  EXPECT_EQ(done.value()->packed_bytes, std::filesystem::file_size(packed_of(folder, 1)));
  EXPECT_EQ(done.value()->records, value_of(segments[1].first) - 1);
  EXPECT_EQ(Source::open({Seq{1}, packed_of(folder, 1), true}).value()->size().value(), plain);
}

TEST(JournalPack, VerifyFindsAPackedJournalAsSoundAsThePlainOne) {
  Folder folder;
  const auto journal = write_many(folder);
  const auto plain = verify(folder.journal()).value();
  pack_all(folder.journal());
  std::uint64_t done = 0, total = 0;
  const auto packed = verify(folder.journal(), [&](std::uint64_t d, std::uint64_t t) {
    EXPECT_GE(d, done);
    done = d;
    total = t;
  });
  ASSERT_TRUE(packed.has_value());
  EXPECT_FALSE(packed.value().damage) << packed.value().damage->message;
  EXPECT_EQ(packed.value().chain, journal->chain());
  EXPECT_EQ(packed.value().records, 1500u);
  EXPECT_EQ(packed.value().segments, plain.segments);
  EXPECT_EQ(packed.value().bytes, plain.bytes);
  EXPECT_EQ(done, total);
}

TEST(JournalPack, TheWriterOpensAPackedJournalAndGoesOn) {
  Folder folder;
  auto journal = write_many(folder);
  pack_all(folder.journal());
  journal.reset();
  auto again = Journal::open(folder.journal(), segments_of(kSegment));
  ASSERT_TRUE(again.has_value()) << again.error().message;
  EXPECT_EQ(again.value()->last(), Seq{1500});
  write_records(*again.value(), 500);
  pack_all(folder.journal());
  expect_all_read(folder, 2000);
  EXPECT_FALSE(verify(folder.journal()).value().damage);
}

TEST(JournalPack, StopsWhenToldToAndLeavesNothingBehind) {
  Folder folder;
  const auto journal = write_many(folder);
  const auto segments = packable(folder.journal(), Seq{1500}).value();
  for (int answers = 0;; ++answers) {
    int asked = 0;
    const auto done = pack(segments.front(), [&] { return asked++ < answers; });
    ASSERT_TRUE(done.has_value());
    EXPECT_FALSE(std::filesystem::exists(packed_of(folder, 1).string() + ".new"));
    EXPECT_EQ(std::filesystem::exists(packed_of(folder, 1)), done.value().has_value());
    if (!done.value()) continue;
    EXPECT_GE(answers, 3) << "asked after each block";
    break;
  }
  expect_all_read(folder, 1500);
}

TEST(JournalPack, ASegmentThatIsMovedAwayMeanwhileDoesNotComeBack) {
  Folder folder;
  const auto journal = write_many(folder);
  const auto segment = packable(folder.journal(), Seq{1500}).value().front();
  const auto done = pack(segment, [&] {
    std::filesystem::remove(segment.path);
    return true;
  });
  ASSERT_TRUE(done.has_value()) << done.error().message;
  EXPECT_FALSE(done.value().has_value());
  EXPECT_FALSE(std::filesystem::exists(packed_of(folder, 1)));
  EXPECT_FALSE(std::filesystem::exists(packed_of(folder, 1).string() + ".new"));
}

TEST(JournalPack, OfASegmentThatIsThereTwiceThePlainOneCounts) {
  Folder folder;
  auto journal = write_many(folder);
  const std::string plain = read_bytes(folder.segment(1));
  pack_all(folder.journal());
  write_bytes(folder.segment(1), plain);
  flip(packed_of(folder, 1), 1000);
  expect_all_read(folder, 1500);
  EXPECT_FALSE(verify(folder.journal()).value().damage);
  journal.reset();
  ASSERT_TRUE(Journal::open(folder.journal()).has_value());
  EXPECT_EQ(pack_all(folder.journal()), 1u) << "it is packed anew";
  EXPECT_FALSE(std::filesystem::exists(folder.segment(1)));
  EXPECT_FALSE(verify(folder.journal()).value().damage);
}

TEST(JournalPack, ReadersAndLookupsFollowWhileAWriterWritesAndAPackerPacks) {
  Folder folder;
  constexpr std::uint64_t kRecords = 4000;
  auto journal = Journal::open(folder.journal(), segments_of(kSegment));
  std::atomic<std::uint64_t> durable{0};
  std::atomic<bool> written{false};
  std::thread writer([&] {
    while (value_of(journal.value()->last()) < kRecords) {
      write_records(*journal.value(), 40);
      durable.store(value_of(journal.value()->last()));
    }
    written = true;
  });
  std::size_t packed = 0;
  std::thread packer([&] {
    while (!written.load()) packed += pack_all(folder.journal());
  });
  std::thread seeker([&] {
    auto lookup = Lookup::open(folder.journal());
    std::mt19937 random(7);
    while (!written.load() && !testing::Test::HasFatalFailure()) {
      const std::uint64_t bound = durable.load();
      for (int i = 0; i < 10 && bound > 0; ++i) expect_found(lookup.value(), random() % bound + 1);
    }
  });
  auto reader = Reader::open(folder.journal(), Seq::none);
  for (std::uint64_t seen = 0; seen < kRecords;) {
    const auto record = reader.value().next();
    ASSERT_TRUE(record.has_value()) << record.error().message;
    if (!record.value()) continue;
    ASSERT_EQ(value_of(record.value()->seq), ++seen);
    ASSERT_EQ(record.value()->payload, payload_at(seen));
  }
  for (std::thread* thread : {&writer, &packer, &seeker}) thread->join();
  EXPECT_GE(packed, 3u);
  EXPECT_FALSE(verify(folder.journal()).value().damage);
}

TEST(JournalPack, VerifyMayRunWhileSegmentsArePacked) {
  Folder folder;
  const auto journal = write_many(folder);
  std::thread packer([&] { pack_all(folder.journal()); });
  for (int i = 0; i < 20; ++i) {
    const auto report = verify(folder.journal());
    ASSERT_TRUE(report.has_value()) << report.error().message;
    ASSERT_FALSE(report.value().damage) << report.value().damage->message;
    ASSERT_EQ(report.value().records, 1500u);
  }
  packer.join();
}

TEST(JournalPack, AnyMixOfPlainAndPackedSegmentsReadsTheSame) {
  std::mt19937 random(11);
  for (int round = 0; round < 12; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    Folder folder;
    auto journal = Journal::open(folder.journal(), segments_of(20'000 + random() % 400'000));
    std::uint64_t written = 0;
    std::optional<Lookup> lookup(std::move(Lookup::open(folder.journal()).value()));
    for (int step = 0; step < 12; ++step) {
      const std::uint64_t more = random() % 200 + 1;
      write_records(*journal.value(), more);
      written += more;
      for (const auto& segment : packable(folder.journal(), Seq{random() % written + 1}).value()) {
        if (random() % 2 == 0) continue;
        ASSERT_TRUE(pack(segment, always).value().has_value());
      }
      if (random() % 4 == 0) lookup = std::move(Lookup::open(folder.journal()).value());
      for (int i = 0; i < 25; ++i) expect_found(*lookup, random() % written + 1);
      const std::uint64_t near = random() % written + 1;
      for (std::uint64_t i = near; i <= std::min(written, near + 30); ++i) expect_found(*lookup, i);
      EXPECT_EQ(lookup->find(Seq{written + 1}).error().code, ErrorCode::not_found);
      expect_all_read(folder, written, random() % written + 1);
      if (HasFatalFailure()) return;
    }
    EXPECT_FALSE(verify(folder.journal()).value().damage);
  }
}

}  // namespace
}  // namespace accrue::journal
