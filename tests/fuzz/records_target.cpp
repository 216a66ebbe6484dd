#include "fuzz/targets.hpp"

#include "ledger/entry.hpp"
#include "ledger/member.hpp"
#include "ledger/totals.hpp"

#include <accrue/assert.hpp>

namespace accrue::fuzz {
namespace {

/// What could be read is written and read again as the same bytes.
template <class Read>
void read_twice(std::string_view bytes, Read read) {
  const auto once = read(bytes);
  if (!once.has_value()) {
    ACCRUE_ASSERT(once.error().code == ErrorCode::corrupt);
    return;
  }
  const std::string written = ledger::encode(*once);
  const auto again = read(std::string_view(written));
  ACCRUE_ASSERT(again.has_value());
  ACCRUE_ASSERT(ledger::encode(*again) == written);
}

void read_record_twice(std::string_view bytes) {
  const auto entry = ledger::decode_entry(Seq{1}, bytes);
  const auto transaction = ledger::transaction_of(bytes);
  if (!entry.has_value() || !transaction.has_value()) return;
  const std::string written = ledger::record_of(*entry, *transaction);
  const auto again = ledger::decode_entry(Seq{1}, written);
  ACCRUE_ASSERT(again.has_value());
  ACCRUE_ASSERT(ledger::record_of(*again, *transaction) == written);
  static_cast<void>(ledger::decode_transaction(*transaction).has_value());
}

void run(std::string_view bytes) {
  const MemberId member = MemberId::trusted("M1");
  read_twice(bytes, [](std::string_view from) { return ledger::decode_transaction(from); });
  read_twice(bytes, [&](std::string_view from) { return ledger::decode_member(member, from); });
  read_twice(bytes, [](std::string_view from) { return ledger::decode_totals(from); });
  read_record_twice(bytes);
  const auto lots = ledger::decode_lots(bytes);
  if (lots.has_value() && !lots->empty()) {
    const std::string written = ledger::encode(*lots);
    ACCRUE_ASSERT(ledger::encode(ledger::decode_lots(written).value()) == written);
  }
}

ledger::Entry an_entry() {
  ledger::Entry entry;
  entry.seq = Seq{7};
  entry.id = TransactionId::trusted("S1");
  entry.member = MemberId::trusted("M1");
  entry.time = Timestamp(std::chrono::milliseconds(1'767'000'000'000));
  entry.currency = Currency::parse("GBP").value();
  entry.rule_set = std::string(32, 'a');
  entry.lines = {{1'000'000, 349}, {-500'000, -20}};
  entry.position = {"file#1", 9};
  entry.decision.awards.push_back({"base", "points", Points(6), "6 for 6.98", {4, 2}, {}});
  entry.decision.opened.push_back({0, "points", Points(6), Points(6), entry.time, {entry.time}});
  entry.decision.drawn.push_back({Seq{3}, 1, DrawKind{}, Points(2)});
  entry.decision.deadlines.push_back({"points", entry.time, {entry.time}});
  entry.decision.returned.push_back({1, 1'000'000});
  entry.decision.notices.push_back({NoticeKind{}, {{"points", "6"}}, {"log"}});
  return entry;
}

ledger::Member a_member() {
  ledger::Member member;
  member.id = MemberId::trusted("M1");
  member.number = 5;
  member.language = "en";
  member.attributes = {{"tier", std::string("gold")}, {"stars", std::int64_t{5}}, {"yes", true}};
  member.sealed_contact = std::string(40, 's');
  member.balances.push_back({"points", Points(9), Points(1), Points(2), Points(), Points(3)});
  member.counters.push_back({"base", "2026-01", 5, 1});
  return member;
}

std::vector<std::string> seeds() {
  Transaction transaction;
  transaction.id = TransactionId::trusted("S1");
  transaction.member = MemberId::trusted("M1");
  transaction.currency = Currency::parse("GBP").value();
  transaction.lines.resize(2);
  transaction.lines[0].sku = "A";
  transaction.attributes.push_back({"stars", std::int64_t{4}});
  const std::string bytes = ledger::encode(transaction);
  ledger::Lot lot;
  lot.currency = "points";
  lot.remaining = Points(4);
  return {bytes, ledger::record_of(an_entry(), bytes), ledger::encode(a_member()),
          ledger::encode(std::vector<ledger::Lot>{lot}), ledger::encode(ledger::Totals{})};
}

}  // namespace

const Target kRecords{"records", &run, &seeds};

}  // namespace accrue::fuzz
