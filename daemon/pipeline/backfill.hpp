// Completes the history that a new rule set watches, by reading the journal once, before the set is
// used. What is found enters the books as records of its own, so that rebuilding needs no rules.
#pragma once

#include "engine/rule_set.hpp"

#include <accrue/result.hpp>

#include <filesystem>
#include <memory>

namespace accrue::pipeline {

class Road;

/// Keeps marks for the new watches from now on, reads the journal up to now for what lies before,
/// records both, and then has the sequencer use `rules`. History that nobody watches any more is
/// marked incomplete. Blocks; not on the sequencer's thread.
Result<void> complete_history(Road& road, const std::filesystem::path& journal,
                              std::shared_ptr<const engine::RuleSet> rules);

}  // namespace accrue::pipeline
