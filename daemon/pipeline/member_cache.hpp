// Members in memory, up to a limit. A member with a change that is not posted yet is never let go,
// because the store does not know it. One thread.
#pragma once

#include "ledger/member.hpp"

#include <deque>
#include <map>
#include <unordered_map>

namespace accrue::pipeline {

class MemberCache {
 public:
  explicit MemberCache(std::size_t limit_bytes) : limit_(limit_bytes) {}

  /// The cached member, or nullptr; it counts as used now. Valid until the next put or trim.
  ledger::Member* find(const MemberId& id);
  /// Takes a member read from the store. Valid until the next put or trim.
  ledger::Member& put(ledger::Member member);
  /// The member, which is one of this cache's, was changed by the record at seq.
  void changed(ledger::Member& member, Seq seq);
  /// Everything up to `applied` is in the store: lets go of members beyond the limit that were not
  /// used since they were last looked at (second chance). A bounded number of them each time.
  void trim(Seq applied);

  /// The unposted member for whom a tick is due first, by time, then by who enrolled first.
  struct DueMember {
    Timestamp at{};
    MemberId id;
  };
  std::optional<DueMember> first_due() const;
  std::size_t due() const { return due_.size(); }

  std::size_t size() const { return members_.size(); }
  std::size_t bytes() const { return bytes_; }

 private:
  /// Stays where it is until it is let go.
  struct Held : ledger::Member {
    Seq changed = Seq::none;
    std::size_t bytes = 0;
    std::optional<Timestamp> due;  ///< As listed in due_.
    bool is_used = true;           ///< Since it was last looked at.
  };
  void measure(Held& held);
  void list_due(Held& held);

  std::size_t limit_;
  std::size_t bytes_ = 0;
  std::size_t since_trim_ = 0;  ///< Members put or changed.
  std::size_t looks_ = 0;       ///< That may still be spent on trimming.
  std::unordered_map<MemberId, Held> members_;
  std::deque<Held*> round_;  ///< Each member once, in the order they are looked at.
  std::deque<std::pair<Seq, Held*>> unposted_;
  std::map<std::pair<Timestamp, std::uint64_t>, const Held*> due_;  ///< By time and number.
};

}  // namespace accrue::pipeline
