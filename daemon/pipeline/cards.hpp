// Books as people are shown them. Pure: any thread.
#pragma once

#include "ledger/member.hpp"
#include "pipeline/answer.hpp"

#include <accrue/rule.hpp>

namespace accrue::engine {
class RuleSet;
}

namespace accrue::pipeline {

MemberCard card_of(const ledger::Member& member, const ProgramTerms& terms);
RuleSetCard card_of(const engine::RuleSet& rules, Timestamp loaded_at);

}  // namespace accrue::pipeline
