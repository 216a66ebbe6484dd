#include "ledger/entry.hpp"

#include "digest/sha256.hpp"
#include "entry_generated.h"
#include "ledger/stored.hpp"

namespace accrue::ledger {
namespace {

Offer offer_of(const stored::Offer& from) {
  Offer offer{
      string(from.id()), string(from.rule()), string(from.currency()), {}, instant(from.made_at())};
  offer.terms.award = Points(from.award());
  if (from.on()) {
    offer.terms.on.skus = strings(from.on()->skus());
    offer.terms.on.categories = strings(from.on()->categories());
  }
  offer.terms.spend = Money::from_minor(from.spend());
  offer.terms.valid_until = instant(from.valid_until());
  offer.terms.message = string(from.message());
  return offer;
}

Notice notice_of(const stored::Notice& from) {
  Notice notice{static_cast<NoticeKind>(from.kind()), {}, strings(from.to())};
  each(from.values(), [&](const stored::Value& value) {
    notice.values.emplace_back(string(value.key()), string(value.text()));
  });
  return notice;
}

void read_points(const stored::Entry& from, Decision& decision) {
  each(from.awards(), [&](const stored::Award& award) {
    Award made{string(award.rule()),
               string(award.currency()),
               Points(award.points()),
               string(award.reason()),
               {},
               string(award.offer())};
    made.by_line = numbers(award.by_line());
    decision.awards.push_back(std::move(made));
  });
  each(from.opened(), [&](const stored::LotOpened& lot) {
    decision.opened.push_back({lot.number(), string(lot.currency()), Points(lot.issued()),
                               Points(lot.remaining()), optional_instant(lot.expires_at()),
                               instants(lot.remind_at())});
  });
  each(from.drawn(), [&](const stored::LotDrawn& drawn) {
    decision.drawn.push_back({static_cast<Seq>(drawn.seq()), drawn.number(),
                              static_cast<DrawKind>(drawn.kind()), Points(drawn.points())});
  });
  each(from.reminded(), [&](const stored::LotReminded& reminded) {
    decision.reminded.push_back(
        {static_cast<Seq>(reminded.seq()), reminded.number(), instant(reminded.until())});
  });
  each(from.balances(), [&](const stored::BalanceChange& change) {
    decision.balances.push_back({string(change.currency()), Points(change.issued()),
                                 Points(change.redeemed()), Points(change.expired()),
                                 Points(change.reversed()), Points(change.deficit_after()),
                                 Points(change.available_after())});
  });
  each(from.deadlines(), [&](const stored::Deadline& deadline) {
    decision.deadlines.push_back({string(deadline.currency()),
                                  optional_instant(deadline.lapses_at()),
                                  instants(deadline.remind_at())});
  });
}

void read_offers(const stored::Entry& from, Decision& decision) {
  each(from.offers_made(),
       [&](const stored::Offer& offer) { decision.offers_made.push_back(offer_of(offer)); });
  decision.offers_accepted = strings(from.offers_accepted());
  decision.offers_lapsed = strings(from.offers_lapsed());
  each(from.counters(), [&](const stored::CounterUse& use) {
    decision.counters.push_back({string(use.rule()), static_cast<LimitScope>(use.scope()),
                                 string(use.period()), use.points(), use.times()});
  });
  each(from.history(), [&](const stored::HistoryMark& mark) {
    decision.history.push_back({mark.watch(), instant(mark.last())});
  });
  each(from.returned(), [&](const stored::ReturnedLine& line) {
    decision.returned.push_back({line.line(), line.quantity()});
  });
  each(from.notices(),
       [&](const stored::Notice& notice) { decision.notices.push_back(notice_of(notice)); });
  each(from.hints(), [&](const stored::Hint& hint) {
    decision.hints.push_back({string(hint.rule()), Points(hint.award()),
                              Money::from_minor(hint.short_by()), string(hint.message())});
  });
}

}  // namespace

Result<Entry> decode_entry(std::string_view stored_bytes) {
  const auto* from = root_of<stored::Entry>(stored_bytes);
  if (!from) return unreadable("entry");
  Entry entry;
  entry.seq = static_cast<Seq>(from->seq());
  entry.id = TransactionId::trusted(string(from->id()));
  entry.type = static_cast<TransactionType>(from->type());
  entry.member = MemberId::trusted(string(from->member()));
  entry.time = instant(from->time());
  entry.store = string(from->store());
  entry.event = string(from->event());
  if (const auto currency = Currency::parse(view(from->currency())))
    entry.currency = currency.value();
  entry.rule_set = to_hex(view(from->rule_set()));
  entry.previous = static_cast<Seq>(from->previous());
  entry.of = TransactionId::trusted(string(from->of()));
  each(from->lines(), [&](const stored::LineSummary& line) {
    entry.lines.push_back({line.quantity(), line.amount()});
  });
  entry.content = view(from->content());
  entry.feed = string(from->feed());
  entry.position = {string(from->source()), from->message()};
  entry.decision.enrols = from->enrols();
  read_points(*from, entry.decision);
  read_offers(*from, entry.decision);
  return entry;
}

}  // namespace accrue::ledger
