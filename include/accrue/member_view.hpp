// What a rule may know of a member: a read-only view of the state before the transaction it is
// asked about. Valid only during the call it is handed to, on that call's thread.
#pragma once

#include <accrue/ids.hpp>
#include <accrue/points.hpp>
#include <accrue/time.hpp>
#include <accrue/transaction.hpp>

#include <optional>
#include <string_view>

namespace accrue {

class MemberView {
 public:
  virtual ~MemberView() = default;

  virtual const MemberId& id() const = 0;
  /// True when this very transaction enrols the member.
  virtual bool is_new() const = 0;
  virtual Timestamp enrolled_at() const = 0;
  /// Time of the latest sale, return or event before this one; nothing for a new member.
  virtual std::optional<Timestamp> last_activity() const = 0;
  /// Attributes as set by enrolment or change: "tier", "birthday" (MM-DD) or the program's own.
  virtual std::optional<AttributeValue> attribute(std::string_view key) const = 0;
  /// Points that can be spent now; negative after returns of goods whose points were spent.
  virtual Points available(std::string_view currency) const = 0;
  virtual bool has_open_offer(std::string_view rule) const = 0;
  /// How many transactions have earned from this rule, ever.
  virtual std::int64_t times_awarded(std::string_view rule) const = 0;
};

}  // namespace accrue
