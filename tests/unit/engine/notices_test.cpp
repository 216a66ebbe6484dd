#include "engine/notices.hpp"

#include "evaluation.hpp"

namespace accrue::test {
namespace {

BalanceChange change(std::int64_t before, std::int64_t issued, std::int64_t expired = 0) {
  BalanceChange change;
  change.currency = "points";
  change.issued = Points(issued);
  change.expired = Points(expired);
  change.available_after = Points(before + issued - expired);
  return change;
}

/// "kind: name=value name=value" for each notice of a decision.
std::vector<std::string> told(const Program& program, const Decision& decision,
                              const std::vector<engine::Reminder>& reminders = {},
                              const engine::NoticeRouting& routing = everything()) {
  std::vector<std::string> texts;
  for (const Notice& notice : engine::notices_of(*program.build(), routing, decision, reminders)) {
    std::string text(name_of(notice.kind));
    for (const auto& [name, value] : notice.values) {
      if (name != "currency" && name != "program" && name != "money")
        text += ' ' + name + '=' + value;
    }
    texts.push_back(text);
  }
  return texts;
}

using Texts = std::vector<std::string>;

TEST(Notices, PointsEarnedSayHowManyWhatTheyAreWorthAndTheBalance) {
  Decision decision;
  decision.balances = {change(100, 12)};
  EXPECT_EQ(told(Program(), decision), Texts{"points_earned points=12 value=0.12 balance=112"});
}

TEST(Notices, AProgramMaySwitchAKindOffAndAKindNobodyDeliversIsNotOwed) {
  Decision decision;
  decision.balances = {change(100, 12, 5)};
  Program program;
  program.spec().notices.points_earned = false;
  EXPECT_EQ(told(program, decision), Texts{"points_lapsed points=5 value=0.05 balance=107"});
  EXPECT_EQ(told(Program(), decision, {}, engine::NoticeRouting()), Texts{});
}

TEST(Notices, OfSeveralMilestonesPassedAtOnceTheHighestIsTold) {
  Program program;
  program.spec().notices.points_earned = false;
  program.spec().notices.milestones = {500, 1000, 5000};
  Decision decision;
  decision.balances = {change(499, 1)};
  EXPECT_EQ(told(program, decision),
            Texts{"balance_milestone points=500 value=5.00 milestone=500 balance=500"});
  decision.balances = {change(100, 1400)};
  EXPECT_EQ(told(program, decision),
            Texts{"balance_milestone points=1500 value=15.00 milestone=1000 balance=1500"});
  decision.balances = {change(500, 100)};
  EXPECT_EQ(told(program, decision), Texts{});
}

TEST(Notices, AReminderNamesTheLastDayOnWhichThePointsCanBeSpent) {
  // 1 June 00:00 in London is 31 May 23:00 in UTC: the last day is 31 May.
  const engine::Reminder reminder{"points", Points(40), at("2026-05-31T23:00:00")};
  EXPECT_EQ(told(Program(), {}, {reminder}),
            Texts{"points_about_to_lapse points=40 value=0.40 date=2026-05-31"});
}

TEST(Notices, AnOfferIsToldInItsOwnWords) {
  Decision decision;
  decision.offers_made = {{"7-0",
                           "tea",
                           "points",
                           {Points(50), {}, {}, at("2026-01-21"), "50 on biscuits"},
                           at("2026-01-06")}};
  EXPECT_EQ(told(Program(), decision),
            Texts{"offer_made points=50 value=0.50 message=50 on biscuits rule=tea "
                  "date=2026-01-20"});
}

TEST(Notices, StatusIsNotAnnouncedAtEverySaleButMissedWhenItLapses) {
  Decision decision;
  decision.balances = {change(0, 12)};
  decision.balances[0].currency = "status";
  EXPECT_EQ(told(Program(), decision), Texts{});
  decision.balances = {change(12, 0, 12)};
  decision.balances[0].currency = "status";
  EXPECT_EQ(told(Program(), decision), Texts{"points_lapsed points=12 balance=0"});
}

}  // namespace
}  // namespace accrue::test
