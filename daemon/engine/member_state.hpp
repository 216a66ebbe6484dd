// What the core itself must know of a member to decide: the rules' view, plus open offers, history
// and use of limits. The ledger's members implement it. Valid during one decision, on its thread.
#pragma once

#include <accrue/decision.hpp>
#include <accrue/member_view.hpp>

#include <optional>
#include <span>
#include <string_view>

namespace accrue::engine {

/// How much of a limit has been used.
struct Used {
  std::int64_t points = 0;
  std::int64_t times = 0;
};

class MemberState : public MemberView {
 public:
  virtual std::span<const Offer> open_offers() const = 0;
  /// Inactivity deadlines in force.
  virtual std::span<const Deadline> deadlines() const = 0;
  /// Latest purchases of watched goods, in no order; and one of them by its watch's id.
  virtual std::span<const HistoryMark> history() const = 0;
  virtual std::optional<Timestamp> last_bought(std::uint64_t watch) const = 0;
  virtual Used used(std::string_view rule, LimitScope scope, std::string_view period) const = 0;
};

}  // namespace accrue::engine
