// When points lapse: asks the expiry rules about each award and groups awards that lapse together
// into lots. Pure: any thread.
#pragma once

#include "engine/asking.hpp"

namespace accrue::engine {

/// Opens a lot for each (points currency, expiry) among the decision's awards > 0.
void open_lots(const RuleSet& rules, const Transaction& transaction, Asking& asking,
               Decision& decision);

/// Moves the inactivity deadlines of the member on, for every currency that has such a rule; never
/// back, when the transaction comes late. Ends those that have passed, or that no rule keeps.
void set_deadlines(const RuleSet& rules, const Transaction& transaction, const MemberState& member,
                   Asking& asking, Decision& decision);

}  // namespace accrue::engine
