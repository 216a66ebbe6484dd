// Closed segments are packed behind everybody's back, and nobody notices but the disk.
#include "pipeline/packer.hpp"
#include "journal/format.hpp"
#include "journal/pack.hpp"
#include "journal/verify.hpp"
#include "road_fixture.hpp"
#include "support/real_disk.hpp"

#include <fstream>

namespace accrue::pipeline {
namespace {

using namespace std::chrono_literals;

class PackerTest : public RoadTest {
 protected:
  RoadOptions quick() const {
    RoadOptions with = options();
    with.packer.look_every = 1ms;
    with.packer.retry_after = 1ms;
    with.reserve_bytes = 0;
    return with;
  }
  void sell(int from, int count) {
    for (int i = from; i < from + count; ++i) {
      ASSERT_EQ(post(test::sale_of(300, "S" + std::to_string(i), "2026-01-06",
                                   "M" + std::to_string(i % 20))),
                Status::posted);
    }
    wait_until_posted();
  }
  /// So many sales in plain segments, and nobody who is at work on them.
  void leave_unpacked(int sales) {
    RoadOptions with = quick();
    with.pack = false;
    open(pounds(), with);
    sell(0, sales);
    close();
  }
  PackerOptions alone() const {
    PackerOptions options;
    options.journal = folder_.path() / "journal";
    options.look_every = options.retry_after = 1ms;
    return options;
  }
  std::vector<journal::Segment> segments() const {
    return journal::list_segments(folder_.path() / "journal").value();
  }
  bool all_packed() const {
    const auto all = segments();
    return std::all_of(all.begin(), std::prev(all.end()),
                       [](const journal::Segment& segment) { return segment.packed; });
  }
  bool wait_for(const std::function<bool()>& what) const {
    for (int i = 0; i < 20'000 && !what(); ++i) std::this_thread::sleep_for(1ms);
    return what();
  }
};

TEST_F(PackerTest, PacksFullSegmentsWhileSalesGoOnAndTheBooksStayAsTheyAre) {
  open(pounds(), quick());
  sell(0, 400);
  ASSERT_GE(segments().size(), 3u);
  EXPECT_TRUE(wait_for([this] { return all_packed(); }));
  EXPECT_FALSE(segments().back().packed);
  const std::string counted =
      "accrue_journal_packed_segments_total " + std::to_string(segments().size() - 1);
  EXPECT_TRUE(wait_for([&] { return metrics_.text().find(counted) != std::string::npos; }));
  const std::string before = hash();
  close();
  std::filesystem::remove_all(DataFolder{folder_.path()}.ledger());
  open(pounds(), quick());
  EXPECT_EQ(hash(), before) << "made anew from packed segments";
  EXPECT_EQ(post(test::sale_of(300, "S3", "2026-01-06", "M3")), Status::duplicate);
  sell(400, 50);
  EXPECT_FALSE(journal::verify(folder_.path() / "journal").value().damage);
}

TEST_F(PackerTest, ASegmentThatTheLedgerDoesNotHaveYetStaysPlain) {
  leave_unpacked(200);
  const auto all = segments();
  ASSERT_GE(all.size(), 3u);
  std::atomic<std::uint64_t> applied{value_of(all[1].first) - 2};
  Packer packer(alone(), metrics_, [&] { return static_cast<Seq>(applied.load()); });
  std::this_thread::sleep_for(50ms);
  EXPECT_FALSE(segments()[0].packed);
  ++applied;
  EXPECT_TRUE(wait_for([this] { return segments()[0].packed; }));
  std::this_thread::sleep_for(50ms);
  EXPECT_FALSE(segments()[1].packed);
}

TEST_F(PackerTest, WhatWasLeftIsPackedAfterTheNextStart) {
  RoadOptions with = quick();
  with.packer.look_every = 1h;
  open(pounds(), with);
  sell(0, 200);
  close();
  EXPECT_FALSE(segments()[0].packed);
  open(pounds(), quick());
  EXPECT_TRUE(wait_for([this] { return all_packed(); }));
}

TEST_F(PackerTest, DamageIsToldOnceAndLeavesTheSegmentWhileOthersArePacked) {
  leave_unpacked(300);
  const auto damaged = segments()[0].path;
  {
    std::fstream file(damaged, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(150);
    file.put('\x7f');
  }
  std::mutex mutex;
  std::vector<Error> told;
  PackerOptions options = alone();
  options.on_error = [&](const Error& error) {
    const std::scoped_lock lock(mutex);
    told.push_back(error);
  };
  Packer packer(options, metrics_, [] { return Seq{100'000}; });
  EXPECT_TRUE(wait_for([&] { return segments()[1].packed; }));
  std::this_thread::sleep_for(50ms);
  packer.stop();
  EXPECT_FALSE(segments()[0].packed);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].code, ErrorCode::corrupt);
  EXPECT_NE(told[0].message.find(damaged.filename().string()), std::string::npos);
}

/// Has no room for new files as long as `full` says so.
class FullDisk final : public test::RealDisk {
 public:
  std::atomic<bool> full{true};
  std::atomic<int> asked{0};
  Result<std::unique_ptr<journal::File>> create(const std::filesystem::path& path) override {
    ++asked;
    if (full) return Error{ErrorCode::exhausted, "no space, as the test asked"};
    return RealDisk::create(path);
  }
};

TEST_F(PackerTest, AFullDiskIsToldOnceAndPackingGoesOnWhenThereIsRoom) {
  leave_unpacked(200);
  FullDisk disk;
  std::atomic<int> told{0};
  PackerOptions options = alone();
  options.disk = &disk;
  options.on_error = [&](const Error& error) {
    if (error.code == ErrorCode::exhausted) ++told;
  };
  Packer packer(options, metrics_, [] { return Seq{100'000}; });
  EXPECT_TRUE(wait_for([&] { return disk.asked > 5; }));
  EXPECT_EQ(told, 1);
  EXPECT_FALSE(segments()[0].packed);
  disk.full = false;
  EXPECT_TRUE(wait_for([this] { return all_packed(); }));
  EXPECT_EQ(told, 1);
}

}  // namespace
}  // namespace accrue::pipeline
