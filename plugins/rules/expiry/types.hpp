// The rule types of this plugin, each compiled by a function of its own file, and the two questions
// they share: whose points a rule governs, and when a local day is over. Pure: any thread.
#pragma once

#include <accrue/rule.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace accrue::expiry {

Result<std::unique_ptr<Rule>> compile_rolling(const RuleSpec& spec);
Result<std::unique_ptr<Rule>> compile_calendar(const RuleSpec& spec);
Result<std::unique_ptr<Rule>> compile_inactivity(const RuleSpec& spec);

/// `rules` is the setting `of`: empty governs the points of every rule.
bool governs(const std::vector<std::string>& rules, std::string_view rule);

/// Fails when a reminder would come before the points do: `after` is how long they live.
Result<void> check_reminders(const RuleSpec& spec, const Period& after);

}  // namespace accrue::expiry
