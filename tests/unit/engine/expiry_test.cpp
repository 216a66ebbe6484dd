#include "evaluation.hpp"

namespace accrue::test {
namespace {

TEST(Expiry, AwardsThatLapseTogetherAreOneLot) {
  Program program;
  program.flat("a", 3);
  program.flat("b", 4);
  program.flat("s", 5).currency = "status";
  program.lapse_after("year", months(12));
  const Decision decision = decided(program, sale_of(100, "S", "2026-01-06T12:00:00"));
  ASSERT_EQ(decision.opened.size(), 2u);
  EXPECT_EQ(decision.opened[0].number, 0u);
  EXPECT_EQ(decision.opened[0].currency, "points");
  EXPECT_EQ(decision.opened[0].issued, Points(7));
  EXPECT_EQ(decision.opened[0].expires_at, at("2027-01-06T12:00:00"));
  // The rule governs its own points currency only.
  EXPECT_EQ(decision.opened[1].number, 1u);
  EXPECT_EQ(decision.opened[1].currency, "status");
  EXPECT_FALSE(decision.opened[1].expires_at.has_value());
}

TEST(Expiry, TheFirstRuleThatAnswersForAnAwardWins) {
  Program program;
  program.flat("a", 3);
  program.flat("gift", 4);
  RuleTraits traits;
  traits.stage = Stage::expire;
  program.rule("gifts", traits, [](const Situation& situation, Proposal& proposal) {
    if (situation.issue->rule == "gift") proposal.expiry = ProposedExpiry{at("2026-02-01"), {}};
  });
  program.lapse_after("year", months(12));
  const Decision decision = decided(program, sale_of(100, "S", "2026-01-06"));
  ASSERT_EQ(decision.opened.size(), 2u);
  EXPECT_EQ(decision.opened[0].expires_at, at("2027-01-06"));
  EXPECT_EQ(decision.opened[1].issued, Points(4));
  EXPECT_EQ(decision.opened[1].expires_at, at("2026-02-01"));
}

TEST(Expiry, NeverIsAnAnswerToo) {
  Program program;
  program.flat("a", 3);
  RuleTraits traits;
  traits.stage = Stage::expire;
  program.rule("for-ever", traits, [](const Situation&, Proposal& proposal) {
    proposal.expiry = ProposedExpiry{std::nullopt, {}};
  });
  program.lapse_after("year", months(12));
  const Decision decision = decided(program, sale_of(100, "S", "2026-01-06"));
  ASSERT_EQ(decision.opened.size(), 1u);
  EXPECT_FALSE(decision.opened[0].expires_at.has_value());
}

TEST(Expiry, RemindersAreLocalTimesBeforeTheEndThatStillLieAhead) {
  Program program;
  program.flat("a", 3);
  program.lapse_after("soon", days(20), {days(30), days(7), days(1), days(7)});
  const Decision decision = decided(program, sale_of(100, "S", "2026-03-10T12:00:00"));
  ASSERT_EQ(decision.opened.size(), 1u);
  // British Summer Time begins on 29 March: noon of 30 March is 11:00 in UTC, noon of 23 March 12.
  EXPECT_EQ(decision.opened[0].expires_at, at("2026-03-30T11:00:00"));
  EXPECT_EQ(decision.opened[0].remind_at,
            (std::vector<Timestamp>{at("2026-03-23T12:00:00"), at("2026-03-29T11:00:00")}));
}

TEST(Expiry, EverySaleReturnAndEventMovesTheDeadlineOn) {
  Program program;
  program.idle("idle", days(100), {days(10)});
  for (const auto& transaction : {sale_of(100, "S", "2026-01-06"), event("E", "x", "2026-01-06"),
                                  unlinked_return("R", "M1", "2026-01-06", {{"a", 100}})}) {
    const Decision decision = decided(program, transaction);
    ASSERT_EQ(decision.deadlines.size(), 1u);
    EXPECT_EQ(decision.deadlines[0].currency, "points");
    EXPECT_EQ(decision.deadlines[0].lapses_at, at("2026-04-15T23:00:00"));  // Midnight in London.
    EXPECT_EQ(decision.deadlines[0].remind_at, (std::vector<Timestamp>{at("2026-04-05T23:00:00")}));
  }
  EXPECT_TRUE(decided(program, member_change("C", "M1", "2026-01-06")).deadlines.empty());
}

TEST(Expiry, AReturnThatNamesItsSaleMovesTheDeadlineToo) {
  Program program;
  program.idle("idle", days(100));
  const auto rules = program.build();
  const Transaction back = linked_return("R", "M1", "2026-01-06", "S", {{1, 1}});
  const FakeMember member;
  const Decision decision = engine::evaluate_linked_return(*rules, back, member).decision;
  ASSERT_EQ(decision.deadlines.size(), 1u);
  EXPECT_EQ(decision.deadlines[0].lapses_at, at("2026-04-15T23:00:00"));
  EXPECT_TRUE(decision.awards.empty());
}

TEST(Expiry, ASaleThatComesLateDoesNotMoveTheDeadlineBack) {
  Program program;
  program.idle("idle", days(100));
  FakeMember member;
  member.active = at("2026-03-10");
  member.known_deadlines = {{"points", at("2026-06-18"), {}}};
  EXPECT_TRUE(decided(program, sale_of(100, "S", "2026-02-01"), member).deadlines.empty());
  EXPECT_EQ(decided(program, sale_of(100, "S", "2026-03-10"), member).deadlines.size(), 1u);
}

TEST(Expiry, ADeadlineThatPassedOverAnEmptyBalanceIsNoConcernOfNewPoints) {
  Program program;
  program.flat("a", 3);
  program.idle("idle", days(100)).when.stores = {"S001"};
  FakeMember member;
  member.known_deadlines = {{"points", at("2026-01-01"), {}}};
  const Decision decision = decided(program, sale_of(100, "S", "2026-02-01"), member);
  ASSERT_EQ(decision.deadlines.size(), 1u);
  EXPECT_FALSE(decision.deadlines[0].lapses_at.has_value());
}

TEST(Expiry, ADeadlineEndsWithItsRule) {
  Program program;
  program.flat("a", 3);
  FakeMember member;
  member.known_deadlines = {{"points", at("2026-12-01"), {}}};
  const Decision decision = decided(program, sale_of(100, "S", "2026-02-01"), member);
  ASSERT_EQ(decision.deadlines.size(), 1u);
  EXPECT_FALSE(decision.deadlines[0].lapses_at.has_value());
}

}  // namespace
}  // namespace accrue::test
