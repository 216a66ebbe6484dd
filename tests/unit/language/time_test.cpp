#include <accrue/time.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace accrue {
namespace {

LocalTime local(std::string_view text) { return parse_local_time(text).value(); }
Period period(std::string_view text) { return Period::parse(text).value(); }
std::string date(LocalTime time) { return format_date(time); }

std::int64_t millis(std::string_view text) {
  return parse_timestamp(text).value().time_since_epoch().count();
}

TEST(Instant, IsReadWithItsOffset) {
  // Seconds from `date -u -d … +%s`.
  EXPECT_EQ(millis("2026-01-03T10:11:12+00:00"), 1'767'435'072'000);
  EXPECT_EQ(millis("2026-01-03T10:11:12Z"), 1'767'435'072'000);
  EXPECT_EQ(millis("2026-01-03T12:11:12+02:00"), 1'767'435'072'000);
  EXPECT_EQ(millis("2026-01-03T04:41:12-05:30"), 1'767'435'072'000);
  EXPECT_EQ(millis("2026-01-03T10:11:12.5Z"), 1'767'435'072'500);
  EXPECT_EQ(millis("2026-01-03t10:11:12.007z"), 1'767'435'072'007);
  EXPECT_EQ(millis("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(millis("2024-02-29T00:00:00Z"), 1'709'164'800'000);
}

TEST(Instant, IsRefusedWhenItIsNotRfc3339) {
  for (const char* text :
       {"", "2026-01-03", "2026-01-03T10:11:12", "2026-01-03 10:11:12Z", "2026-01-03T10:11Z",
        "2026-01-03T10:11:12+0000", "2026-01-03T10:11:12+24:00", "2026-01-03T10:11:12.Z",
        "2026-01-03T10:11:12Zx", "1767435072", "2026-1-3T10:11:12Z", "+026-01-03T10:11:12Z",
        "2026-01-03T10:11:12,5Z"}) {
    const auto parsed = parse_timestamp(text);
    ASSERT_FALSE(parsed.has_value()) << text;
    EXPECT_EQ(parsed.error().code, ErrorCode::reject_input);
    EXPECT_NE(parsed.error().message.find("2026-01-03T10:11:12+00:00"), std::string::npos) << text;
  }
}

TEST(Instant, IsToldWhatThereIsNone) {
  const std::pair<const char*, const char*> cases[] = {
      {"2026-02-30T00:00:00Z", "there is no 30 February 2026"},
      {"2026-02-29T00:00:00Z", "there is no 29 February 2026"},
      {"2026-13-01T00:00:00Z", "there is no month 13"},
      {"2026-00-01T00:00:00Z", "there is no month 0"},
      {"2026-01-32T00:00:00Z", "there is no 32 January 2026"},
      {"2026-12-00T00:00:00Z", "there is no 0 December 2026"},
      {"2026-01-03T24:00:00Z", "there is no hour 24; a day ends as the next begins, at 00:00:00"},
      {"2026-01-03T10:60:00Z", "there is no minute 60"},
      {"2026-01-03T10:11:60Z", "there is no second 60; a leap second is written as second 59"}};
  for (const auto& [text, told] : cases) {
    const auto parsed = parse_timestamp(text);
    ASSERT_FALSE(parsed.has_value()) << text;
    EXPECT_EQ(parsed.error().code, ErrorCode::reject_input);
    EXPECT_EQ(parsed.error().message, told);
  }
  EXPECT_EQ(parse_local_time("2026-02-30").error().message, "there is no 30 February 2026");
}

TEST(Instant, IsCutToMillisecondsWhenItIsWrittenFiner) {
  // Python's datetime.isoformat() and Java's Instant.toString().
  EXPECT_EQ(millis("2026-01-03T10:11:12.832483+00:00"), 1'767'435'072'832);
  EXPECT_EQ(millis("2026-01-03T10:11:12.999999999Z"), 1'767'435'072'999);
  EXPECT_EQ(millis("2026-01-03T10:11:12.00000000000000000000000000000000000009Z"),
            1'767'435'072'000);
  EXPECT_TRUE(parse_timestamp("2199-12-31T23:59:59.9999999Z").has_value());
}

TEST(Instant, LiesBetween1970And2199) {
  for (const char* text :
       {"1969-12-31T23:59:59Z", "1970-01-01T00:00:00+00:01", "2200-01-01T00:00:00Z",
        "2199-12-31T23:59:59-00:01", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"}) {
    const auto parsed = parse_timestamp(text);
    ASSERT_FALSE(parsed.has_value()) << text;
    EXPECT_NE(parsed.error().message.find("1970 to 2199"), std::string::npos) << text;
  }
  EXPECT_TRUE(parse_timestamp("2199-12-31T23:59:59.999Z").has_value());
}

TEST(Instant, IsWrittenInUtcWithMillisecondsOnlyWhereThereAreAny) {
  EXPECT_EQ(format_timestamp(parse_timestamp("2026-01-03T12:11:12+02:00").value()),
            "2026-01-03T10:11:12Z");
  EXPECT_EQ(format_timestamp(parse_timestamp("2026-01-03T10:11:12.07Z").value()),
            "2026-01-03T10:11:12.070Z");
}

RC_GTEST_PROP(InstantText, ComesBackAsTheSameInstant, ()) {
  const auto count = *rc::gen::inRange<std::int64_t>(0, 7'258'118'400'000);  // 2200-01-01
  const Timestamp time{std::chrono::milliseconds{count}};
  RC_ASSERT(parse_timestamp(format_timestamp(time)).value() == time);
}

TEST(LocalText, IsADateOrADateAndAClock) {
  EXPECT_EQ(local("2026-01-06") + std::chrono::hours{18}, local("2026-01-06T18:00:00"));
  for (const char* text : {"2026-01-06T18:00", "2026-01-06T", "2026-01-06T18:00:00Z", "06-01-2026",
                           "2026-02-30", "2026-01-06 18:00:00", "1969-12-31", "2200-01-01"}) {
    EXPECT_FALSE(parse_local_time(text).has_value()) << text;
  }
  EXPECT_EQ(date(local("2026-01-06T23:59:59")), "2026-01-06");
}

TEST(PeriodText, NamesANumberOfUnits) {
  EXPECT_EQ(period("12 months"), (Period{12, 0, {}}));
  EXPECT_EQ(period("1 year"), (Period{12, 0, {}}));
  EXPECT_EQ(period("30 days"), (Period{0, 30, {}}));
  EXPECT_EQ(period("2 weeks"), (Period{0, 14, {}}));
  EXPECT_EQ(period("36 hours"), (Period{0, 0, std::chrono::hours{36}}));
  EXPECT_EQ(period("15 minutes"), (Period{0, 0, std::chrono::minutes{15}}));
  EXPECT_EQ(period("1200 days"), (Period{0, 1200, {}}));
  for (const char* text : {"", "0 days", "-1 days", "1201 days", "1.5 days", "days", "30", "30days",
                           "30  days", "30 s", "30 fortnights", "030 days", " 30 days", "30 dayss",
                           "99999999999 days", "+1 days"}) {
    EXPECT_FALSE(Period::parse(text).has_value()) << text;
  }
}

TEST(PeriodText, IsWrittenInTheLargestUnitThatFits) {
  EXPECT_EQ(period("12 months").to_string(), "1 year");
  EXPECT_EQ(period("18 months").to_string(), "18 months");
  EXPECT_EQ(period("14 days").to_string(), "2 weeks");
  EXPECT_EQ(period("30 days").to_string(), "30 days");
  EXPECT_EQ(period("90 minutes").to_string(), "90 minutes");
  EXPECT_EQ(period("120 minutes").to_string(), "2 hours");
  EXPECT_EQ(Period{}.to_string(), "0 minutes");
  EXPECT_EQ((Period{1, 2, std::chrono::minutes{3}}).to_string(), "1 month 2 days 3 minutes");
}

TEST(AddingMonths, EndsOnTheLastDayOfAShorterMonth) {
  EXPECT_EQ(date(add(local("2026-01-31"), period("1 month"))), "2026-02-28");
  EXPECT_EQ(date(add(local("2028-01-31"), period("1 month"))), "2028-02-29");
  EXPECT_EQ(date(add(local("2028-02-29"), period("1 year"))), "2029-02-28");
  EXPECT_EQ(date(add(local("2026-11-30"), period("3 months"))), "2027-02-28");
  EXPECT_EQ(date(subtract(local("2026-03-31"), period("1 month"))), "2026-02-28");
  EXPECT_EQ(date(subtract(local("2026-01-15"), period("2 months"))), "2025-11-15");
  EXPECT_EQ(add(local("2026-01-31T18:30:05"), period("1 month")), local("2026-02-28T18:30:05"));
}

TEST(AddingDays, CrossesMonthsAndYears) {
  EXPECT_EQ(date(add(local("2026-12-31"), period("1 day"))), "2027-01-01");
  EXPECT_EQ(date(add(local("2026-01-01"), period("52 weeks"))), "2026-12-31");
  EXPECT_EQ(add(local("2026-01-01T23:30:00"), period("36 hours")), local("2026-01-03T11:30:00"));
  EXPECT_EQ(subtract(local("2026-01-01"), period("15 minutes")), local("2025-12-31T23:45:00"));
}

TEST(CalendarUnits, BeginAtTheirFirstMidnight) {
  const LocalTime time = local("2026-11-22T02:48:00");  // a Sunday
  EXPECT_EQ(floor_to(time, CalendarUnit::day), local("2026-11-22"));
  EXPECT_EQ(floor_to(time, CalendarUnit::week), local("2026-11-16"));
  EXPECT_EQ(floor_to(time, CalendarUnit::month), local("2026-11-01"));
  EXPECT_EQ(floor_to(time, CalendarUnit::quarter), local("2026-10-01"));
  EXPECT_EQ(floor_to(time, CalendarUnit::year), local("2026-01-01"));
  EXPECT_EQ(floor_to(local("2026-11-16"), CalendarUnit::week), local("2026-11-16"));
}

TEST(CalendarUnits, EndWhereTheNextBegins) {
  const LocalTime time = local("2026-11-22T02:48:00");
  EXPECT_EQ(next(time, CalendarUnit::day), local("2026-11-23"));
  EXPECT_EQ(next(time, CalendarUnit::week), local("2026-11-23"));
  EXPECT_EQ(next(time, CalendarUnit::month), local("2026-12-01"));
  EXPECT_EQ(next(time, CalendarUnit::quarter), local("2027-01-01"));
  EXPECT_EQ(next(time, CalendarUnit::year), local("2027-01-01"));
  EXPECT_EQ(next(local("2027-01-01"), CalendarUnit::year), local("2028-01-01"));
}

}  // namespace
}  // namespace accrue
