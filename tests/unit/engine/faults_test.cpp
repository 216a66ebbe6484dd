#include "evaluation.hpp"

#include <stdexcept>

namespace accrue::test {
namespace {

/// A program of a rule that is wrong and one that is not.
engine::Evaluation beside(const Evaluate& wrong, RuleTraits traits = {}) {
  Program program;
  program.rule("wrong", std::move(traits), wrong);
  program.spend("base");
  const auto rules = program.build();
  const FakeMember member;
  return engine::evaluate(*rules, sale("S", "M1", "2026-01-06", {{"a", 700}, {"b", 300}}), member);
}

Evaluate award(Points points, const std::vector<std::int64_t>& by_line = {}) {
  return [=](const Situation&, Proposal& proposal) {
    proposal.award = ProposedAward{points, "why", by_line};
  };
}

/// The wrong rule costs its own proposal and nothing else.
void expect_fault(const Evaluate& wrong, const std::string& what) {
  const engine::Evaluation evaluation = beside(wrong);
  EXPECT_EQ(text_of(evaluation.decision.awards), "base 10");
  EXPECT_TRUE(evaluation.decision.offers_made.empty());
  EXPECT_TRUE(evaluation.decision.hints.empty());
  ASSERT_EQ(evaluation.faults.size(), 1u) << what;
  EXPECT_EQ(evaluation.faults[0].rule, "wrong");
  EXPECT_EQ(evaluation.faults[0].plugin, "test");
  EXPECT_NE(evaluation.faults[0].what.find(what), std::string::npos) << evaluation.faults[0].what;
}

TEST(Faults, ARuleThatThrowsCostsItsOwnAward) {
  expect_fault([](const Situation&, Proposal&) { throw std::runtime_error("bad day"); },
               "threw bad day");
  expect_fault([](const Situation&, Proposal&) { throw 7; }, "no std::exception");
}

TEST(Faults, ARuleThatProposesAndThenThrowsGivesNothing) {
  expect_fault(
      [](const Situation&, Proposal& proposal) {
        proposal.award = ProposedAward{Points(5), "why", {}};
        throw std::runtime_error("too late");
      },
      "too late");
}

TEST(Faults, NegativeAndAbsurdAwardsAreRefused) {
  expect_fault(award(Points(-1)), "outside 0 to");
  expect_fault(award(Points(Points::kMax + 1)), "outside 0 to");
  expect_fault(award(Points(INT64_MAX)), "outside 0 to");
  expect_fault(award(Points(INT64_MIN)), "outside 0 to");
}

TEST(Faults, SharesMustSumToTheAwardAndFitItsLines) {
  expect_fault(award(Points(5), {2, 2}), "do not sum");
  expect_fault(award(Points(5), {5}), "other lines");
  expect_fault(award(Points(5), {2, 2, 1}), "other lines");
  expect_fault(award(Points(5), {6, -1}), "a line points outside");
  expect_fault(award(Points(5), {INT64_MAX, INT64_MAX}), "a line points outside");
}

TEST(Faults, AReasonOfAPageIsRefused) {
  expect_fault(
      [](const Situation&, Proposal& proposal) {
        proposal.award = ProposedAward{Points(5), std::string(513, 'x'), {}};
      },
      "reason");
}

TEST(Faults, OffersAndHintsAreCheckedToo) {
  const auto offer = [](Points points, const char* until, std::size_t words) {
    return [=](const Situation&, Proposal& proposal) {
      proposal.offer = OfferTerms{points, {}, {}, at(until), std::string(words, 'x')};
    };
  };
  expect_fault(offer(Points(0), "2026-02-01", 1), "offer outside");
  expect_fault(offer(Points(1), "2026-01-06", 1), "over when it is made");
  expect_fault(offer(Points(1), "2026-02-01", 1025), "message");
  expect_fault(
      [](const Situation&, Proposal& proposal) {
        proposal.hint = ProposedHint{Points(-5), Money::from_minor(100), "more"};
      },
      "hint");
}

TEST(Faults, PointsThatLapseBeforeTheyAreEarnedLapseNeverAndAreAFault) {
  RuleTraits traits;
  traits.stage = Stage::expire;
  const engine::Evaluation evaluation = beside(
      [](const Situation&, Proposal& proposal) {
        proposal.expiry = ProposedExpiry{at("2026-01-06"), {}};
      },
      traits);
  ASSERT_EQ(evaluation.decision.opened.size(), 1u);
  EXPECT_FALSE(evaluation.decision.opened[0].expires_at.has_value());
  ASSERT_EQ(evaluation.faults.size(), 1u);
  EXPECT_NE(evaluation.faults[0].what.find("lapse before"), std::string::npos);
}

TEST(Faults, NoAwardIsNoFault) {
  const engine::Evaluation evaluation = beside(award(Points(0)));
  EXPECT_TRUE(evaluation.faults.empty());
  EXPECT_EQ(text_of(evaluation.decision.awards), "base 10");
}

}  // namespace
}  // namespace accrue::test
