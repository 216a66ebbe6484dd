// An evaluation the slow way: every rule of the program in order, each clause compared with the
// text it was written as, nothing found by an index and nothing kept for the next rule. What the
// engine finds must be this to the letter. One thread.
#pragma once

#include "engine/evaluator.hpp"

namespace accrue::test {

Decision ask_every_rule(const engine::RuleSet& rules, const Transaction& transaction,
                        const engine::MemberState& member);

/// All that an evaluation decides, as text.
std::string whole_text_of(const Decision& decision);

}  // namespace accrue::test
