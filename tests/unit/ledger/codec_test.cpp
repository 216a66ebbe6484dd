// Whatever is stored is read back as it was, for values a generator invents.
#include "ledger/entry.hpp"
#include "ledger/member.hpp"
#include "ledger/totals.hpp"

#include "support/transactions.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <type_traits>

namespace accrue::ledger {
namespace {

using std::chrono::milliseconds;

template <class Number>
Number number(Number from, Number to) {
  return *rc::gen::inRange<Number>(from, to);
}
std::int64_t any_int64() { return *rc::gen::arbitrary<std::int64_t>(); }
Points any_points() { return Points(any_int64()); }
std::string any_text() { return *rc::gen::arbitrary<std::string>(); }
/// Not 0: that stands for "none".
Timestamp any_time() { return Timestamp(milliseconds(number<std::int64_t>(1, 7'000'000'000'000))); }
std::optional<Timestamp> maybe_time() {
  if (*rc::gen::arbitrary<bool>()) return any_time();
  return std::nullopt;
}
template <class Make>
auto some(Make make) {
  std::vector<std::decay_t<decltype(make())>> list;
  for (int i = number(0, 4); i > 0; --i) list.push_back(make());
  return list;
}
std::string id_text() {
  return *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange('a', 'z')));
}

Offer any_offer() {
  return {any_text(),
          any_text(),
          any_text(),
          {any_points(),
           {some(any_text), some(any_text)},
           Money::from_minor(any_int64()),
           any_time(),
           any_text()},
          any_time()};
}
Deadline any_deadline() { return {any_text(), maybe_time(), some(any_time)}; }

Decision any_decision() {
  Decision decision;
  decision.awards = some([] {
    return Award{any_text(), any_text(), any_points(), any_text(), some(any_int64), any_text()};
  });
  decision.opened = some([] {
    return LotOpened{number(0u, 9u), any_text(),   any_points(),
                     any_points(),   maybe_time(), some(any_time)};
  });
  decision.drawn = some([] {
    return LotDrawn{static_cast<Seq>(number(0ull, 1ull << 60)), number(0u, 9u),
                    static_cast<DrawKind>(number(0, 3)), any_points()};
  });
  decision.reminded = some([] {
    return LotReminded{static_cast<Seq>(number(0ull, 1ull << 60)), number(0u, 9u), any_time()};
  });
  decision.balances = some([] {
    return BalanceChange{any_text(),   any_points(), any_points(), any_points(),
                         any_points(), any_points(), any_points()};
  });
  decision.deadlines = some(any_deadline);
  decision.offers_made = some(any_offer);
  decision.offers_accepted = some(any_text);
  decision.offers_lapsed = some(any_text);
  decision.counters = some([] {
    return CounterUse{any_text(), static_cast<LimitScope>(number(0, 2)), any_text(), any_int64(),
                      any_int64()};
  });
  decision.history = some([] {
    return HistoryMark{*rc::gen::arbitrary<std::uint64_t>(), any_time()};
  });
  decision.returned = some([] { return ReturnedLine{number(0u, 99u), any_int64()}; });
  decision.notices = some([] {
    return Notice{static_cast<NoticeKind>(number(0, kNoticeKinds)),
                  some([] { return std::pair(any_text(), any_text()); }), some(any_text)};
  });
  decision.hints = some([] {
    return Hint{any_text(), any_points(), Money::from_minor(any_int64()), any_text()};
  });
  decision.enrols = *rc::gen::arbitrary<bool>();
  return decision;
}

Entry any_entry() {
  Entry entry;
  entry.seq = static_cast<Seq>(number(1ull, 1ull << 60));
  entry.currency = test::gbp();
  entry.rule_set = "00112233445566778899aabbccddeeff";
  entry.previous = static_cast<Seq>(number(0ull, 1ull << 60));
  entry.feed = any_text();
  entry.position = {any_text(), *rc::gen::arbitrary<std::uint64_t>()};
  entry.decision = any_decision();
  return entry;
}

// Two values are equal when their bytes are: the encoder is a function of every field, which
// EveryFieldOf… shows for one value by hand.
RC_GTEST_PROP(Codec, AnEntryIsReadAsItWasWritten, ()) {
  const Entry entry = any_entry();
  const Transaction sale = test::sale("S1", "M1", "2026-01-06T10:11:12", {{"tea", 349, 2, "TEA1"}});
  const std::string transaction = encode(sale);
  const std::string record = record_of(entry, transaction);
  const auto read = decode_entry(entry.seq, record);
  RC_ASSERT(read.has_value());
  RC_ASSERT(record_of(read.value(), transaction) == record);
  RC_ASSERT(transaction_of(record).value() == transaction);
  RC_ASSERT(read.value().decision.awards.size() == entry.decision.awards.size());
  for (std::size_t i = 0; i < entry.decision.awards.size(); ++i) {
    RC_ASSERT(read.value().decision.awards[i].points == entry.decision.awards[i].points);
    RC_ASSERT(read.value().decision.awards[i].by_line == entry.decision.awards[i].by_line);
  }
}

