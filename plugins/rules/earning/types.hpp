// The rule types of this plugin, each compiled by a function of its own file, and what they share:
// named roundings and bounded points. Pure: any thread.
#pragma once

#include <accrue/rule.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace accrue::earning {

Result<std::unique_ptr<Rule>> compile_spend(const RuleSpec& spec);
Result<std::unique_ptr<Rule>> compile_item(const RuleSpec& spec);
Result<std::unique_ptr<Rule>> compile_multiply(const RuleSpec& spec);
Result<std::unique_ptr<Rule>> compile_threshold(const RuleSpec& spec);
Result<std::unique_ptr<Rule>> compile_event(const RuleSpec& spec);

/// "down", "nearest", "up", "half_even": the choices of the settings table.
Rounding rounding_named(std::string_view name);

/// Stops just above Points::kMax, where the core refuses the award and says so, instead of
/// overflowing or quietly giving less.
Points bounded(Wide points);

/// What follows one after the other, in one piece of memory.
template <class... Parts>
std::string joined(const Parts&... parts) {
  std::string text;
  text.reserve((std::string_view(parts).size() + ...));
  (text.append(parts), ...);
  return text;
}

/// amount / part, rounded to whole parts; bounded as points are. REQUIRES: amount >= 0, part > 0.
std::int64_t parts_in(Money amount, Decimal part, Currency currency, Rounding rounding);

}  // namespace accrue::earning
