// Members in memory, up to a limit. A member with a change that is not posted yet is never let go,
// because the store does not know it. One thread.
#pragma once

#include "ledger/member.hpp"

#include <deque>
#include <list>
#include <set>
#include <unordered_map>

namespace accrue::pipeline {

class MemberCache {
 public:
  explicit MemberCache(std::size_t limit_bytes) : limit_(limit_bytes) {}

  /// The cached member, or nullptr; it counts as used now. Valid until the next put or trim.
  ledger::Member* find(const MemberId& id);
  /// Takes a member read from the store. Valid until the next put or trim.
  ledger::Member& put(ledger::Member member);
  /// The member was changed by the record at seq.
  void changed(const MemberId& id, Seq seq);
  /// Everything up to `applied` is in the store: lets go of members beyond the limit.
  void trim(Seq applied);

  /// Unposted members for whom a tick is due, by time.
  struct DueMember {
    Timestamp at{};
    MemberId id;
    friend auto operator<=>(const DueMember&, const DueMember&) = default;
  };
  const std::set<DueMember>& due() const { return due_; }

  std::size_t size() const { return members_.size(); }
  std::size_t bytes() const { return bytes_; }

 private:
  struct Held {
    ledger::Member member;
    Seq changed = Seq::none;
    std::size_t bytes = 0;
    std::optional<Timestamp> due;               ///< As listed in due_.
    std::list<const MemberId*>::iterator used;  ///< Place in used_, least recent first.
  };
  void measure(Held& held);
  void list_due(const MemberId& id, Held& held);

  std::size_t limit_;
  std::size_t bytes_ = 0;
  std::unordered_map<MemberId, Held> members_;
  std::list<const MemberId*> used_;
  std::deque<std::pair<Seq, MemberId>> unposted_;
  std::set<DueMember> due_;
};

}  // namespace accrue::pipeline
