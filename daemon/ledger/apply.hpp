// The one place where a member's books change: a decision applied, by the sequencer to the state it
// decides on and by the poster to the state it stores. Pure: any thread.
#pragma once

#include "ledger/account.hpp"
#include "ledger/entry.hpp"
#include "ledger/member.hpp"

namespace accrue::ledger {

/// Applies the entry to its member. `profile` is the transaction of a member change, nullptr
/// elsewhere. Appends to `changed` the entries whose lots changed, perhaps more than once. Aborts
/// when the books would not balance: that is a bug.
void apply(const Entry& entry, const Transaction* profile, Member& member,
           std::vector<Seq>* changed = nullptr);

/// Adds the entry's campaign-wide counter uses.
void apply(const Entry& entry, CampaignCounters& campaign);

}  // namespace accrue::ledger
