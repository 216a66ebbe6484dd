#include "engine/offers.hpp"

#include "evaluation.hpp"

namespace accrue::test {
namespace {

Offer offer(const std::string& id, std::int64_t points, const char* until, ItemFilter on = {},
            std::int64_t spend = 0) {
  return {id,
          "rule-" + id,
          "points",
          {Points(points), std::move(on), Money::from_minor(spend), at(until), "come back"},
          at("2026-01-01")};
}

const ItemFilter kBiscuits{{}, {"biscuits"}};

Program offering() {
  Program program;
  RuleTraits traits;
  traits.stage = Stage::offer;
  program.rule("tea", traits, [](const Situation&, Proposal& proposal) {
    proposal.offer = OfferTerms{Points(50), kBiscuits, {}, at("2026-01-20"), "biscuits"};
  });
  return program;
}

TEST(Offers, ARulesOfferIsMadeWithItsTerms) {
  Decision decision = decided(offering(), sale_of(100, "S", "2026-01-06T10:00:00"));
  engine::name_offers(static_cast<Seq>(17), decision);
  ASSERT_EQ(decision.offers_made.size(), 1u);
  EXPECT_EQ(decision.offers_made[0].id, "17-0");
  EXPECT_EQ(decision.offers_made[0].rule, "tea");
  EXPECT_EQ(decision.offers_made[0].terms.award, Points(50));
  EXPECT_EQ(decision.offers_made[0].made_at, at("2026-01-06T10:00:00"));
}

TEST(Offers, AMemberHasOneOpenOfferOfARule) {
  FakeMember member;
  member.offers = {offer("1-0", 50, "2026-01-20", kBiscuits)};
  member.offers[0].rule = "tea";
  EXPECT_TRUE(decided(offering(), sale_of(100, "S", "2026-01-06"), member).offers_made.empty());
}

TEST(Offers, AMemberHasNoMoreThanTwentyOpenOffers) {
  FakeMember member;
  for (int i = 0; i < 20; ++i) {
    member.offers.push_back(offer(std::to_string(i) + "-0", 5, "2026-02-01", kBiscuits));
  }
  EXPECT_TRUE(decided(offering(), sale_of(100, "S", "2026-01-06"), member).offers_made.empty());
  member.offers.pop_back();
  EXPECT_EQ(decided(offering(), sale_of(100, "S", "2026-01-06"), member).offers_made.size(), 1u);
}

TEST(Offers, ASaleOfTheGoodsAcceptsAnOfferAndItsPointsAreThoseGoods) {
  FakeMember member;
  member.offers = {offer("1-0", 50, "2026-01-20", kBiscuits)};
  const Decision decision = decided(
      Program(),
      sale("S", "M1", "2026-01-06", {{"tea", 900}, {"biscuits", 300}, {"biscuits", 100}}), member);
  EXPECT_EQ(decision.offers_accepted, (std::vector<std::string>{"1-0"}));
  ASSERT_EQ(decision.awards.size(), 1u);
  EXPECT_EQ(decision.awards[0].rule, "rule-1-0");
  EXPECT_EQ(decision.awards[0].offer, "1-0");
  EXPECT_EQ(decision.awards[0].reason, "offer accepted with 4.00");
  // 50 × 3/4 and 1/4: 37.5 and 12.5.
  EXPECT_EQ(decision.awards[0].by_line, (std::vector<std::int64_t>{0, 38, 12}));
}

TEST(Offers, AnOfferThatAsksForAnAmountIsAcceptedByThatAmount) {
  FakeMember member;
  member.offers = {offer("1-0", 50, "2026-01-20", {}, 5000)};
  EXPECT_EQ(earned(Program(), sale_of(4999, "S", "2026-01-06"), member), "");
  EXPECT_EQ(earned(Program(), sale_of(5000, "S", "2026-01-06"), member), "rule-1-0 50");
}

TEST(Offers, GoodsTakenBackWithinTheSaleDoNotAccept) {
  FakeMember member;
  member.offers = {offer("1-0", 50, "2026-01-20", kBiscuits)};
  EXPECT_EQ(
      earned(Program(), sale("S", "M1", "2026-01-06", {{"biscuits", 300}, {"biscuits", -300, -1}}),
             member),
      "");
  EXPECT_EQ(
      earned(Program(), sale("S", "M1", "2026-01-06", {{"biscuits", 300}, {"biscuits", -100, -1}}),
             member),
      "rule-1-0 50");
}

TEST(Offers, AnOfferIsOverAtItsFirstInstantAndThenLapses) {
  FakeMember member;
  member.offers = {offer("1-0", 50, "2026-01-20", kBiscuits)};
  const Basket basket{{"biscuits", 300}};
  EXPECT_EQ(earned(Program(), sale("S", "M1", "2026-01-19T23:59:59", basket), member),
            "rule-1-0 50");
  const Decision late = decided(Program(), sale("S", "M1", "2026-01-20", basket), member);
  EXPECT_TRUE(late.awards.empty());
  EXPECT_EQ(late.offers_lapsed, (std::vector<std::string>{"1-0"}));
}

TEST(Offers, ALaterSaleOfATillThatTellsOnlyTheMinuteAccepts) {
  FakeMember member;
  member.offers = {offer("1-0", 50, "2026-01-20", kBiscuits)};
  member.offers[0].made_at = at("2026-01-06T10:00:00");
  const Basket basket{{"biscuits", 300}};
  EXPECT_EQ(earned(Program(), sale("S", "M1", "2026-01-06T10:00:00", basket), member),
            "rule-1-0 50");
  EXPECT_EQ(earned(Program(), sale("S", "M1", "2026-01-06T09:59:59", basket), member), "");
}

TEST(Offers, ASaleThatComesLateDoesNotAcceptWhatWasOfferedAfterIt) {
  FakeMember member;
  member.offers = {offer("1-0", 50, "2026-01-20", kBiscuits)};
  EXPECT_EQ(earned(Program(), sale("S", "M1", "2025-12-31", {{"biscuits", 300}}), member), "");
}

TEST(Offers, AReturnAcceptsNothing) {
  FakeMember member;
  member.offers = {offer("1-0", 50, "2026-01-20", kBiscuits)};
  EXPECT_EQ(
      earned(Program(), unlinked_return("R", "M1", "2026-01-06", {{"biscuits", 300}}), member), "");
}

TEST(Offers, AHintIsSaidOnlyWhileSomethingIsMissing) {
  Program program;
  program.rule("reach", {}, [](const Situation& situation, Proposal& proposal) {
    proposal.hint = ProposedHint{Points(100), Money::from_minor(5000) - situation.amount, "more"};
  });
  const Decision near = decided(program, sale_of(4500, "S", "2026-01-06"));
  ASSERT_EQ(near.hints.size(), 1u);
  EXPECT_EQ(near.hints[0].short_by, Money::from_minor(500));
  EXPECT_TRUE(decided(program, sale_of(5000, "S", "2026-01-06")).hints.empty());
}

TEST(Offers, ARuleIsToldWhatWasBoughtBeforeAndNow) {
  Program program;
  RuleTraits traits;
  traits.stage = Stage::offer;
  traits.watches = {{{{}, {"tea"}}, days(90)}, {{{}, {"coffee"}}, days(30)}};
  std::vector<std::string> seen;
  program.rule("watch", traits, [&seen](const Situation& situation, Proposal&) {
    for (std::size_t i = 0; i < 2; ++i) {
      const auto& last = situation.last_bought[i];
      seen.push_back((last ? format_timestamp(*last) : "never") +
                     (situation.buys_now[i] != 0 ? " now" : ""));
    }
  });
  FakeMember member;
  member.bought.push_back({engine::watch_id({{}, {"tea"}}), at("2025-12-24")});
  const Decision decision =
      decided(program, sale("S", "M1", "2026-01-06", {{"coffee", 300}}), member);
  EXPECT_EQ(seen, (std::vector<std::string>{"2025-12-24T00:00:00Z", "never now"}));
  ASSERT_EQ(decision.history.size(), 1u);
  EXPECT_EQ(decision.history[0].watch, engine::watch_id({{}, {"coffee"}}));
  EXPECT_EQ(decision.history[0].last, at("2026-01-06"));
}

}  // namespace
}  // namespace accrue::test
