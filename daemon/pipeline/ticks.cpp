// Ticks: time passing for members, as transactions of their own at the very instants they are due,
// so that the order in which they are noticed does not matter.
#include "ledger/apply.hpp"
#include "pipeline/decider.hpp"

#include <accrue/assert.hpp>

namespace accrue::pipeline {

void Decider::tick_member(ledger::Member& member, Timestamp until) {
  for (auto due = member.due_at(); due && *due <= until; due = member.due_at()) {
    // "~" cannot stand in an id from outside. The count tells a second tick at the same instant,
    // for points of a sale that came late, from the first.
    Transaction tick;
    tick.id = TransactionId::trusted("~tick:" + member.id.text() + ':' +
                                     std::to_string(due->time_since_epoch().count()) + ':' +
                                     std::to_string(member.entries + 1));
    tick.type = TransactionType::tick;
    tick.member = member.id;
    tick.time = *due;
    Decision decision = decide_tick(*rules_, options_.routing, member, *due);
    const Received received = receive(std::move(tick), {});
    ledger::Entry entry = entry_of(received, std::move(decision));
    entry.previous = member.last_entry;
    record(entry, received, &member);
    ACCRUE_ASSERT(!member.due_at() || *member.due_at() > *due);
  }
}

Result<bool> Decider::passed_over(const Error& error) {
  if (error.code != ErrorCode::corrupt) return error;
  damages_.push_back(error);
  return true;
}

Result<bool> Decider::tick(Timestamp until, std::size_t limit) {
  auto stored = books_.due(tick_reached_, until, limit);
  if (!stored) {
    tick_reached_.reset();
    return passed_over(stored.error());
  }
  auto next = stored.value().begin();
  for (std::size_t ticked = 0; ticked < limit; ++ticked) {
    // Members whose newest state is only in memory, and members whose posted state is due; where a
    // member is both, memory knows better and the posted due time is passed over.
    std::optional<ledger::Due> first;
    if (next != stored.value().end()) first = *next;
    if (const auto cached = cache_.first_due()) {
      if (cached->at <= until && (!first || cached->at < first->at)) {
        first = {{cached->at, cached->id}};
      }
    }
    if (!first) {
      tick_reached_.reset();
      return true;
    }
    if (next != stored.value().end() && next->member == first->member) {
      tick_reached_ = *next;
      ++next;
    }
    auto member = hold(first->member);
    if (!member) {
      if (auto passed = passed_over(member.error()); !passed) return passed;
      continue;
    }
    tick_member(*member.value(), until);
  }
  return false;
}

}  // namespace accrue::pipeline
