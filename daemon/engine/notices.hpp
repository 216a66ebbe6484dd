// What a decision gives reason to tell the member. Words come later, from templates; here are the
// facts. Pure: any thread.
#pragma once

#include "engine/rule_set.hpp"

#include <array>
#include <span>

namespace accrue::engine {

/// For each kind of notice, the notifiers that deliver it.
using NoticeRouting = std::array<std::vector<std::string>, kNoticeKinds>;

/// Points that will lapse, of which the member is to be told now.
struct Reminder {
  std::string currency;
  Points points;
  Timestamp lapses_at{};
};

/// The notices of a settled decision. Kinds that the program switched off or no notifier takes are
/// left out.
std::vector<Notice> notices_of(const RuleSet& rules, const NoticeRouting& routing,
                               const Decision& decision, std::span<const Reminder> reminders);

}  // namespace accrue::engine
