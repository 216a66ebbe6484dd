// The clauses that every rule shares: when it applies, and to which lines. Pure: any thread.
#pragma once

#include "engine/program_spec.hpp"

#include <accrue/member_view.hpp>

namespace accrue::engine {

/// True when every part of `when` that is written holds for the transaction, member and local time.
bool holds(const When& when, const Transaction& transaction, const MemberView& member,
           LocalTime local_time);

/// True when the minute of the local day lies in the window.
bool is_within(const When::Window& window, std::chrono::minutes minute);

/// True inside the rule's `active` days.
bool is_active(const RuleText& rule, LocalTime local_time);

/// Indices of the lines that `items` and `except` let through.
std::vector<std::uint32_t> lines_for(const RuleText& rule, const Transaction& transaction);

/// Text of an attribute as conditions compare it: "true", "12", "3.5", or the text itself.
std::string text_of(const AttributeValue& value);

}  // namespace accrue::engine
