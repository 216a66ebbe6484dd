#include "journal/format.hpp"
#include "road_fixture.hpp"

#include <atomic>
#include <thread>

namespace accrue::pipeline {
namespace {

using test::at;

std::string numbered(const char* prefix, int number) { return prefix + std::to_string(number); }

TEST_F(RoadTest, KeepsEverythingOverAStopAndANewStart) {
  open(pounds());
  for (int i = 0; i < 300; ++i) {
    ASSERT_EQ(
        post(test::sale_of(100 * (i % 7), numbered("S", i), "2026-01-06", numbered("M", i % 50))),
        Status::posted);
  }
  ASSERT_EQ(post(test::linked_return("R1", "M3", "2026-01-07", "S3", {{1, 1}})), Status::posted);
  wait_until_posted();
  const std::string before = hash();
  const std::int64_t balance_before = balance("M4");
  close();
  open(pounds());
  EXPECT_EQ(hash(), before);
  EXPECT_EQ(balance("M4"), balance_before);
  EXPECT_EQ(road_->durable(), static_cast<Seq>(301));
  EXPECT_EQ(post(test::sale_of(300, "S3", "2026-01-06", "M3")), Status::duplicate);
  EXPECT_EQ(post(test::linked_return("R2", "M3", "2026-01-07", "S3", {{1, 1}})), Status::refused);
  expect_sound();
}

TEST_F(RoadTest, ALostLedgerIsMadeAnewFromTheJournal) {
  open(pounds());
  for (int i = 0; i < 200; ++i) {
    post(test::sale_of(700, numbered("S", i), "2026-01-06", numbered("M", i % 20)));
  }
  road_->tick(at("2026-03-01"));
  EXPECT_EQ(balance(), 0);
  wait_until_posted();
  const std::string before = hash();
  close();
  std::filesystem::remove_all(DataFolder{folder_.path()}.ledger());
  RoadOptions small = options();
  small.commit.records = 3;
  open(pounds(), small);
  EXPECT_EQ(hash(), before);
  expect_sound();
}

TEST_F(RoadTest, SmallCommitsMakeTheSameBooksAsLargeOnes) {
  std::vector<std::string> hashes;
  for (const std::size_t records : {std::size_t{1}, std::size_t{12'000}}) {
    RoadOptions with = options();
    with.commit.records = records;
    with.data = {folder_.path() / std::to_string(records)};
    open(pounds(), with);
    for (int i = 0; i < 60; ++i) {
      post(test::sale_of(700, numbered("S", i), "2026-01-06", numbered("M", i % 5)));
    }
    wait_until_posted();
    hashes.push_back(hash());
    close();
  }
  EXPECT_EQ(hashes[0], hashes[1]);
}

TEST_F(RoadTest, ManyCallersAtOnceAreEachAnsweredOnceAndLoseNothing) {
  RoadOptions with = options();
  with.queue = 32;
  with.decider.cache_bytes = 1;  // Every member goes and comes.
  with.commit.records = 64;
  with.sequencer.group_max = 16;
  with.sequencer.unposted_max = 200;
  open(pounds(), with);
  constexpr int kCallers = 4;
  constexpr int kEach = 400;
  std::vector<std::thread> callers;
  std::atomic<int> posted{0};
  for (int caller = 0; caller < kCallers; ++caller) {
    callers.emplace_back([&, caller] {
      for (int i = 0; i < kEach; ++i) {
        const std::string id = numbered("S", caller) + numbered("-", i);
        const auto answer = submit(test::sale_of(100, id, "2026-01-06", numbered("M", i % 10)));
        if (i % 5 == 0) submit(test::sale_of(900, id + "q", "2026-01-06"), true);
        if (i % 7 == 0) balance(numbered("M", i % 10));
        if (i % 50 == 0) road_->tick(at("2026-01-20"));
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  for (int i = 0; i < 10; ++i) posted += static_cast<int>(balance(numbered("M", i)));
  EXPECT_EQ(posted, kCallers * kEach);
  wait_until_posted();
  expect_sound();
  EXPECT_EQ(road_->totals().member_sales, static_cast<std::uint64_t>(kCallers * kEach));
}

TEST_F(RoadTest, StoppingAnswersAllThatWasTakenIn) {
  open(pounds());
  std::vector<std::future<Answer>> answers;
  for (int i = 0; i < 500; ++i) {
    answers.push_back(submit(test::sale_of(100, numbered("S", i), "2026-01-06")));
  }
  road_->stop();
  for (auto& answer : answers) EXPECT_EQ(answer.get().status, Status::posted);
  EXPECT_EQ(road_->applied(), static_cast<Seq>(500));
  Work late = Submission{receive(test::sale_of(1, "late", "2026-01-06"), {}), {}, false};
  EXPECT_FALSE(road_->queue().try_push(late));
  road_->stop();
}

TEST_F(RoadTest, AFeedsPositionIsPostedWithItsTransactions) {
  open(pounds());
  post(test::sale_of(100, "S1", "2026-01-06"));
  post(test::sale_of(100, "S2", "2026-01-06"));
  wait_until_posted();
  const auto txn = road_->store()->read();
  EXPECT_EQ(ledger::feed_position(txn.value(), "feed").value().message, 2u);
}

TEST_F(RoadTest, ARejectedMessageKeepsItsPlaceAmongTheAnswers) {
  open(pounds());
  std::vector<std::string> told;
  std::promise<void> last;
  const auto tell = [&](const char* text) {
    return [&told, text](const Answer&) { told.push_back(text); };
  };
  road_->queue().push(
      Submission{receive(test::sale_of(100, "S1", "2026-01-06"), {}), tell("sale"), false});
  road_->queue().push(Rejection{reject("no JSON"), tell("rejected")});
  road_->queue().push(
      Submission{receive(test::sale_of(100, "S2", "2026-01-06"), {}), tell("next"), false});
  road_->queue().push_interlude([&](Decider&) { return [&last] { last.set_value(); }; });
  last.get_future().wait();
  EXPECT_EQ(told, (std::vector<std::string>{"sale", "rejected", "next"}));
}

TEST_F(RoadTest, InFeedTimeWhatLapsedByMidnightLapsesBeforeTheNextDaysFirstSale) {
  RoadOptions with = options();
  with.sequencer.ticks_from_feed = true;
  open(pounds(), with);
  post(test::sale_of(1200, "S1", "2026-01-06T12:00:00"));
  post(test::sale_of(100, "S2", "2026-02-05T13:00:00", "M2"));
  EXPECT_EQ(balance(), 12);  // Its points lapsed at noon; the day is not over.
  post(test::sale_of(100, "S3", "2026-02-06T08:00:00", "M2"));
  EXPECT_EQ(balance(), 0);
}

TEST_F(RoadTest, ARuleSetThatWatchesMoreFindsWhatWasBoughtBefore) {
  open(pounds());
  post(test::sale("S1", "M1", "2026-01-06", {{"tea", 300}}));
  post(test::sale("S2", "M1", "2026-01-09", {{"tea", 300}}));
  post(test::sale("S3", "M2", "2026-01-09", {{"food", 300}}));
  test::Program watching = pounds();
  RuleTraits traits;
  traits.watches = {{{{}, {"tea"}}, test::days(90)}};
  watching.rule("tea-lovers", traits, [](const accrue::Situation& situation, Proposal& proposal) {
    if (situation.last_bought[0] == at("2026-01-09")) {
      proposal.award = ProposedAward{Points(5), "tea", {}};
    }
  });
  ASSERT_TRUE(road_->activate(watching.build()).has_value());
  const Answer answer = submit(test::sale_of(100, "S4", "2026-01-10")).get();
  ASSERT_EQ(answer.entry.decision.awards.size(), 2u);
  EXPECT_EQ(answer.entry.decision.awards[1].rule, "tea-lovers");
  EXPECT_EQ(submit(test::sale_of(100, "S5", "2026-01-10", "M2")).get().entry.decision.awards.size(),
            1u);
  wait_until_posted();
  expect_sound();
  const std::string before = hash();
  close();
  std::filesystem::remove_all(DataFolder{folder_.path()}.ledger());
  open(watching);  // What was found is in the journal: no scan, and the same books.
  EXPECT_EQ(hash(), before);
  EXPECT_EQ(road_->durable(), road_->applied());
}

TEST_F(RoadTest, WatchesThatComeAndGoAreFoundAgain) {
  open(pounds());
  test::Program watching = pounds();
  RuleTraits traits;
  traits.watches = {{{{}, {"tea"}}, test::days(90)}};
  watching.rule("tea-lovers", traits, [](const accrue::Situation& situation, Proposal& proposal) {
    if (situation.last_bought[0]) proposal.award = ProposedAward{Points(5), "tea", {}};
  });
  ASSERT_TRUE(road_->activate(watching.build()).has_value());
  ASSERT_TRUE(road_->activate(pounds().build()).has_value());
  post(test::sale("S1", "M1", "2026-01-06", {{"tea", 300}}));  // Nobody watches now.
  ASSERT_TRUE(road_->activate(watching.build()).has_value());
  EXPECT_EQ(submit(test::sale_of(100, "S2", "2026-01-10")).get().entry.decision.awards.size(), 2u);
}

TEST_F(RoadTest, AProgramThatForgetsWhatMembersHoldIsRefusedAndTheOldOneStays) {
  open(pounds());
  post(test::sale_of(1200, "S1", "2026-01-06"));
  wait_until_posted();
  test::Program stars = pounds();
  stars.spec().terms.currencies.erase(stars.spec().terms.currencies.begin());
  const auto forgotten = road_->activate(stars.build());
  ASSERT_FALSE(forgotten.has_value());
  EXPECT_NE(forgotten.error().message.find("12 points of \"points\""), std::string::npos);
  test::Program yen = pounds();
  yen.spec().terms.currency = Currency::parse("JPY").value();
  EXPECT_FALSE(road_->activate(yen.build()).has_value());
  EXPECT_EQ(submit(test::sale_of(500, "S2", "2026-01-07")).get().entry.decision.awards.size(), 1u);
}

TEST_F(RoadTest, ALedgerThatIsAheadOfItsJournalIsRefusedAndSaysWhatToDo) {
  open(pounds());
  for (int i = 0; i < 10; ++i) post(test::sale_of(100, numbered("S", i), "2026-01-06"));
  close();
  std::filesystem::remove_all(DataFolder{folder_.path()}.journal());
  const auto refused = Road::open(
      options(), metrics_, [](Seq) {}, [](const Error&) {});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::corrupt);
  EXPECT_NE(refused.error().message.find("accrue rebuild"), std::string::npos);
}

TEST_F(RoadTest, AMemberIsSeenAtOnceAfterAnAnswerAndNeverBeforeItsStateIsDurable) {
  open(pounds());
  const auto seen = [&](const char* id) {
    std::int64_t points = -1;
    const auto shown = road_->look_at(MemberId::trusted(id),
                                      [&](const ledger::Member* member, const ProgramTerms&) {
                                        if (member == nullptr) return;
                                        EXPECT_LE(member->last_entry, road_->durable());
                                        points = member->available("points").count();
                                      });
    EXPECT_TRUE(shown.has_value());
    return points;
  };
  EXPECT_EQ(seen("M1"), -1) << "nobody has enrolled";
  std::atomic<bool> over{false};
  std::thread reader([&] {
    while (!over) seen("M1");
  });
  for (int i = 1; i <= 200; ++i) {
    post(test::sale_of(100, numbered("S", i), "2026-01-06"));
    // Somebody else may be being recorded, but not this member: the answer is out.
    ASSERT_EQ(seen("M1"), i);
  }
  over = true;
  reader.join();
}

TEST_F(RoadTest, ACommitIsLeftToFillUntilSomebodyWaitsForIt) {
  RoadOptions with = options();
  with.commit.pace = std::chrono::hours(1);
  open(pounds(), with);
  post(test::sale_of(100, "S1", "2026-01-06"));
  wait_until_posted();
  post(test::sale_of(100, "S2", "2026-01-06"));
  std::promise<void> posted;
  road_->when_applied(static_cast<Seq>(2), [&] { posted.set_value(); });
  ASSERT_EQ(posted.get_future().wait_for(std::chrono::seconds(60)), std::future_status::ready);
  post(test::sale_of(100, "S3", "2026-01-06"));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(road_->applied(), static_cast<Seq>(2)) << "nobody waits";
  wait_until_posted();
  EXPECT_EQ(road_->applied(), static_cast<Seq>(3));
  post(test::sale_of(100, "S4", "2026-01-06"));
  road_->stop();
  EXPECT_EQ(road_->applied(), static_cast<Seq>(4)) << "a stop posts what is durable";
}

TEST_F(RoadTest, WhatNeedsASegmentThatWasMovedAwayIsNotRecordedAndAllElseGoesOn) {
  open(pounds());
  for (int i = 0; i < 200; ++i) post(test::sale_of(100, numbered("S", i), "2026-01-06"));
  wait_until_posted();
  close();
  const auto moved = journal::list_segments(data_.journal()).value().front().path;
  std::filesystem::rename(moved, folder_.path() / "elsewhere");
  open(pounds());
  for (int round = 0; round < 2; ++round) {
    const Answer again = submit(test::sale_of(100, "S0", "2026-01-06")).get();
    EXPECT_EQ(again.error.code, ErrorCode::internal);
    EXPECT_NE(again.error.message.find("put its segment back"), std::string::npos)
        << again.error.message;
    const Answer returned =
        submit(test::linked_return("R1", "M1", "2026-01-07", "S1", {{1, 1}})).get();
    EXPECT_EQ(returned.error.code, ErrorCode::internal);
  }
  EXPECT_EQ(post(test::sale_of(100, "S199", "2026-01-06")), Status::duplicate);
  EXPECT_EQ(post(test::sale_of(100, "S200", "2026-01-06")), Status::posted);
  EXPECT_EQ(balance(), 201);
  close();
  std::filesystem::rename(folder_.path() / "elsewhere", moved);
  open(pounds());
  EXPECT_EQ(post(test::sale_of(100, "S0", "2026-01-06")), Status::duplicate);
}

TEST_F(RoadTest, AnOldSegmentThatCannotBeReadCostsOnlyWhatNeedsIt) {
  open(pounds());
  for (int i = 0; i < 200; ++i) post(test::sale_of(100, numbered("S", i), "2026-01-06"));
  wait_until_posted();
  const auto segment = journal::list_segments(data_.journal()).value().front().path;
  std::filesystem::rename(segment, folder_.path() / "elsewhere");
  std::filesystem::create_directory(segment);  // Reading it fails as on a bad sector.
  EXPECT_EQ(submit(test::sale_of(100, "S0", "2026-01-06")).get().error.code, ErrorCode::internal);
  EXPECT_EQ(post(test::sale_of(100, "S200", "2026-01-06")), Status::posted);
  std::filesystem::remove(segment);
  std::filesystem::rename(folder_.path() / "elsewhere", segment);
  EXPECT_EQ(post(test::sale_of(100, "S0", "2026-01-06")), Status::duplicate);
}

TEST_F(RoadTest, AQuoteRecordsNothing) {
  open(pounds());
  const Answer quoted = submit(test::sale_of(1200, "S1", "2026-01-06"), true).get();
  EXPECT_EQ(quoted.status, Status::quoted);
  EXPECT_EQ(road_->durable(), Seq::none);
  EXPECT_EQ(balance(), 0);
}

}  // namespace
}  // namespace accrue::pipeline
