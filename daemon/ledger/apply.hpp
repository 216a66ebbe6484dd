// The one place where a member's books change: a decision applied, by the sequencer to the state it
// decides on and by the poster to the state it stores. Pure: any thread.
#pragma once

#include "ledger/account.hpp"
#include "ledger/entry.hpp"
#include "ledger/member.hpp"

namespace accrue::ledger {

/// A lot whose points changed; it is gone from the member when nothing remains.
struct LotKey {
  Seq seq = Seq::none;
  std::uint32_t number = 0;
};

/// Applies the entry to its member. `profile` is the transaction of a member change, nullptr
/// elsewhere. Appends the lots that changed. Aborts when the books would not balance: that is a
/// bug.
void apply(const Entry& entry, const Transaction* profile, Member& member,
           std::vector<LotKey>* changed = nullptr);

/// Adds the entry's campaign-wide counter uses.
void apply(const Entry& entry, CampaignCounters& campaign);

}  // namespace accrue::ledger
