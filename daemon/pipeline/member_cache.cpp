#include "pipeline/member_cache.hpp"

#include <algorithm>
#include <utility>

namespace accrue::pipeline {
namespace {

/// Members that may be looked at for each that came, changed or was posted: more may go than come,
/// however many must stay, and a transaction never pays for more than its own.
constexpr std::size_t kLooksEach = 4;
/// By one trim beyond what came since the last one: what a large commit made free goes bit by bit.
constexpr std::size_t kMostLooks = 1024;

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
    looks_ += kLooksEach;
    Held& held = *unposted_.front().second;
    if (held.changed > applied || !held.due) continue;
    due_.erase({*held.due, held.number});
    held.due.reset();
  }
  const std::size_t came = kLooksEach * std::exchange(since_trim_, 0);
  looks_ += came;
  const std::size_t least = looks_ - std::min(looks_, came + kMostLooks);
  for (; looks_ > least && bytes_ > limit_ && !round_.empty(); --looks_) {
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
  if (bytes_ <= limit_) looks_ = 0;
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
