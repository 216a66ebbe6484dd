#include "ledger/books.hpp"

#include "posted.hpp"

namespace accrue::ledger {
namespace {

const MemberId kM1 = MemberId::trusted("M1");

Member found(const Posted& books, const MemberId& id = kM1) {
  return find_member(books.read(), id).value().value();
}

TEST(Books, AnEmptyLedgerKnowsNothing) {
  const Posted books;
  EXPECT_EQ(applied(books.read()).value().seq, Seq::none);
  EXPECT_FALSE(find_member(books.read(), kM1).value().has_value());
  EXPECT_FALSE(find_id(books.read(), TransactionId::trusted("S1")).value().has_value());
  EXPECT_EQ(books.archive()->entry(seq(1)).error().code, ErrorCode::not_found);
  EXPECT_EQ(totals(books.read()).value().sales, 0u);
}

TEST(Books, APostedSaleIsFoundEveryWay) {
  Posted books;
  const Transaction sale = test::sale_of(1200, "S1", "2026-01-06T10:00:00");
  books.post({{earning(sale, {}, 12, "2027-01-01"), &sale}});
  const Member member = found(books);
  EXPECT_EQ(member.available("points"), Points(12));
  ASSERT_EQ(member.lots.size(), 1u);
  EXPECT_EQ(member.lots[0].seq, seq(1));
  EXPECT_EQ(member.lots[0].expires_at, at("2027-01-01"));
  const auto id = find_id(books.read(), TransactionId::trusted("S1")).value();
  ASSERT_TRUE(id.has_value());
  EXPECT_EQ(*id, seq(1));
  EXPECT_EQ(books.archive()->entry(seq(1)).value().id.text(), "S1");
  EXPECT_EQ(applied(books.read()).value().seq, seq(1));
  EXPECT_EQ(applied(books.read()).value().chain, std::string(32, 'c'));
  const Totals sums = totals(books.read()).value();
  EXPECT_EQ(sums.members, 1u);
  EXPECT_EQ(sums.member_sales, 1u);
  EXPECT_EQ(sums.currencies.at(0).available(), Points(12));
  EXPECT_TRUE(audit(books.read()).value().findings.empty());
}

TEST(Books, OneCommitOrManyMakeTheSameBooks) {
  const Transaction first = test::sale_of(1200, "S1", "2026-01-06");
  const Transaction second = test::sale_of(500, "S2", "2026-01-07");
  Posted together;
  Posted apart;
  const Entry one = earning(first, {}, 12);
  apart.post({{one, &first}});
  const Entry two = earning(second, found(apart), 5);
  apart.post({{two, &second}});
  together.post({{one, &first}, {two, &second}});
  EXPECT_EQ(found(together).available("points"), Points(17));
  EXPECT_EQ(together.hash(), apart.hash());
}

TEST(Books, AStatementFollowsTheMembersOwnEntriesBackwards) {
  Posted books;
  const Transaction first = test::sale_of(1200, "S1", "2026-01-06");
  const Transaction other = test::sale_of(300, "S2", "2026-01-06", "M2");
  const Transaction second = test::sale_of(500, "S3", "2026-01-07");
  books.post({{earning(first, {}, 12), &first}, {earning(other, {}, 3), &other}});
  Entry entry = earning(second, found(books), 5);
  entry.previous = seq(1);
  books.post({{entry, &second}});
  const Statement all = books.archive()->statement(found(books).last_entry, 10).value();
  ASSERT_EQ(all.entries.size(), 2u);
  EXPECT_EQ(all.entries[0].id.text(), "S3");
  EXPECT_EQ(all.entries[1].id.text(), "S1");
  EXPECT_EQ(all.next, Seq::none);
  const Statement page = books.archive()->statement(seq(3), 1).value();
  EXPECT_EQ(page.entries.size(), 1u);
  EXPECT_EQ(page.next, seq(1));
}

TEST(Books, AnEmptiedLotIsGoneAndATickIsDueNoMore) {
  Posted books;
  const Transaction sale = test::sale_of(1200, "S1", "2026-01-06");
  books.post({{earning(sale, {}, 12, "2027-01-01"), &sale}});
  const auto waiting = due(books.read(), {}, at("2027-01-01"), 10).value();
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_EQ(waiting[0].at, at("2027-01-01"));
  EXPECT_EQ(waiting[0].member, kM1);
  EXPECT_TRUE(due(books.read(), {}, at("2026-12-31"), 10).value().empty());
  EXPECT_TRUE(due(books.read(), waiting[0], at("2028-01-01"), 10).value().empty());
  const Transaction tick = test::base(TransactionType::tick, "~tick", "M1", "2027-01-01");
  books.post({{entry_of(tick, lapse(found(books), tick.time).decision), &tick}});
  EXPECT_TRUE(found(books).lots.empty());
  EXPECT_TRUE(due(books.read(), {}, at("2030-01-01"), 10).value().empty());
  EXPECT_EQ(books.read().count(store::Table::lots).value(), 0u);
  EXPECT_TRUE(audit(books.read()).value().findings.empty());
}

TEST(Books, OlderLotsOfAMemberWithManyAreShelvedAndLapseLikeOthers) {
  Posted one_by_one;
  Posted together;
  std::vector<Transaction> sales;
  std::vector<std::pair<Entry, const Transaction*>> records;
  sales.reserve(40);
  for (int i = 1; i <= 40; ++i) {
    sales.push_back(test::sale_of(100, "S" + std::to_string(i), "2026-01-06"));
    const auto known = find_member(one_by_one.read(), kM1).value();
    // Each second one lapses.
    Entry entry = earning(sales.back(), known.value_or(Member()), 1, i % 2 ? "2027-01-01" : "");
    one_by_one.post({{entry, &sales.back()}});
    records.emplace_back(entry, &sales.back());
  }
  together.post(records);
  for (const Posted* books : {&one_by_one, &together}) {
    EXPECT_GT(books->read().count(store::Table::lots).value(), 0u);
    const Member member = found(*books);
    ASSERT_EQ(member.lots.size(), 40u);
    EXPECT_TRUE(std::is_sorted(member.lots.begin(), member.lots.end(), drawn_before));
    EXPECT_TRUE(audit(books->read()).value().findings.empty());
  }
  EXPECT_EQ(one_by_one.hash(), together.hash());
  const Transaction tick = test::base(TransactionType::tick, "~tick", "M1", "2027-01-01");
  one_by_one.post({{entry_of(tick, lapse(found(one_by_one), tick.time).decision), &tick}});
  EXPECT_EQ(found(one_by_one).lots.size(), 20u);
  EXPECT_EQ(found(one_by_one).available("points"), Points(20));
  EXPECT_TRUE(audit(one_by_one.read()).value().findings.empty());
}

TEST(Books, GoodsThatCameBackAreCountedBySaleAndLine) {
  Posted books;
  const Transaction sale = test::sale("S1", "M1", "2026-01-06", {{"a", 300, 3}, {"b", 100, 1}});
  books.post({{earning(sale, {}, 4), &sale}});
  for (const char* id : {"R1", "R2"}) {
    const Transaction back = test::linked_return(id, "M1", "2026-01-08", "S1", {{1, 1}});
    Decision decision;
    decision.returned = {{1, 1'000'000}};
    books.post({{entry_of(back, decision), &back}});
  }
  EXPECT_EQ(returned(books.read(), seq(1)).value(), (ReturnedSoFar{{1, 2'000'000}}));
  EXPECT_TRUE(returned(books.read(), seq(2)).value().empty());
}

TEST(Books, BudgetsOfACampaignAddUpOverCommits) {
  Posted books;
  const Transaction sale = test::sale_of(100, "S1", "2026-01-06", "");
  Decision decision;
  decision.counters = {{"base", LimitScope::campaign, "2026", 30, 1}};
  books.post({{entry_of(sale, decision), &sale}, {entry_of(sale, decision), &sale}});
  books.post({{entry_of(sale, decision), &sale}});
  const CampaignCounters counters = campaign_counters(books.read()).value();
  ASSERT_EQ(counters.size(), 1u);
  EXPECT_EQ(counters.begin()->first, std::pair(std::string("base"), std::string("2026")));
  EXPECT_EQ(counters.begin()->second.points, 90);
  EXPECT_EQ(counters.begin()->second.times, 3);
}

TEST(Books, AFeedsPositionIsThatOfItsNewestEntry) {
  Posted books;
  const Transaction sale = test::sale_of(100, "S1", "2026-01-06", "");
  Entry entry = entry_of(sale);
  entry.feed = "till";
  entry.position = {"2026.ndjson", 41};
  books.post({{entry, &sale}});
  EXPECT_EQ(feed_position(books.read(), "till").value().message, 41u);
  EXPECT_EQ(feed_position(books.read(), "till").value().source, "2026.ndjson");
  EXPECT_EQ(feed_position(books.read(), "other").value().message, 0u);
}

TEST(Books, ARecordOutOfItsPlaceIsRefused) {
  Posted books;
  const Transaction sale = test::sale_of(100, "S1", "2026-01-06", "");
  auto txn = books.store().write();
  auto posting = Posting::begin(txn.value()).value();
  const auto refused = posting.add(seq(2), record_of(entry_of(sale), encode(sale)), "");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::corrupt);
}

TEST(Books, AWatchIsCompleteUntilItIsObsolete) {
  Posted books;
  const Transaction mark = test::base(TransactionType::tick, "~history", "", "2026-01-01");
  Decision complete;
  complete.history = {{7, at("2026-01-01")}, {9, at("2026-01-01")}};
  books.post({{entry_of(mark, complete), &mark}});
  EXPECT_EQ(watched(books.read()).value(), (std::vector<std::uint64_t>{7, 9}));
  Decision obsolete;
  obsolete.history = {{7, Timestamp()}};
  books.post({{entry_of(mark, obsolete), &mark}});
  EXPECT_EQ(watched(books.read()).value(), (std::vector<std::uint64_t>{9}));
}

TEST(Books, AnAuditFindsBooksThatDoNotBalance) {
  Posted books;
  const Transaction sale = test::sale_of(1200, "S1", "2026-01-06");
  books.post({{earning(sale, {}, 12), &sale}});
  Member wrong = found(books);
  wrong.balances[0].issued = Points(13);
  auto txn = books.store().write();
  ASSERT_TRUE(txn.value().put(store::Table::members, "M1", encode(wrong)).has_value());
  ASSERT_TRUE(std::move(txn.value()).commit().has_value());
  const Audit found_wrong = audit(books.read()).value();
  ASSERT_EQ(found_wrong.findings.size(), 2u);
  EXPECT_NE(found_wrong.findings[0].find("member M1"), std::string::npos);
  EXPECT_NE(found_wrong.findings[1].find("sums of points"), std::string::npos);
}

}  // namespace
}  // namespace accrue::ledger
