// Decides what a sale, return without receipt, event or member change earns: awards in lane order,
// trimmed to limits, with expiry dates; offers made and accepted; deadlines; history marks. The
// ledger then settles the decision against the member's lots. Pure: any thread.
#pragma once

#include "engine/member_state.hpp"
#include "engine/rule_set.hpp"

#include <string>
#include <vector>

namespace accrue::engine {

/// A plugin that threw or proposed nonsense. Its rule gave nothing; all else goes on.
struct Fault {
  std::string plugin;
  std::string rule;
  std::string what;
};

struct Evaluation {
  Decision decision;
  std::vector<Fault> faults;
};

/// REQUIRES: transaction.member is member.id(). Lots are opened for awards > 0; what a return takes
/// back stands in the awards as negative points and is drawn from lots by the ledger.
Evaluation evaluate(const RuleSet& rules, const Transaction& transaction,
                    const MemberState& member);

/// What today's rules say of a return that names its sale, beside the points that the sale itself
/// says: the member came, so deadlines move on.
Evaluation evaluate_linked_return(const RuleSet& rules, const Transaction& transaction,
                                  const MemberState& member);

}  // namespace accrue::engine
