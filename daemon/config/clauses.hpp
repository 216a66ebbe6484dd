// The clauses every rule shares: when, limit, active. Any thread.
#pragma once

#include "config/node.hpp"
#include "config/problems.hpp"
#include "engine/program_spec.hpp"

namespace accrue::config {

/// `when:` — a plain day as `until` means through the end of that day.
engine::When read_when(Reading& in, const Node& node);

/// `limit: { member: { points, times, per }, campaign: { … } }`.
std::vector<engine::Limit> read_limits(Reading& in, const Node& node);

/// `active: { from, until }`, both days included.
void read_active(Reading& in, const Node& node, engine::RuleText& rule);

}  // namespace accrue::config
