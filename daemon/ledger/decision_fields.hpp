// The stored fields of what decisions are made of, shared by records and members. Field numbers
// are for ever: new ones are appended here and in schema/ledger.proto. Any thread.
#pragma once

#include "ledger/fields.hpp"

#include <accrue/decision.hpp>

namespace accrue::ledger {

template <class As, Like<ItemFilter> Filter>
void fields(As& as, Filter& filter) {
  as.texts(1, filter.skus);
  as.texts(2, filter.categories);
}

template <class As, Like<Offer> Made>
void fields(As& as, Made& offer) {
  as.text(1, offer.id);
  as.text(2, offer.rule);
  as.text(3, offer.currency);
  as.points(4, offer.terms.award);
  as.one(5, offer.terms.on);
  as.money(6, offer.terms.spend);
  as.time(7, offer.terms.valid_until);
  as.text(8, offer.terms.message);
  as.time(9, offer.made_at);
}

template <class As, Like<Deadline> Set>
void fields(As& as, Set& deadline) {
  as.text(1, deadline.currency);
  as.time(2, deadline.lapses_at);
  as.times(3, deadline.remind_at);
}

template <class As, Like<HistoryMark> Mark>
void fields(As& as, Mark& mark) {
  as.count(1, mark.watch);
  as.time(2, mark.last);
}

}  // namespace accrue::ledger
