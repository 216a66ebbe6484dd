// A notice: one thing to tell one member. The decision says what and to whom; words come from the
// program's templates when it is delivered. Plain values: any thread.
#pragma once

#include <accrue/ids.hpp>
#include <accrue/time.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace accrue {

enum class NoticeKind : std::uint8_t {
  points_earned,
  balance_milestone,
  points_about_to_lapse,
  points_lapsed,
  offer_made,
};
inline constexpr int kNoticeKinds = 5;

/// "points_earned", …: also the name of the template.
std::string_view name_of(NoticeKind kind);

struct Notice {
  NoticeKind kind = NoticeKind::points_earned;
  /// Values for the template: points, balance, currency, value, date, message …
  std::vector<std::pair<std::string, std::string>> values;
  /// Names of the notifiers that owe it.
  std::vector<std::string> to;
};

}  // namespace accrue
