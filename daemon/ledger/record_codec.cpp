// A journal record: the transaction as it came in and what was decided about it.
#include "digest/sha256.hpp"
#include "ledger/decision_fields.hpp"
#include "ledger/entry.hpp"

namespace accrue::ledger {

template <class As, Like<Award> Given>
void fields(As& as, Given& award) {
  as.text(1, award.rule);
  as.text(2, award.currency);
  as.points(3, award.points);
  as.text(4, award.reason);
  as.numbers(5, award.by_line);
  as.text(6, award.offer);
}

template <class As, Like<LotOpened> Opened>
void fields(As& as, Opened& lot) {
  lot_fields(as, lot);
}

template <class As, Like<LotDrawn> Drawn>
void fields(As& as, Drawn& drawn) {
  as.count(1, drawn.seq);
  as.count(2, drawn.number);
  as.count(3, drawn.kind);
  as.points(4, drawn.points);
}

template <class As, Like<LotReminded> Reminded>
void fields(As& as, Reminded& reminded) {
  as.count(1, reminded.seq);
  as.count(2, reminded.number);
  as.time(3, reminded.until);
}

template <class As, Like<BalanceChange> Change>
void fields(As& as, Change& change) {
  sum_fields(as, change);
  as.points(6, change.deficit_after);
  as.points(7, change.available_after);
}

template <class As, Like<CounterUse> Use>
void fields(As& as, Use& use) {
  as.text(1, use.rule);
  as.count(2, use.scope);
  as.text(3, use.period);
  as.number(4, use.points);
  as.number(5, use.times);
}

template <class As, Like<ReturnedLine> Returned>
void fields(As& as, Returned& line) {
  as.count(1, line.line);
  as.number(2, line.quantity_micros);
}

template <class As, Like<std::pair<std::string, std::string>> Value>
void fields(As& as, Value& value) {
  as.text(1, value.first);
  as.text(2, value.second);
}

template <class As, Like<Notice> Owed>
void fields(As& as, Owed& notice) {
  as.count(1, notice.kind);
  as.many(2, notice.values);
  as.texts(3, notice.to);
}

template <class As, Like<Hint> Said>
void fields(As& as, Said& hint) {
  as.text(1, hint.rule);
  as.points(2, hint.award);
  as.money(3, hint.short_by);
  as.text(4, hint.message);
}

/// As much of a line as a return of it needs.
template <class As>
void fields(As& as, LineSummary& line) {
  as.number(4, line.quantity_micros);
  as.number(6, line.amount_minor);
}

template <class As, Like<Decision> Decided>
void decision_fields(As& as, Decided& decision) {
  as.count(10, decision.enrols);
  as.many(11, decision.awards);
  as.many(12, decision.opened);
  as.many(13, decision.drawn);
  as.many(14, decision.reminded);
  as.many(15, decision.balances);
  as.many(16, decision.deadlines);
  as.many(17, decision.offers_made);
  as.texts(18, decision.offers_accepted);
  as.texts(19, decision.offers_lapsed);
  as.many(20, decision.counters);
  as.many(21, decision.history);
  as.many(22, decision.returned);
  as.many(23, decision.notices);
  as.many(24, decision.hints);
}

namespace {

/// A record's fields; `Kept` is an Entry, const to write it.
template <class Kept>
struct Recorded {
  Kept& entry;
  std::string_view transaction;  ///< Its bytes.
  std::string_view rule_set;     ///< 16 bytes.
};

template <class As, class Kept>
void fields(As& as, Recorded<Kept>& recorded) {
  as.bytes(1, recorded.transaction);
  as.bytes(2, recorded.rule_set);
  as.count(3, recorded.entry.previous);
  as.currency(4, recorded.entry.currency);
  as.text(5, recorded.entry.feed);
  as.text(6, recorded.entry.position.source);
  as.count(7, recorded.entry.position.message);
  decision_fields(as, recorded.entry.decision);
}

/// As much of a transaction as its entry shows.
struct Summary {
  Entry& entry;
  std::string id, member, of;
};

template <class As>
void fields(As& as, Summary& summary) {
  Entry& entry = summary.entry;
  as.text(1, summary.id);
  as.count(2, entry.type);
  as.text(3, summary.member);
  as.time(4, entry.time);
  as.text(5, entry.store);
  // Of a return, what came back stands in the decision.
  if (entry.type == TransactionType::sale) as.many(8, entry.lines);
  as.text(10, entry.event);
  as.text(12, summary.of);
}

}  // namespace

std::string record_of(const Entry& entry, std::string_view transaction) {
  const auto rule_set = from_hex(entry.rule_set);
  std::string record;
  record.reserve(transaction.size() + 512);
  protozero::pbf_writer to(record);
  FieldWriter as(to);
  Recorded<const Entry> recorded{entry, transaction,
                                 rule_set ? std::string_view(rule_set.value()) : ""};
  fields(as, recorded);
  return record;
}

Result<std::string_view> transaction_of(std::string_view record) {
  try {
    protozero::pbf_reader from(record.data(), record.size());
    if (from.next(1, protozero::pbf_wire_type::length_delimited)) {
      const protozero::data_view found = from.get_view();
      return std::string_view(found.data(), found.size());
    }
  } catch (const protozero::exception&) {
    return Error{ErrorCode::corrupt, "stored bytes are no journal record"};
  }
  return Error{ErrorCode::corrupt, "a journal record has no transaction"};
}

Result<Entry> decode_entry(Seq seq, std::string_view record) {
  Entry entry;
  entry.seq = seq;
  Recorded<Entry> recorded{entry, {}, {}};
  if (auto read = read_from(record, recorded, "journal record"); !read) return read.error();
  Summary summary{entry, {}, {}, {}};
  if (auto read = read_from(recorded.transaction, summary, "transaction"); !read) {
    return read.error();
  }
  entry.rule_set = to_hex(recorded.rule_set);
  entry.id = TransactionId::trusted(std::move(summary.id));
  entry.member = MemberId::trusted(std::move(summary.member));
  entry.of = TransactionId::trusted(std::move(summary.of));
  return entry;
}

}  // namespace accrue::ledger
