#include "pipeline/member_cache.hpp"

#include <utility>

namespace accrue::pipeline {
namespace {

/// Members looked at by one trim, and for each that came or changed since the last one: no group of
/// transactions waits long for it, and more may go than come, however many of them must stay.
constexpr std::size_t kLooks = 1024;
constexpr std::size_t kLooksEach = 8;

}  // namespace

ledger::Member* MemberCache::find(const MemberId& id) {
  const auto found = members_.find(id);
  if (found == members_.end()) return nullptr;
  found->second.is_used = true;
  return &found->second;
}

ledger::Member& MemberCache::put(ledger::Member member) {
  const auto [place, added] = members_.try_emplace(member.id);
  Held& held = place->second;
  static_cast<ledger::Member&>(held) = std::move(member);
  if (added) round_.push_back(&held);
  ++since_trim_;
  measure(held);
  return held;
}

void MemberCache::changed(ledger::Member& member, Seq seq) {
  auto& held = static_cast<Held&>(member);
  held.changed = seq;
  ++since_trim_;
  measure(held);
  list_due(held);
  unposted_.emplace_back(seq, &held);
}

void MemberCache::trim(Seq applied) {
  for (; !unposted_.empty() && unposted_.front().first <= applied; unposted_.pop_front()) {
    Held& held = *unposted_.front().second;
    if (held.changed > applied || !held.due) continue;
    due_.erase({*held.due, held.number});
    held.due.reset();
  }
  std::size_t looks = kLooks + kLooksEach * std::exchange(since_trim_, 0);
  for (; looks > 0 && bytes_ > limit_ && !round_.empty(); --looks) {
    Held* held = round_.front();
    round_.pop_front();
    if (held->changed > applied || held->is_used) {
      held->is_used = false;
      round_.push_back(held);
      continue;
    }
    bytes_ -= held->bytes;
    members_.erase(members_.find(held->id));
  }
}

std::optional<MemberCache::DueMember> MemberCache::first_due() const {
  if (due_.empty()) return std::nullopt;
  const auto& [key, held] = *due_.begin();
  return DueMember{key.first, held->id};
}

void MemberCache::measure(Held& held) {
  bytes_ -= held.bytes;
  held.bytes = held.footprint();
  bytes_ += held.bytes;
}

void MemberCache::list_due(Held& held) {
  const auto due = held.due_at();
  if (due == held.due) return;
  if (held.due) due_.erase({*held.due, held.number});
  if (due) due_.emplace(std::pair(*due, held.number), &held);
  held.due = due;
}

}  // namespace accrue::pipeline
