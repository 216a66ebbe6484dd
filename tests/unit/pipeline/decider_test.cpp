#include "pipeline/decider.hpp"

#include "support/shop.hpp"

#include <gtest/gtest.h>

#include <set>

namespace accrue::test {
namespace {

using pipeline::Answer;
using pipeline::Status;

Program pounds() {
  Program program;
  program.spend("base");
  return program;
}

TEST(Decider, TheSameAgainIsADuplicateWithTheFirstAnswer) {
  Shop shop(pounds());
  EXPECT_EQ(shop.take(sale_of(1200, "S1", "2026-01-06")).status, Status::posted);
  shop.take(sale_of(500, "S2", "2026-01-07"));
  for (int round = 0; round < 2; ++round) {
    const Answer again = shop.take(sale_of(1200, "S1", "2026-01-06"));
    EXPECT_EQ(again.status, Status::duplicate);
    EXPECT_EQ(again.entry.seq, static_cast<Seq>(1));
    EXPECT_EQ(again.entry.decision.awards.at(0).points, Points(12));
    EXPECT_EQ(again.entry.decision.balances.at(0).available_after, Points(12));
    shop.post();  // The second time it comes from the books.
  }
  EXPECT_EQ(shop.balance(), 17);
  EXPECT_EQ(shop.entries.size(), 2u);
}

TEST(Decider, TheSameAgainIsADuplicateInWhateverOrderItsAttributesCome) {
  Shop shop(pounds());
  const Attribute newsletter{"newsletter", true}, children{"children", std::int64_t{2}};
  const auto change = [](std::initializer_list<Attribute> attributes) {
    return member_change("C1", "M1", "2026-01-06", attributes);
  };
  EXPECT_EQ(shop.take(change({newsletter, children})).status, Status::posted);
  EXPECT_EQ(shop.take(change({children, newsletter})).status, Status::duplicate);
  EXPECT_EQ(shop.take(change({newsletter})).status, Status::conflict);
}

TEST(Decider, TheSameAgainIsADuplicateAlsoWhenAnotherVersionRecordedIt) {
  Shop shop(pounds());
  pipeline::Received recorded = pipeline::receive(sale_of(1200, "S1", "2026-01-06"), {});
  recorded.bytes += "\x98\x06\x05";  // Field 99 with a 5 in it, which this version does not know.
  EXPECT_EQ(shop.decider().take(recorded).value().status, Status::posted);
  EXPECT_EQ(shop.take(sale_of(1200, "S1", "2026-01-06")).status, Status::duplicate);
  EXPECT_EQ(shop.take(sale_of(1201, "S1", "2026-01-06")).status, Status::conflict);
}

TEST(Decider, AnIdThatIsTakenByOtherContentIsAConflict) {
  Shop shop(pounds());
  shop.take(sale_of(1200, "S1", "2026-01-06"));
  const Answer other = shop.take(sale_of(1201, "S1", "2026-01-06"));
  EXPECT_EQ(other.status, Status::conflict);
  EXPECT_EQ(other.error.code, ErrorCode::conflict);
  EXPECT_EQ(shop.balance(), 12);
}

TEST(Decider, AQuoteChangesNothingAndIsWhatPostingThenGives) {
  Shop shop(pounds());
  const Answer quoted = shop.quote(sale_of(1200, "S1", "2026-01-06"));
  EXPECT_EQ(quoted.status, Status::quoted);
  EXPECT_EQ(quoted.entry.seq, Seq::none);
  EXPECT_FALSE(shop.member().exists());
  EXPECT_TRUE(shop.entries.empty());
  Answer posted = shop.take(sale_of(1200, "S1", "2026-01-06"));
  EXPECT_EQ(posted.status, Status::posted);
  posted.entry.seq = Seq::none;
  EXPECT_EQ(ledger::record_of(posted.entry, ""), ledger::record_of(quoted.entry, ""));
}

TEST(Decider, AQuoteSeesWhatWillHaveLapsedByThen) {
  Program program = pounds();
  program.lapse_after("soon", days(30));
  Shop shop(program);
  shop.take(sale_of(1200, "S1", "2026-01-06"));
  const Answer quoted = shop.quote(sale_of(500, "S2", "2026-03-01"));
  EXPECT_EQ(quoted.entry.decision.balances.at(0).available_after, Points(5));
  EXPECT_EQ(shop.balance(), 12);
  EXPECT_EQ(shop.entries.size(), 1u);
  const Answer posted = shop.take(sale_of(500, "S2", "2026-03-01"));
  EXPECT_EQ(posted.entry.decision.balances.at(0).available_after, Points(5));
  ASSERT_EQ(shop.entries.size(), 3u);
  EXPECT_EQ(shop.entries[1].type, TransactionType::tick);
  EXPECT_EQ(shop.entries[1].time, at("2026-02-05"));
}

TEST(Decider, AQuoteOfWhatWasPostedIsTheDuplicatesAnswer) {
  Shop shop(pounds());
  shop.take(sale_of(1200, "S1", "2026-01-06"));
  EXPECT_EQ(shop.quote(sale_of(1200, "S1", "2026-01-06")).status, Status::duplicate);
}

TEST(Decider, TicksHappenAtTheirOwnInstantsWheneverTheyAreNoticed) {
  Program program = pounds();
  program.lapse_after("soon", days(30));
  Shop noticed_by_time(program);
  Shop noticed_by_sale(program);
  for (Shop* shop : {&noticed_by_time, &noticed_by_sale}) {
    shop->take(sale_of(1200, "S1", "2026-01-06"));
    shop->take(sale_of(300, "S2", "2026-01-10"));
  }
  noticed_by_time.tick(at("2026-02-05"));
  noticed_by_time.tick(at("2026-05-01"));
  for (Shop* shop : {&noticed_by_time, &noticed_by_sale}) {
    shop->take(sale_of(700, "S3", "2026-05-01"));
    ASSERT_EQ(shop->entries.size(), 5u);
    EXPECT_EQ(shop->entries[2].time, at("2026-02-05"));
    EXPECT_EQ(shop->entries[3].time, at("2026-02-09"));
    EXPECT_EQ(shop->balance(), 7);
  }
  EXPECT_EQ(noticed_by_time.entries[2].id, noticed_by_sale.entries[2].id);
}

TEST(Decider, APointOfALateSaleLapsesToo) {
  Program program = pounds();
  program.lapse_after("soon", days(30));
  Shop shop(program);
  shop.take(sale_of(1200, "S1", "2026-01-06"));
  shop.tick(at("2026-03-01"));
  shop.take(sale_of(300, "S2", "2026-01-20"));
  EXPECT_EQ(shop.balance(), 3);
  shop.tick(at("2026-03-01"));
  EXPECT_EQ(shop.balance(), 0);
}

TEST(Decider, ASecondTickAtTheSameInstantHasAnIdOfItsOwn) {
  Program program = pounds();
  RuleTraits traits;
  traits.stage = Stage::expire;
  program.rule("month", traits, [](const Situation&, Proposal& proposal) {
    proposal.expiry = ProposedExpiry{at("2026-02-01"), {}};
  });
  Shop shop(program);
  shop.take(sale_of(1200, "S1", "2026-01-06"));
  shop.tick(at("2026-02-01"));
  shop.take(sale_of(300, "S2", "2026-01-20"));  // Comes late, lapses at the same instant.
  shop.tick(at("2026-02-02"));
  std::set<std::string> ids;
  for (const auto& entry : shop.entries) EXPECT_TRUE(ids.insert(entry.id.text()).second);
  EXPECT_EQ(ids.size(), 4u);
  shop.post();
  EXPECT_EQ(shop.balance(), 0);
}

TEST(Decider, WhatIsNotPostedIsNeverLetGoHoweverSmallTheCache) {
  Shop shop(pounds(), 1);
  for (int i = 0; i < 200; ++i) {
    const std::string n = std::to_string(i);
    shop.take(sale_of(100 * (i + 1), "S" + n, "2026-01-06", "M" + n));
    shop.post(0);
  }
  EXPECT_EQ(shop.decider().members_cached(), 200u);
  EXPECT_EQ(shop.balance("M0"), 1);
  EXPECT_EQ(shop.take(sale_of(100, "S0", "2026-01-06", "M0")).status, Status::duplicate);
  shop.post(150);
  EXPECT_EQ(shop.decider().unposted(), 50u);
  EXPECT_LE(shop.decider().members_cached(), 50u);
  EXPECT_EQ(shop.balance("M0"), 1);
  EXPECT_EQ(shop.balance("M199"), 200);
  EXPECT_EQ(shop.take(sale_of(20000, "S199", "2026-01-06", "M199")).status, Status::duplicate);
  shop.post();
  EXPECT_EQ(shop.decider().members_cached(), 0u);
}

TEST(Decider, AReturnFindsItsSaleBeforeItIsPostedAndAfter) {
  Shop shop(pounds());
  shop.take(sale("S1", "M1", "2026-01-06", {{"a", 1000, 3}, {"b", 700, 1}}));
  EXPECT_EQ(shop.balance(), 17);
  shop.take(linked_return("R1", "M1", "2026-01-07", "S1", {{1, 1}}));
  EXPECT_EQ(shop.balance(), 14);
  shop.post(1);  // The sale, not the return.
  shop.take(linked_return("R2", "M1", "2026-01-08", "S1", {{1, 1}}));
  EXPECT_EQ(shop.balance(), 11);
  shop.post();
  shop.take(linked_return("R3", "M1", "2026-01-09", "S1", {{1, 1}, {2, 1}}));
  EXPECT_EQ(shop.balance(), 0);
  for (int round = 0; round < 2; ++round) {
    const Answer more = shop.take(linked_return("R4", "M1", "2026-01-10", "S1", {{1, 1}}));
    EXPECT_EQ(more.status, Status::refused);
    shop.post();
  }
}

TEST(Decider, AReturnThatWasRefusedMayBeSentAgainWithTheSameIdOnceItsSaleIsThere) {
  Shop shop(pounds());
  const Answer early = shop.take(linked_return("R1", "M1", "2026-01-07", "S1", {{1, 1}}));
  EXPECT_EQ(early.status, Status::refused);
  EXPECT_EQ(early.error.problems.at(0).code, "unknown_sale");
  EXPECT_FALSE(shop.member().exists());
  shop.take(sale_of(1200, "S1", "2026-01-06"));
  EXPECT_EQ(shop.take(linked_return("R1", "M1", "2026-01-07", "S1", {{1, 1}})).status,
            Status::posted);
  EXPECT_EQ(shop.balance(), 0);
}

TEST(Decider, AReturnThatNamesItsSaleCountsAsAVisit) {
  Program program = pounds();
  program.idle("idle", days(30));
  Shop shop(program);
  shop.take(sale("S1", "M1", "2026-01-06", {{"a", 1000, 1}, {"b", 700, 1}}));
  shop.take(linked_return("R1", "M1", "2026-01-20", "S1", {{2, 1}}));
  shop.tick(at("2026-02-18"));
  EXPECT_EQ(shop.balance(), 10);
  shop.tick(at("2026-02-19"));
  EXPECT_EQ(shop.balance(), 0);
}

TEST(Decider, EnrollingTwiceEnrolsOnce) {
  Shop shop(pounds());
  const Answer first = shop.take(member_change("C1", "M1", "2026-01-06"));
  EXPECT_TRUE(first.entry.decision.enrols);
  EXPECT_EQ(shop.take(member_change("C1", "M1", "2026-01-06")).status, Status::duplicate);
  const Answer second =
      shop.take(member_change("C2", "M1", "2026-01-07", {{"tier", std::string_view("gold")}}));
  EXPECT_FALSE(second.entry.decision.enrols);
  EXPECT_EQ(shop.member().enrolled_at, at("2026-01-06"));
  EXPECT_EQ(shop.member().attributes.size(), 1u);
  shop.post();
  EXPECT_FALSE(shop.take(sale_of(100, "S1", "2026-01-08")).entry.decision.enrols);
}

TEST(Decider, NoTillCanSayThatAMemberHasEnrolled) {
  Program program = pounds();
  program.event("welcome", "enrolled", 20, false);
  Shop shop(program);
  const Answer answer = shop.take(event("E1", "enrolled", "2026-01-06"));
  EXPECT_EQ(answer.status, Status::refused);
  ASSERT_EQ(answer.error.problems.size(), 1u);
  EXPECT_EQ(answer.error.problems[0].pointer, "/event");
  EXPECT_FALSE(shop.member().exists());
}

TEST(Decider, AReturnThatNamesItsSaleIsInTheProgramsMoneyUnlessItSaysSo) {
  Shop shop(pounds());
  shop.take(sale("S1", "M1", "2026-01-06", {{"a", 1000, 3}}));
  Transaction unsaid = linked_return("R1", "M1", "2026-01-07", "S1", {{1, 1}});
  unsaid.currency = Currency();
  EXPECT_EQ(shop.take(std::move(unsaid)).entry.currency.code(), "GBP");
}

TEST(Decider, AnEventThatCountsOnceCountsOncePostedOrNot) {
  Program program = pounds();
  program.event("review", "review", 20, true);
  Shop shop(program, 1);
  shop.take(event("E1", "review", "2026-01-06"));
  shop.take(event("E2", "review", "2026-01-07"));
  EXPECT_EQ(shop.balance(), 20);
  shop.post();
  EXPECT_EQ(shop.decider().members_cached(), 0u);
  shop.take(event("E3", "review", "2026-01-08"));
  EXPECT_EQ(shop.balance(), 20);
}

TEST(Decider, ACampaignsBudgetIsNeverExceededByManyMembers) {
  Program program;
  program.spend("base").limits = {
      {LimitScope::campaign, 100, std::nullopt, engine::LimitPeriod::ever}};
  Shop shop(program);
  std::int64_t given = 0;
  for (int i = 0; i < 30; ++i) {
    const std::string n = std::to_string(i);
    shop.take(sale_of(700, "S" + n, "2026-01-06", "M" + n));
    given += shop.balance("M" + n);
  }
  EXPECT_EQ(given, 100);
}

TEST(Decider, AMembersLimitHoldsForATransactionThatComesMonthsLate) {
  Program program;
  program.spend("base").limits = {
      {LimitScope::member, 10, std::nullopt, engine::LimitPeriod::month}};
  Shop shop(program);
  shop.take(sale_of(1000, "S1", "2026-01-06"));
  for (int month = 2; month <= 12; ++month) {
    const std::string text = (month < 10 ? "0" : "") + std::to_string(month);
    shop.take(sale_of(1000, "S" + text, "2026-" + text + "-06"));
  }
  EXPECT_EQ(shop.balance(), 120);
  shop.take(sale_of(1000, "L1", "2026-01-07"));
  shop.take(sale_of(1000, "L2", "2026-11-07"));
  EXPECT_EQ(shop.balance(), 120);
}

TEST(Decider, AnUnknownMemberIsEnrolledOrRefusedAsTheProgramSays) {
  Program program = pounds();
  EXPECT_TRUE(Shop(program).take(sale_of(100, "S1", "2026-01-06")).entry.decision.enrols);
  program.spec().unknown_members = engine::UnknownMember::refuse;
  Shop strict(program);
  const Answer refused = strict.take(sale_of(100, "S1", "2026-01-06"));
  EXPECT_EQ(refused.status, Status::refused);
  EXPECT_EQ(refused.error.problems.at(0).code, "unknown_member");
  strict.take(member_change("C1", "M1", "2026-01-06"));
  EXPECT_EQ(strict.take(sale_of(100, "S1", "2026-01-06")).status, Status::posted);
}

TEST(Decider, AnAnonymousSaleIsRecordedAndEarnsNothing) {
  Shop shop(pounds());
  const Answer answer = shop.take(sale_of(1200, "S1", "2026-01-06", ""));
  EXPECT_EQ(answer.status, Status::posted);
  EXPECT_TRUE(answer.entry.decision.awards.empty());
  EXPECT_EQ(shop.take(linked_return("R1", "", "2026-01-07", "S1", {{1, 1}})).status,
            Status::posted);
  EXPECT_EQ(shop.take(linked_return("R2", "", "2026-01-07", "S1", {{1, 1}})).status,
            Status::refused);
}

TEST(Decider, AmountsInAnotherCurrencyAreRefused) {
  Shop shop(pounds());
  for (const char* member : {"M1", ""}) {
    Transaction euros = sale_of(1200, "S1", "2026-01-06", member);
    euros.currency = Currency::parse("EUR").value();
    const Answer refused = shop.take(std::move(euros));
    EXPECT_EQ(refused.status, Status::refused);
    EXPECT_EQ(refused.error.problems.at(0).pointer, "/currency");
  }
  Transaction plain = event("E1", "review", "2026-01-06");
  EXPECT_EQ(shop.take(std::move(plain)).status, Status::posted);
}

TEST(Decider, HistoryIsKeptForWhatIsBeingPrepared) {
  Shop shop(pounds());
  const ItemFilter tea{{}, {"tea"}};
  const std::uint64_t watch = engine::watch_id(tea);
  shop.decider().also_watch({{watch, tea, days(30)}});
  shop.take(sale("S1", "M1", "2026-01-06", {{"tea", 300}}));
  ASSERT_EQ(shop.member().history.size(), 1u);
  EXPECT_EQ(shop.member().history[0].watch, watch);
  ASSERT_TRUE(shop.decider()
                  .mark("~history:M1:1", MemberId::trusted("M1"), at("2026-01-07"),
                        {{watch, at("2026-01-02")}})
                  .has_value());
  EXPECT_EQ(shop.member().history[0].last, at("2026-01-06"));
}

TEST(Decider, TimePassesInSlicesForPostedAndUnpostedMembersAlike) {
  Program program = pounds();
  program.lapse_after("soon", days(30));
  Shop shop(program, 1);
  for (int i = 0; i < 40; ++i) {
    const std::string n = std::to_string(i);
    shop.take(sale_of(100, "S" + n, "2026-01-" + std::to_string(10 + i % 20), "M" + n));
    if (i == 25) shop.post();
  }
  EXPECT_FALSE(shop.decider().tick(at("2026-04-01"), 7).value());
  shop.tick(at("2026-04-01"), 7);
  for (int i = 0; i < 40; ++i) EXPECT_EQ(shop.balance("M" + std::to_string(i)), 0) << i;
  EXPECT_EQ(shop.entries.size(), 80u);
}

}  // namespace
}  // namespace accrue::test
