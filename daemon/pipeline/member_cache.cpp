#include "pipeline/member_cache.hpp"

namespace accrue::pipeline {

ledger::Member* MemberCache::find(const MemberId& id) {
  const auto found = members_.find(id);
  if (found == members_.end()) return nullptr;
  used_.splice(used_.end(), used_, found->second.used);
  return &found->second.member;
}

ledger::Member& MemberCache::put(ledger::Member member) {
  const auto [place, added] = members_.try_emplace(member.id);
  Held& held = place->second;
  held.member = std::move(member);
  if (added) held.used = used_.insert(used_.end(), &place->first);
  measure(held);
  return held.member;
}

void MemberCache::changed(const MemberId& id, Seq seq) {
  Held& held = members_.at(id);
  held.changed = seq;
  measure(held);
  list_due(id, held);
  unposted_.emplace_back(seq, id);
}

void MemberCache::trim(Seq applied) {
  while (!unposted_.empty() && unposted_.front().first <= applied) {
    const auto found = members_.find(unposted_.front().second);
    if (found != members_.end() && found->second.changed <= applied && found->second.due) {
      due_.erase({*found->second.due, found->first});
      found->second.due.reset();
    }
    unposted_.pop_front();
  }
  // The least recently used are seldom unposted; when they are, trimming waits for the poster.
  int unposted = 0;
  for (auto place = used_.begin(); place != used_.end() && bytes_ > limit_ && unposted < 64;) {
    const auto found = members_.find(**place);
    if (found->second.changed > applied) {
      ++place;
      ++unposted;
      continue;
    }
    place = used_.erase(place);
    bytes_ -= found->second.bytes;
    members_.erase(found);
  }
}

void MemberCache::measure(Held& held) {
  bytes_ -= held.bytes;
  held.bytes = held.member.footprint();
  bytes_ += held.bytes;
}

void MemberCache::list_due(const MemberId& id, Held& held) {
  const auto due = held.member.due_at();
  if (due == held.due) return;
  if (held.due) due_.erase({*held.due, id});
  if (due) due_.insert({*due, id});
  held.due = due;
}

}  // namespace accrue::pipeline