TEST(Codec, AnEntryShowsWhatItsTransactionSays) {
  Transaction sale = test::sale("S1", "M1", "2026-01-06T10:11:12", {{"tea", 349, 2, "TEA1"}});
  sale.store = "S001";
  Entry recorded;
  recorded.currency = test::gbp();
  recorded.rule_set = std::string(32, 'a');
  recorded.feed = "tills";
  recorded.position = {"monday.ndjson", 7};
  recorded.previous = static_cast<Seq>(3);
  const auto read = decode_entry(static_cast<Seq>(9), record_of(recorded, encode(sale))).value();
  EXPECT_EQ(value_of(read.seq), 9u);
  EXPECT_EQ(read.id.text(), "S1");
  EXPECT_EQ(read.type, TransactionType::sale);
  EXPECT_EQ(read.member.text(), "M1");
  EXPECT_EQ(read.time, sale.time);
  EXPECT_EQ(read.store, "S001");
  EXPECT_EQ(read.currency, test::gbp());
  ASSERT_EQ(read.lines.size(), 1u);
  EXPECT_EQ(read.lines[0].quantity_micros, 2'000'000);
  EXPECT_EQ(read.lines[0].amount_minor, 349);
  EXPECT_EQ(read.rule_set, std::string(32, 'a'));
  EXPECT_EQ(read.feed, "tills");
  EXPECT_EQ(read.position.source, "monday.ndjson");
  EXPECT_EQ(read.position.message, 7u);
  EXPECT_EQ(value_of(read.previous), 3u);
}

// Worked out from the Protocol Buffers encoding and schema/ledger.proto, not from the encoder.
TEST(Codec, BytesAreTheProtocolBuffersOfTheSchema) {
  Transaction review;
  review.id = TransactionId::trusted("R1");
  review.type = TransactionType::event;
  review.member = MemberId::trusted("M7");
  review.time = Timestamp(milliseconds(150));
  review.event = "review";
  // Field 1, bytes (0a), 2 long; 2, varint (10) 2; 3 (1a); 4, zigzag varint (20) of 300 = ac 02;
  // 10 (52), 6 long.
  EXPECT_EQ(encode(review),
            std::string("\x0a\x02R1\x10\x02\x1a\x02M7\x20\xac\x02\x52\x06review", 21));
}

TEST(Codec, FieldsOfALaterVersionAndInAnotherOrderAreRead) {
  // Member M7 first, then field 99 (varint), then id R1.
  const std::string bytes("\x1a\x02M7\x98\x06\x05\x0a\x02R1", 11);
  const auto read = decode_transaction(bytes);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read.value().id.text(), "R1");
  EXPECT_EQ(read.value().member.text(), "M7");
}

RC_GTEST_PROP(Codec, AMemberIsReadAsItWasWritten, ()) {
  Member member;
  member.id = MemberId::trusted(id_text());
  member.number = *rc::gen::arbitrary<std::uint64_t>();
  member.enrolled_at = any_time();
  member.last_activity = maybe_time();
  member.last_entry = static_cast<Seq>(number(0ull, 1ull << 60));
  member.entries = *rc::gen::arbitrary<std::uint64_t>();
  member.language = any_text();
  member.attributes = {{"flag", true},
                       {"number", any_int64()},
                       {"decimal", Decimal::from_micros(any_int64())},
                       {"text", any_text()}};
  member.sealed_contact = any_text();
  member.contact_fields = some(any_text);
  member.balances = some([] {
    return Balance{any_text(),   any_points(), any_points(),
                   any_points(), any_points(), any_points()};
  });
  member.deadlines = some(any_deadline);
  member.offers = some(any_offer);
  member.counters = some([] { return Counter{any_text(), any_text(), any_int64(), any_int64()}; });
  member.history = some([] {
    return HistoryMark{*rc::gen::arbitrary<std::uint64_t>(), any_time()};
  });
  const std::string bytes = encode(member);
  const auto read = decode_member(member.id, bytes);
  RC_ASSERT(read.has_value());
  RC_ASSERT(encode(read.value()) == bytes);
  RC_ASSERT(read.value().last_activity == member.last_activity);
  RC_ASSERT(read.value().sealed_contact == member.sealed_contact);
  for (std::size_t i = 0; i < member.attributes.size(); ++i) {
    RC_ASSERT(read.value().attributes[i].key == member.attributes[i].key);
    RC_ASSERT(read.value().attributes[i].value == member.attributes[i].value);
  }
}

