// Bookkeeping of a decision before it is applied: which lots pay, what deficits are paid back, and
// where each balance ends. Pure: any thread.
#pragma once

#include "engine/notices.hpp"
#include "engine/program_spec.hpp"
#include "ledger/member.hpp"

namespace accrue::ledger {

/// Completes a decision whose awards and opened lots are known: points taken back (negative awards)
/// are drawn from the lots of `sale` first, then in draw order, then become a deficit; new lots pay
/// an existing deficit first. Under within_balance and only_pending, awards are cut to what may be
/// taken.
void settle(const Member& member, engine::SpentPoints policy, Seq sale, Decision& decision);

struct Lapse {
  Decision decision;
  std::vector<engine::Reminder> reminders;
};

/// What a tick at `time` does: lots and offers whose time is over end, reminders fall due.
Lapse lapse(const Member& member, Timestamp time);

}  // namespace accrue::ledger
