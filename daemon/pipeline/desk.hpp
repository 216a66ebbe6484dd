// The counter of the road: all that the HTTP API may ask. Implemented by the daemon, and by fakes
// in tests. Every call may come from any thread and returns at once; callbacks run later, once, on
// one of the daemon's threads, and must not block.
#pragma once

#include "pipeline/answer.hpp"

#include <accrue/codec.hpp>

#include <functional>
#include <string_view>
#include <vector>

namespace accrue::pipeline {

struct EntryPage {
  std::vector<Entry> entries;  ///< Newest first.
  Seq next = Seq::none;        ///< Pass as `before` for the next page; none: no more.
};

struct Readiness {
  bool ready = false;
  std::string reason;  ///< A sentence when not ready.
};

class Desk {
 public:
  virtual ~Desk() = default;

  using OnAnswer = std::function<void(Answer)>;
  /// Decodes with the JSON codec and puts the transaction on the road. The callback comes after
  /// the journal's sync, or earlier when nothing is recorded.
  virtual void post(RawMessage message, OnAnswer done) = 0;
  /// The answer `post` would give now; records nothing.
  virtual void quote(RawMessage message, OnAnswer done) = 0;

  /// Newest state, asked of the sequencer. not_found when there is no such member.
  virtual void member(const MemberId& id, std::function<void(Result<MemberCard>)> done) = 0;
  /// The same at once, without asking anybody; nothing when the newest state is not durable yet.
  virtual std::optional<Result<MemberCard>> member_now(const MemberId& id) = 0;
  /// `entries` and `entry` read the posted ledger, which is milliseconds behind. Calls back when it
  /// holds all that had been recorded for the member at the time of the call (with no member: all
  /// that had been recorded); mostly that is at once.
  virtual void when_posted(const MemberId& id, std::function<void()> done) = 0;
  /// Entries of a member with seq < before (none: from the newest), at most `limit`.
  virtual Result<EntryPage> entries(const MemberId& id, Seq before, std::size_t limit) = 0;
  virtual Result<Entry> entry(Seq seq) = 0;

  virtual RuleSetCard rules() = 0;
  /// Reads, checks and activates the program folder anew; the old set stays on any error. May take
  /// seconds: runs on a thread of its own, the callback tells.
  virtual void reload(std::function<void(Result<RuleSetCard>)> done) = 0;

  virtual std::string metrics_text() = 0;  ///< Prometheus text format.
  virtual Readiness readiness() = 0;
};

}  // namespace accrue::pipeline
