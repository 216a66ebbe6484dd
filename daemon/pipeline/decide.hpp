// One transaction decided: rules, lots and notices brought together. Pure: the same arguments give
// the same decision, for sales, quotes, tests and explanations alike. Any thread.
#pragma once

#include "engine/evaluator.hpp"
#include "engine/notices.hpp"
#include "ledger/account.hpp"
#include "ledger/returns.hpp"

#include <optional>
#include <vector>

namespace accrue::pipeline {

/// What of the books one decision looks at.
struct Situation {
  const ledger::Member& member;  ///< number 0: does not exist yet.
  const ledger::CampaignCounters& campaign;
  const ledger::Entry* sale = nullptr;    ///< On a return with `of`: the sale, when there is one.
  const ledger::ReturnedSoFar& returned;  ///< Of that sale.
};

/// Everything the transaction changes. Fails with reject_input, pointers and cures when it is
/// against the program's terms. Faults of plugins are appended.
Result<Decision> decide(const engine::RuleSet& rules, const engine::NoticeRouting& routing,
                        const Transaction& transaction, Seq seq, const Situation& situation,
                        std::vector<engine::Fault>& faults);

/// What a tick of the member at `time` changes.
Decision decide_tick(const engine::RuleSet& rules, const engine::NoticeRouting& routing,
                     const ledger::Member& member, Timestamp time);

}  // namespace accrue::pipeline
