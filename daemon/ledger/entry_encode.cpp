#include "ledger/entry.hpp"

#include "digest/sha256.hpp"
#include "entry_generated.h"
#include "ledger/stored.hpp"

namespace accrue::ledger {
namespace {

auto award_of(Builder& to, const Award& award) {
  const auto by_line = award.by_line.empty()
                           ? flatbuffers::Offset<flatbuffers::Vector<std::int64_t>>()
                           : to.CreateVector(award.by_line);
  return stored::CreateAward(to, text(to, award.rule), text(to, award.currency),
                             award.points.count(), text(to, award.reason), by_line,
                             text(to, award.offer));
}

auto lot_of(Builder& to, const LotOpened& lot) {
  return stored::CreateLotOpened(to, lot.number, text(to, lot.currency), lot.issued.count(),
                                 lot.remaining.count(), millis(lot.expires_at),
                                 times(to, lot.remind_at));
}

auto balance_of(Builder& to, const BalanceChange& change) {
  return stored::CreateBalanceChange(to, text(to, change.currency), change.issued.count(),
                                     change.redeemed.count(), change.expired.count(),
                                     change.reversed.count(), change.deficit_after.count(),
                                     change.available_after.count());
}

auto offer_of(Builder& to, const Offer& offer) {
  const OfferTerms& terms = offer.terms;
  const auto on =
      stored::CreateItemFilter(to, texts(to, terms.on.skus), texts(to, terms.on.categories));
  return stored::CreateOffer(to, text(to, offer.id), text(to, offer.rule), text(to, offer.currency),
                             terms.award.count(), on, terms.spend.minor(),
                             millis(terms.valid_until), text(to, terms.message),
                             millis(offer.made_at));
}

auto notice_of(Builder& to, const Notice& notice) {
  const auto values = tables<stored::Value>(to, notice.values, [&](const auto& value) {
    return stored::CreateValue(to, text(to, value.first), text(to, value.second));
  });
  return stored::CreateNotice(to, static_cast<std::uint8_t>(notice.kind), values,
                              texts(to, notice.to));
}

template <class Stored, class List, class Make>
flatbuffers::Offset<flatbuffers::Vector<const Stored*>> structs(Builder& to, const List& list,
                                                                Make make) {
  if (list.empty()) return {};
  std::vector<Stored> made;
  made.reserve(list.size());
  for (const auto& item : list) made.push_back(make(item));
  return to.CreateVectorOfStructs(made);
}

/// Offsets of the decision's parts, made before the entry's table is begun.
struct Parts {
  flatbuffers::Offset<flatbuffers::Vector<flatbuffers::Offset<stored::Award>>> awards;
  flatbuffers::Offset<flatbuffers::Vector<flatbuffers::Offset<stored::LotOpened>>> opened;
  flatbuffers::Offset<flatbuffers::Vector<const stored::LotDrawn*>> drawn;
  flatbuffers::Offset<flatbuffers::Vector<const stored::LotReminded*>> reminded;
  flatbuffers::Offset<flatbuffers::Vector<flatbuffers::Offset<stored::BalanceChange>>> balances;
  flatbuffers::Offset<flatbuffers::Vector<flatbuffers::Offset<stored::Deadline>>> deadlines;
  flatbuffers::Offset<flatbuffers::Vector<flatbuffers::Offset<stored::Offer>>> offers_made;
  flatbuffers::Offset<flatbuffers::Vector<StringOffset>> offers_accepted, offers_lapsed;
  flatbuffers::Offset<flatbuffers::Vector<flatbuffers::Offset<stored::CounterUse>>> counters;
  flatbuffers::Offset<flatbuffers::Vector<const stored::HistoryMark*>> history;
  flatbuffers::Offset<flatbuffers::Vector<const stored::ReturnedLine*>> returned;
  flatbuffers::Offset<flatbuffers::Vector<flatbuffers::Offset<stored::Notice>>> notices;
  flatbuffers::Offset<flatbuffers::Vector<flatbuffers::Offset<stored::Hint>>> hints;
};

void make_points_parts(Builder& to, const Decision& decision, Parts& parts) {
  parts.awards =
      tables<stored::Award>(to, decision.awards, [&](const Award& a) { return award_of(to, a); });
  parts.opened = tables<stored::LotOpened>(to, decision.opened,
                                           [&](const LotOpened& l) { return lot_of(to, l); });
  parts.drawn = structs<stored::LotDrawn>(to, decision.drawn, [](const LotDrawn& d) {
    return stored::LotDrawn(value_of(d.seq), d.points.count(), d.number,
                            static_cast<std::uint8_t>(d.kind));
  });
  parts.reminded = structs<stored::LotReminded>(to, decision.reminded, [](const LotReminded& r) {
    return stored::LotReminded(value_of(r.seq), millis(r.until), r.number);
  });
  parts.balances = tables<stored::BalanceChange>(
      to, decision.balances, [&](const BalanceChange& c) { return balance_of(to, c); });
  parts.deadlines = tables<stored::Deadline>(to, decision.deadlines, [&](const Deadline& d) {
    return stored::CreateDeadline(to, text(to, d.currency), millis(d.lapses_at),
                                  times(to, d.remind_at));
  });
  parts.counters = tables<stored::CounterUse>(to, decision.counters, [&](const CounterUse& use) {
    return stored::CreateCounterUse(to, text(to, use.rule), static_cast<std::uint8_t>(use.scope),
                                    text(to, use.period), use.points, use.times);
  });
  parts.returned = structs<stored::ReturnedLine>(to, decision.returned, [](const ReturnedLine& r) {
    return stored::ReturnedLine(r.quantity_micros, r.line);
  });
}

void make_offer_parts(Builder& to, const Decision& decision, Parts& parts) {
  parts.offers_made = tables<stored::Offer>(to, decision.offers_made,
                                            [&](const Offer& o) { return offer_of(to, o); });
  parts.offers_accepted = texts(to, decision.offers_accepted);
  parts.offers_lapsed = texts(to, decision.offers_lapsed);
  parts.history = structs<stored::HistoryMark>(to, decision.history, [](const HistoryMark& mark) {
    return stored::HistoryMark(mark.watch, millis(mark.last));
  });
  parts.notices = tables<stored::Notice>(to, decision.notices,
                                         [&](const Notice& n) { return notice_of(to, n); });
  parts.hints = tables<stored::Hint>(to, decision.hints, [&](const Hint& hint) {
    return stored::CreateHint(to, text(to, hint.rule), hint.award.count(), hint.short_by.minor(),
                              text(to, hint.message));
  });
}

}  // namespace

std::string encode(const Entry& entry) {
  // One builder a thread: its buffer grows to the largest entry and is used again.
  thread_local Builder to(1024);
  to.Clear();
  Parts parts;
  make_points_parts(to, entry.decision, parts);
  make_offer_parts(to, entry.decision, parts);
  const auto lines = structs<stored::LineSummary>(to, entry.lines, [](const LineSummary& line) {
    return stored::LineSummary(line.quantity_micros, line.amount_minor);
  });
  const auto rule_set = from_hex(entry.rule_set);
  to.Finish(stored::CreateEntry(
      to, value_of(entry.seq), text(to, entry.id.text()), static_cast<std::uint8_t>(entry.type),
      text(to, entry.member.text()), millis(entry.time), text(to, entry.store),
      text(to, entry.event), text(to, entry.currency.code()),
      bytes(to, rule_set ? rule_set.value() : std::string()), value_of(entry.previous),
      text(to, entry.of.text()), lines, bytes(to, entry.content), text(to, entry.feed),
      text(to, entry.position.source), entry.position.message, entry.decision.enrols, parts.awards,
      parts.opened, parts.drawn, parts.reminded, parts.balances, parts.deadlines, parts.offers_made,
      parts.offers_accepted, parts.offers_lapsed, parts.counters, parts.history, parts.returned,
      parts.notices, parts.hints));
  return std::string(reinterpret_cast<const char*>(to.GetBufferPointer()), to.GetSize());
}

}  // namespace accrue::ledger
