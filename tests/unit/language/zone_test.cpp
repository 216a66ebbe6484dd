#include <accrue/time.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>
#include <vector>

namespace accrue {
namespace {

std::shared_ptr<const Zone> zone(std::string_view name) { return find_zone(name).value(); }
Timestamp at(std::string_view text) { return parse_timestamp(text).value(); }
LocalTime local(std::string_view text) { return parse_local_time(text).value(); }

TEST(Utc, IsItsOwnLocalTime) {
  EXPECT_EQ(zone("UTC")->to_local(at("2026-06-01T12:00:00.999Z")), local("2026-06-01T12:00:00"));
  EXPECT_EQ(zone("UTC")->to_instant(local("2026-06-01T12:00:00")), at("2026-06-01T12:00:00Z"));
  EXPECT_EQ(zone("UTC")->name(), "UTC");
}

TEST(London, IsAnHourAheadInSummer) {
  const auto london = zone("Europe/London");
  EXPECT_EQ(london->name(), "Europe/London");
  EXPECT_EQ(london->to_local(at("2026-01-03T10:11:12Z")), local("2026-01-03T10:11:12"));
  EXPECT_EQ(london->to_local(at("2026-07-03T10:11:12Z")), local("2026-07-03T11:11:12"));
  EXPECT_EQ(london->to_local(at("2026-01-03T10:11:12Z")), local("2026-01-03T10:11:12"));
  EXPECT_EQ(london->to_instant(local("2026-07-03T11:11:12")), at("2026-07-03T10:11:12Z"));
}

TEST(London, ChangesAtTheVerySecond) {
  const auto london = zone("Europe/London");
  EXPECT_EQ(london->to_local(at("2026-03-29T00:59:59Z")), local("2026-03-29T00:59:59"));
  EXPECT_EQ(london->to_local(at("2026-03-29T01:00:00Z")), local("2026-03-29T02:00:00"));
  EXPECT_EQ(london->to_local(at("2026-10-25T00:59:59Z")), local("2026-10-25T01:59:59"));
  EXPECT_EQ(london->to_local(at("2026-10-25T01:00:00Z")), local("2026-10-25T01:00:00"));
}

/// What every quarter of an hour around both changes of 2026 is, asked by a thread of its own.
std::vector<Timestamp> instants_around_changes(bool backwards) {
  std::vector<LocalTime> times;
  for (const char* from : {"2026-03-24", "2026-10-20"}) {
    for (int quarter = 0; quarter < 10 * 96; ++quarter) {
      times.push_back(local(from) + std::chrono::minutes(15 * quarter));
    }
  }
  if (backwards) std::reverse(times.begin(), times.end());
  std::vector<Timestamp> instants;
  std::thread([&] {
    const auto london = zone("Europe/London");
    for (const LocalTime time : times) instants.push_back(london->to_instant(time));
  }).join();
  if (backwards) std::reverse(instants.begin(), instants.end());
  return instants;
}

TEST(London, AnInstantDoesNotDependOnWhatWasAskedBefore) {
  const auto instants = instants_around_changes(false);
  EXPECT_EQ(instants, instants_around_changes(true));
  const auto london = zone("Europe/London");
  for (std::size_t i = 0; i < instants.size(); ++i) {
    const LocalTime day = local(i < 960 ? "2026-03-24" : "2026-10-20");
    const LocalTime time = day + std::chrono::minutes(15 * static_cast<int>(i % 960));
    const bool is_skipped =
        time >= local("2026-03-29T01:00:00") && time < local("2026-03-29T02:00:00");
    if (is_skipped) continue;
    EXPECT_EQ(london->to_local(instants[i]), time);
  }
}

TEST(London, SkippedTimesMeanTheEndOfTheGapAndDoubledOnesTheEarlier) {
  const auto london = zone("Europe/London");
  EXPECT_EQ(london->to_instant(local("2026-03-29T01:00:00")), at("2026-03-29T01:00:00Z"));
  EXPECT_EQ(london->to_instant(local("2026-03-29T01:30:00")), at("2026-03-29T01:00:00Z"));
  EXPECT_EQ(london->to_instant(local("2026-03-29T02:00:00")), at("2026-03-29T01:00:00Z"));
  EXPECT_EQ(london->to_instant(local("2026-10-25T01:30:00")), at("2026-10-25T00:30:00Z"));
  EXPECT_EQ(london->to_instant(local("2026-10-25T02:00:00")), at("2026-10-25T02:00:00Z"));
}

TEST(Zones, AreKeptApartOnOneThread) {
  const auto london = zone("Europe/London");
  const auto tokyo = zone("Asia/Tokyo");
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(london->to_local(at("2026-07-03T10:00:00Z")), local("2026-07-03T11:00:00"));
    EXPECT_EQ(tokyo->to_local(at("2026-07-03T10:00:00Z")), local("2026-07-03T19:00:00"));
  }
}

TEST(Zones, MayBeAskedByManyThreadsAtOnce) {
  const auto london = zone("Europe/London");
  std::vector<std::jthread> threads;
  for (int number = 0; number < 4; ++number) {
    threads.emplace_back([&london] {
      for (int hour = 0; hour < 20'000; ++hour) {
        const Timestamp time = at("2026-01-01T00:00:00Z") + std::chrono::hours{hour};
        const auto ahead = london->to_local(time).time_since_epoch() - time.time_since_epoch();
        ASSERT_TRUE(ahead == std::chrono::hours{0} || ahead == std::chrono::hours{1});
      }
    });
  }
}

TEST(Zones, OfUnknownNameAreRefusedWithAnExample) {
  for (const char* name : {"Europe/Londn", "", "GMT+99", "../../etc/passwd"}) {
    const auto found = find_zone(name);
    ASSERT_FALSE(found.has_value()) << name;
    EXPECT_EQ(found.error().code, ErrorCode::not_found);
    EXPECT_NE(found.error().message.find("Europe/London"), std::string::npos);
  }
}

}  // namespace
}  // namespace accrue
