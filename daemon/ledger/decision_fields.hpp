// The stored fields of what decisions are made of, shared by records and members. Field numbers
// are for ever: new ones are appended here and in schema/ledger.proto. Any thread.
#pragma once

#include "ledger/balance.hpp"
#include "ledger/fields.hpp"

#include <accrue/decision.hpp>

namespace accrue::ledger {

/// Of a lot, when it is opened and as it is held.
template <class As, class Held>
void lot_fields(As& as, Held& lot) {
  as.count(1, lot.number);
  as.text(2, lot.currency);
  as.points(3, lot.issued);
  as.points(4, lot.remaining);
  as.time(5, lot.expires_at);
  as.times(6, lot.remind_at);
}

/// Of a balance, and of a change to one.
template <class As, class Held>
void sum_fields(As& as, Held& sums) {
  as.text(1, sums.currency);
  as.points(2, sums.issued);
  as.points(3, sums.redeemed);
  as.points(4, sums.expired);
  as.points(5, sums.reversed);
}

template <class As, Like<Balance> Held>
void fields(As& as, Held& balance) {
  sum_fields(as, balance);
  as.points(6, balance.deficit);
}

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
