// Packing that fails or is cut off at any step loses nothing, and damage in a packed segment is
// told.
#include "faulty_disk.hpp"
#include "journal/blocks.hpp"
#include "journal/verify.hpp"
#include "packed_support.hpp"
#include "support/real_disk.hpp"

namespace accrue::journal {
namespace {

/// Three segments of some 40 records; all but the newest may be packed.
std::uint64_t write_three(const Folder& folder) {
  auto journal = Journal::open(folder.journal(), segments_of(60'000));
  while (list_segments(folder.journal()).value().size() < 3) write_records(*journal.value(), 20);
  return value_of(journal.value()->last());
}

/// Packs until something fails.
void pack_with(const Folder& folder, Disk& disk) {
  for (const auto& segment : packable(folder.journal(), Seq{1000}).value()) {
    if (!pack(segment, always, disk)) return;
  }
}

void expect_whole(const Folder& folder, std::uint64_t records) {
  const auto report = verify(folder.journal());
  ASSERT_TRUE(report.has_value()) << report.error().message;
  ASSERT_FALSE(report.value().damage) << report.value().damage->message;
  ASSERT_EQ(report.value().records, records);
  expect_all_read(folder, records);
}

TEST(JournalPackCrash, APowerCutAtAnyStepLosesNothingAndPackingIsDoneAnew) {
  std::mt19937 random(2026);
  int cuts = 0;
  for (int round = 0; round < 6; ++round) {
    for (int fail_at = 1;; ++fail_at, ++cuts) {
      SCOPED_TRACE("round " + std::to_string(round) + ", operation " + std::to_string(fail_at));
      Folder folder;
      const std::uint64_t records = write_three(folder);
      FaultyDisk disk(fail_at, ErrorCode::internal, true);
      pack_with(folder, disk);
      const bool failed = disk.failed();
      disk.lose_power(random);
      expect_whole(folder, records);
      ASSERT_TRUE(Journal::open(folder.journal()).has_value());
      pack_all(folder.journal());
      expect_whole(folder, records);
      ASSERT_TRUE(packable(folder.journal(), Seq{1000}).value().empty());
      if (HasFatalFailure()) return;
      if (!failed) break;
    }
  }
  EXPECT_GT(cuts, 6 * 10) << "the test should have met every operation of packing two segments";
}

/// Stores one bit of the first block other than it was given.
class LyingDisk final : public test::RealDisk {
 public:
  Result<std::unique_ptr<File>> create(const std::filesystem::path& path) override {
    auto made = RealDisk::create(path);
    if (!made) return made.error();
    return std::unique_ptr<File>(std::make_unique<LyingFile>(std::move(made.value())));
  }

 private:
  struct LyingFile final : test::RealFile {
    using RealFile::RealFile;
    Result<void> write(std::uint64_t offset, std::string_view bytes) override {
      std::string stored(bytes);
      if (offset == 0) stored[300] ^= 1;
      return RealFile::write(offset, stored);
    }
  };
};

TEST(JournalPackCrash, ACopyThatIsNotWhatWasWrittenIsNoDamageToTheSegment) {
  Folder folder;
  const std::uint64_t records = write_three(folder);
  const auto segment = packable(folder.journal(), Seq{1000}).value().front();
  LyingDisk disk;
  const auto done = pack(segment, always, disk);
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code, ErrorCode::internal) << "corrupt would say: restore the segment";
  EXPECT_NE(done.error().message.find("the plain segment stays"), std::string::npos);
  EXPECT_TRUE(std::filesystem::exists(segment.path));
  expect_whole(folder, records);
}

TEST(JournalPackCrash, APackedFileUnderAnotherSegmentsNameIsDamage) {
  Folder folder;
  write_three(folder);
  pack_all(folder.journal());
  const auto segments = list_segments(folder.journal()).value();
  std::filesystem::copy_file(segments[1].path, segments[0].path,
                             std::filesystem::copy_options::overwrite_existing);
  auto lookup = Lookup::open(folder.journal());
  const auto found = lookup.value().find(Seq{1});
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().code, ErrorCode::corrupt);
  EXPECT_NE(found.error().message.find(segments[0].path.string()), std::string::npos);
  EXPECT_FALSE(Journal::open(folder.journal()).has_value());
}

TEST(JournalPackCrash, AFullDiskAtAnyStepLeavesThePlainSegmentAndTakesNoSpace) {
  for (int fail_at = 1;; ++fail_at) {
    SCOPED_TRACE("operation " + std::to_string(fail_at));
    Folder folder;
    const std::uint64_t records = write_three(folder);
    FaultyDisk disk(fail_at, ErrorCode::exhausted, false);
    const auto segment = packable(folder.journal(), Seq{1000}).value().front();
    const auto done = pack(segment, always, disk);
    if (!disk.failed()) break;
    ASSERT_FALSE(done.has_value());
    EXPECT_EQ(done.error().code, ErrorCode::exhausted);
    EXPECT_TRUE(std::filesystem::exists(segment.path));
    EXPECT_FALSE(std::filesystem::exists(packed_of(folder, 1).string() + ".new"));
    ASSERT_TRUE(pack(segment, always, disk).value().has_value()) << "done when there is room again";
    EXPECT_FALSE(std::filesystem::exists(segment.path));
    expect_whole(folder, records);
    ASSERT_FALSE(HasFatalFailure());
  }
}

TEST(JournalPackDamage, ADamagedSegmentIsNotPackedAndItsPlaceIsTold) {
  for (const std::size_t at : {std::size_t{70}, std::size_t{64 + 30}, std::size_t{64 + 60}}) {
    Folder folder;
    write_three(folder);
    flip(folder.segment(1), at);
    const std::string before = read_bytes(folder.segment(1));
    const auto done = pack(packable(folder.journal(), Seq{1000}).value().front(), always);
    ASSERT_FALSE(done.has_value());
    EXPECT_EQ(done.error().code, ErrorCode::corrupt);
    EXPECT_NE(done.error().message.find("byte 64:"), std::string::npos) << done.error().message;
    EXPECT_EQ(read_bytes(folder.segment(1)), before);
    EXPECT_FALSE(std::filesystem::exists(packed_of(folder, 1)));
  }
}

TEST(JournalPackDamage, ASegmentCutShortOrWhoseNextOneIsMissingIsNotPacked) {
  Folder folder;
  write_three(folder);
  const auto segments = list_segments(folder.journal()).value();
  const std::string whole = read_bytes(segments[0].path);
  const std::size_t last = on_disk(payload_at(value_of(segments[1].first) - 1).size());
  for (const std::size_t cut : {last, std::size_t{20}, whole.size() - 64}) {
    write_bytes(segments[0].path, whole.substr(0, whole.size() - cut));
    EXPECT_EQ(pack(segments[0], always).error().code, ErrorCode::corrupt) << cut;
  }
  write_bytes(segments[0].path, whole);
  std::filesystem::remove(segments[1].path);
  EXPECT_EQ(pack(segments[0], always).error().code, ErrorCode::corrupt);
}

/// A reader's payloads up to the first error.
std::vector<std::string> read_while_sound(const std::filesystem::path& folder, Error& error) {
  std::vector<std::string> payloads;
  auto reader = Reader::open(folder, Seq{1});
  if (!reader) error = reader.error();
  while (reader) {
    const auto record = reader.value().next();
    if (!record) error = record.error();
    if (!record || !record.value()) break;
    payloads.emplace_back(record.value()->payload);
  }
  return payloads;
}

TEST(JournalPackDamage, AFlippedByteAnywhereIsToldByEverybodyAndGivesNoWrongRecord) {
  Folder folder;
  const std::uint64_t records = write_three(folder);
  pack_all(folder.journal());
  const auto path = packed_of(folder, 1);
  const std::string whole = read_bytes(path);
  for (std::size_t at = 0; at < whole.size(); at += at + 600 < whole.size() ? 97u : 1u) {
    SCOPED_TRACE("byte " + std::to_string(at) + " of " + std::to_string(whole.size()));
    write_bytes(path, whole);
    flip(path, at);
    const auto report = verify(folder.journal());
    ASSERT_TRUE(report.has_value() ? report.value().damage.has_value()
                                   : report.error().code == ErrorCode::unsupported);
    const Error told = report ? *report.value().damage : report.error();
    ASSERT_NE(told.message.find(path.filename().string()), std::string::npos) << told.message;
    Error error;
    const auto found = read_while_sound(folder.journal(), error);
    ASSERT_FALSE(error.message.empty());
    for (std::size_t i = 0; i < found.size(); ++i) ASSERT_EQ(found[i], payload_at(i + 1));
    auto lookup = Lookup::open(folder.journal());
    ASSERT_NE(lookup.value().find(Seq{3}).error().code, ErrorCode::not_found);
    ASSERT_TRUE(lookup.value().find(Seq{records}).has_value());
    write_bytes(path, whole);
    ASSERT_TRUE(lookup.value().find(Seq{3}).has_value()) << "restored, it is found again";
  }
}

TEST(JournalPackDamage, NamesFileAndBlockAndKnowsHowFarTheJournalIsSound) {
  Folder folder;
  auto journal = Journal::open(folder.journal(), segments_of(600'000));
  write_records(*journal.value(), 1500);
  pack_all(folder.journal());
  const auto blocks = Blocks::open(Input::open(packed_of(folder, 1)).value(), Seq{1});
  ASSERT_GE(blocks.value().index().blocks.size(), 3u);
  const Block third = blocks.value().index().blocks[2];
  flip(packed_of(folder, 1), third.at + third.size / 2);
  const auto report = verify(folder.journal()).value();
  ASSERT_TRUE(report.damage);
  const std::string place = "byte " + std::to_string(third.at) + " (block 3, byte " +
                            std::to_string(third.unpacked_at) + " when unpacked):";
  EXPECT_NE(report.damage->message.find(place), std::string::npos) << report.damage->message;
  EXPECT_EQ(next_after(report.last), third.first);
  auto lookup = Lookup::open(folder.journal());
  EXPECT_NE(lookup.value().find(third.first).error().message.find(place), std::string::npos);
  expect_found(lookup.value(), value_of(third.first) - 1);
}

TEST(JournalPackDamage, AWriterRefusesAPackedFileThatWasCutOrIsMissingOrStandsLast) {
  Folder folder;
  write_three(folder);
  pack_all(folder.journal());
  const auto segments = list_segments(folder.journal()).value();
  const std::string whole = read_bytes(segments[0].path);
  for (const std::size_t left : {whole.size() - 1, whole.size() / 2, std::size_t{0}}) {
    write_bytes(segments[0].path, whole.substr(0, left));
    EXPECT_EQ(Journal::open(folder.journal()).error().code, ErrorCode::corrupt) << left;
  }
  write_bytes(segments[0].path, whole);
  ASSERT_TRUE(Journal::open(folder.journal()).has_value());
  const std::string newest = read_bytes(segments[2].path);
  std::filesystem::remove(segments[2].path);
  const auto opened = Journal::open(folder.journal());
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
  const std::string next = "record " + std::to_string(value_of(segments[2].first));
  EXPECT_NE(opened.error().message.find(next), std::string::npos) << opened.error().message;
  EXPECT_TRUE(verify(folder.journal()).value().damage);
  write_bytes(segments[2].path, newest);
  std::filesystem::remove(segments[1].path);
  EXPECT_EQ(Journal::open(folder.journal()).error().code, ErrorCode::corrupt);
  EXPECT_TRUE(verify(folder.journal()).value().damage);
}

}  // namespace
}  // namespace accrue::journal