RC_GTEST_PROP(Codec, LotsAreReadAsTheyWereWritten, ()) {
  const Timestamp earned_at = any_time();
  std::vector<Lot> lots;
  for (std::uint32_t i = number(1u, 4u); i > 0; --i) {
    lots.push_back({static_cast<Seq>(7), i, any_text(), any_points(), any_points(), earned_at,
                    maybe_time(), some(any_time)});
  }
  const auto read = decode_lots(encode(lots));
  RC_ASSERT(read.has_value());
  RC_ASSERT(read.value().size() == lots.size());
  for (std::size_t i = 0; i < lots.size(); ++i) {
    const Lot& lot = read.value()[i];
    RC_ASSERT(lot.seq == lots[i].seq);
    RC_ASSERT(lot.number == lots[i].number);
    RC_ASSERT(lot.currency == lots[i].currency);
    RC_ASSERT(lot.issued == lots[i].issued);
    RC_ASSERT(lot.remaining == lots[i].remaining);
    RC_ASSERT(lot.earned_at == earned_at);
    RC_ASSERT(lot.expires_at == lots[i].expires_at);
    RC_ASSERT(lot.remind_at == lots[i].remind_at);
  }
}

RC_GTEST_PROP(Codec, TotalsAreReadAsTheyWereWritten, ()) {
  Totals totals;
  for (std::uint64_t* count :
       {&totals.members, &totals.sales, &totals.anonymous_sales, &totals.returns,
        &totals.member_sales, &totals.member_returns, &totals.events, &totals.member_changes,
        &totals.ticks, &totals.offers_made, &totals.offers_accepted, &totals.offers_lapsed,
        &totals.notices}) {
    *count = *rc::gen::arbitrary<std::uint64_t>();
  }
  totals.latest = any_time();
  totals.currencies = some([] {
    return Balance{any_text(),   any_points(), any_points(),
                   any_points(), any_points(), any_points()};
  });
  const auto read = decode_totals(encode(totals));
  RC_ASSERT(read.has_value());
  RC_ASSERT(encode(read.value()) == encode(totals));
  RC_ASSERT(read.value().member_returns == totals.member_returns);
  RC_ASSERT(read.value().notices == totals.notices);
}

RC_GTEST_PROP(Codec, BytesThatAreNoEntryAreCorruptAndNotACrash, ()) {
  std::string bytes = record_of(any_entry(), "transaction");
  const auto at = number<std::size_t>(0, bytes.size());
  bytes[at == bytes.size() ? 0 : at] = static_cast<char>(number(0, 256));
  bytes.resize(number<std::size_t>(0, bytes.size() + 1));
  const auto read = decode_entry(Seq{1}, bytes);
  if (!read) RC_ASSERT(read.error().code == ErrorCode::corrupt);
}

TEST(Codec, EveryFieldOfATransactionIsStored) {
  Transaction sale = test::sale("S1", "M1", "2026-01-06T10:11:12", {{"tea", 349, 2, "TEA1"}});
  sale.terminal = "T03";
  sale.store = "S001";
  sale.lines[0].description = "tea";
  sale.lines[0].unit_price = Decimal::parse("1.745").value();
  sale.lines[0].of_line = 3;
  sale.tenders = {{"card", Money::from_minor(349)}};
  sale.attributes = {{"flag", true},
                     {"count", std::int64_t{-7}},
                     {"rate", Decimal::parse("0.125").value()},
                     {"word", std::string_view("gold")}};
  sale.of = TransactionId::trusted("S0");
  sale.language = "cy";
  sale.sealed_contact = std::string_view("\0sealed", 7);
  sale.contact = {{"email", std::string_view("a@b.example")}};
  const std::string bytes = encode(sale);
  EXPECT_EQ(bytes.find("a@b.example"), std::string::npos) << "contact data lies there in clear";
  const Transaction read = decode_transaction(bytes).value();
  EXPECT_EQ(encode(read), bytes);
  EXPECT_EQ(read.terminal, "T03");
  EXPECT_EQ(read.store, "S001");
  EXPECT_EQ(read.lines[0].sku, "TEA1");
  EXPECT_EQ(read.lines[0].category, "tea");
  EXPECT_EQ(read.lines[0].description, "tea");
  EXPECT_EQ(read.lines[0].unit_price.to_string(), "1.745");
  EXPECT_EQ(read.lines[0].quantity, Decimal::from_whole(2));
  EXPECT_EQ(read.lines[0].of_line, 3u);
  EXPECT_TRUE(read.lines[0].amount_given);
  EXPECT_EQ(read.tenders[0].amount.minor(), 349);
  EXPECT_EQ(std::get<bool>(read.attributes[0].value), true);
  EXPECT_EQ(std::get<std::int64_t>(read.attributes[1].value), -7);
  EXPECT_EQ(std::get<Decimal>(read.attributes[2].value).to_string(), "0.125");
  EXPECT_EQ(std::get<std::string_view>(read.attributes[3].value), "gold");
  EXPECT_EQ(read.of.text(), "S0");
  EXPECT_EQ(read.language, "cy");
  EXPECT_EQ(read.sealed_contact.size(), 7u);
  EXPECT_EQ(read.contact[0].key, "email");
}

TEST(Codec, BytesWithoutATransactionAreNoRecord) {
  EXPECT_EQ(transaction_of(record_of(Entry{}, "transaction")).value(), "transaction");
  EXPECT_EQ(transaction_of("").error().code, ErrorCode::corrupt);
  EXPECT_EQ(transaction_of(std::string("\x0a\x09sale", 6)).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace accrue::ledger
