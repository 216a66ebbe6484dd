// When points lapse: asks the expiry rules about each award and groups awards that lapse together
// into lots. Pure: any thread.
#pragma once

#include "engine/asking.hpp"

namespace accrue::engine {

/// Opens a lot for each (points currency, expiry) among the decision's awards > 0.
void open_lots(const RuleSet& rules, const Transaction& transaction, Asking& asking,
               Decision& decision);

/// Moves the inactivity deadlines of the member on, for every currency that has such a rule.
void set_deadlines(const RuleSet& rules, const Transaction& transaction, Asking& asking,
                   Decision& decision);

}  // namespace accrue::engine
