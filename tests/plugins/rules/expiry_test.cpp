// When points lapse. London: summer time begins 29 March 2026 and 28 March 2027.
#include "plugins/rules/rule_bench.hpp"

#include <gtest/gtest.h>

namespace accrue::tests {
namespace {

class Expiry : public ::testing::Test {
 protected:
  /// "2027-01-07T00:00:00Z", "never" when no rule governs.
  std::string lapse(const std::string& type, const RuleBench::Texts& texts, std::string_view earned,
                    const char* rule = "base") {
    Question question;
    question.issue = Issue{rule, "points", Points(10), at(earned)};
    const Proposal proposal = bench_.ask(type, texts, question);
    if (!proposal.expiry || !proposal.expiry->at) return "never";
    return format_timestamp(*proposal.expiry->at);
  }
  std::string rolling(const char* after, const char* round, std::string_view earned) {
    return lapse("rolling", {{"after", after}, {"round_up_to", round}}, earned);
  }

  RuleBench bench_{"expiry"};
};

TEST_F(Expiry, rolls_to_the_end_of_the_last_local_day) {
  EXPECT_EQ(rolling("12 months", "none", "2026-01-06T18:00:00Z"), "2027-01-07T00:00:00Z");
  EXPECT_EQ(rolling("12 months", "day", "2026-01-06T18:00:00Z"), "2027-01-07T00:00:00Z");
  // Half past midnight on 11 June in London; 30 days on is 11 July, over at 23:00 UTC.
  EXPECT_EQ(rolling("30 days", "none", "2026-06-10T23:30:00Z"), "2026-07-11T23:00:00Z");
}

TEST_F(Expiry, rolls_to_the_end_of_a_calendar_unit) {
  EXPECT_EQ(rolling("12 months", "month", "2026-01-06T18:00:00Z"), "2027-02-01T00:00:00Z");
  EXPECT_EQ(rolling("12 months", "quarter", "2026-01-06T18:00:00Z"), "2027-03-31T23:00:00Z");
  EXPECT_EQ(rolling("12 months", "year", "2026-01-06T18:00:00Z"), "2028-01-01T00:00:00Z");
}

TEST_F(Expiry, clamps_to_the_last_day_of_a_short_month) {
  EXPECT_EQ(rolling("6 months", "none", "2026-08-31T10:00:00Z"), "2027-03-01T00:00:00Z");
}

TEST_F(Expiry, keeps_points_through_a_night_that_changes_the_clock) {
  EXPECT_EQ(rolling("1 day", "none", "2026-03-28T10:00:00Z"), "2026-03-29T23:00:00Z");
}

TEST_F(Expiry, governs_the_points_of_the_rules_it_names) {
  const RuleBench::Texts texts{{"after", "1 month"}, {"of", "[welcome, review]"}};
  EXPECT_EQ(lapse("rolling", texts, "2026-01-06T18:00:00Z", "review"), "2026-02-07T00:00:00Z");
  EXPECT_EQ(lapse("rolling", texts, "2026-01-06T18:00:00Z", "base"), "never");
  EXPECT_EQ(lapse("calendar", {{"month_day", "12-31"}, {"of", "welcome"}}, "2026-01-06T18:00:00Z"),
            "never");
}

TEST_F(Expiry, passes_the_reminders_on) {
  Question question;
  question.issue = Issue{"base", "points", Points(10), question.time};
  const RuleBench::Texts texts{{"after", "12 months"}, {"remind", "[30 days, 7 days]"}};
  const Proposal proposal = bench_.ask("rolling", texts, question);
  ASSERT_TRUE(proposal.expiry);
  EXPECT_EQ(proposal.expiry->remind, (std::vector<Period>{{0, 30, {}}, {0, 7, {}}}));
}

TEST_F(Expiry, refuses_reminders_before_the_points_exist) {
  EXPECT_EQ(bench_.refusal("rolling", {{"after", "30 days"}, {"remind", "[7 days, 30 days]"}}),
            "remind: 30 days before is no sooner than the points are earned: write less than 30 "
            "days @r.yaml:3:5");
  EXPECT_EQ(bench_.refusal("inactivity", {{"after", "1 month"}, {"remind", "1 year"}}),
            "remind: 1 year before is no sooner than the points are earned: write less than 1 "
            "month @r.yaml:3:5");
}

TEST_F(Expiry, lapses_at_the_end_of_a_calendar_day) {
  const RuleBench::Texts texts{{"month_day", "12-31"}};
  EXPECT_EQ(lapse("calendar", texts, "2026-03-05T12:00:00Z"), "2027-01-01T00:00:00Z");
  EXPECT_EQ(lapse("calendar", texts, "2026-12-31T10:00:00Z"), "2027-01-01T00:00:00Z");
  EXPECT_EQ(lapse("calendar", texts, "2027-01-01T00:00:00Z"), "2028-01-01T00:00:00Z");
}

TEST_F(Expiry, takes_the_next_of_several_calendar_days) {
  const RuleBench::Texts texts{{"month_day", "[12-31, 06-30]"}};
  EXPECT_EQ(lapse("calendar", texts, "2026-06-30T12:00:00Z"), "2026-06-30T23:00:00Z");
  EXPECT_EQ(lapse("calendar", texts, "2026-07-01T12:00:00Z"), "2027-01-01T00:00:00Z");
}

TEST_F(Expiry, lets_young_points_wait_for_the_next_calendar_day) {
  const RuleBench::Texts texts{{"month_day", "12-31"}, {"minimum", "1 month"}};
  EXPECT_EQ(lapse("calendar", texts, "2026-12-01T00:00:00Z"), "2027-01-01T00:00:00Z");
  EXPECT_EQ(lapse("calendar", texts, "2026-12-01T00:00:01Z"), "2028-01-01T00:00:00Z");
  const RuleBench::Texts long_wait{{"month_day", "12-31"}, {"minimum", "30 months"}};
  EXPECT_EQ(lapse("calendar", long_wait, "2026-12-01T00:00:00Z"), "2030-01-01T00:00:00Z");
}

TEST_F(Expiry, adds_grace_to_a_calendar_day) {
  EXPECT_EQ(
      lapse("calendar", {{"month_day", "12-31"}, {"grace", "14 days"}}, "2026-03-05T12:00:00Z"),
      "2027-01-15T00:00:00Z");
}

TEST_F(Expiry, knows_the_leap_day) {
  const RuleBench::Texts texts{{"month_day", "02-29"}};
  EXPECT_EQ(lapse("calendar", texts, "2026-01-10T12:00:00Z"), "2026-03-01T00:00:00Z");
  EXPECT_EQ(lapse("calendar", texts, "2027-02-28T12:00:00Z"), "2027-03-01T00:00:00Z");
  EXPECT_EQ(lapse("calendar", texts, "2028-02-29T12:00:00Z"), "2028-03-01T00:00:00Z");
}

TEST_F(Expiry, refuses_days_that_no_year_has) {
  for (const char* day : {"31-12", "1-1", "02-30", "12-00", "12/31", "-1-01", ""}) {
    EXPECT_EQ(bench_.refusal("calendar", {{"month_day", day}}),
              std::string("month_day: '") + day +
                  "' is no day: write month and day such as \"12-31\" @r.yaml:2:5");
  }
  EXPECT_EQ(bench_.refusal("calendar", {{"month_day", "[]"}}),
            "month_day: write at least one day such as \"12-31\" @r.yaml:2:5");
}

TEST_F(Expiry, lapses_everything_when_nothing_happens_for_long) {
  const RuleBench::Texts texts{{"after", "18 months"}};
  Question question;
  const Proposal proposal = bench_.ask("inactivity", texts, question);
  ASSERT_TRUE(proposal.expiry && proposal.expiry->at);
  EXPECT_EQ(format_timestamp(*proposal.expiry->at), "2027-07-06T23:00:00Z");
  const auto rule = bench_.compile("inactivity", texts);
  ASSERT_TRUE(rule);
  EXPECT_EQ((*rule)->traits().stage, Stage::inactivity);
  EXPECT_EQ((*rule)->traits().types.size(), 3u);
}

}  // namespace
}  // namespace accrue::tests
