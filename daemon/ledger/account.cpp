#include "ledger/account.hpp"

#include "ledger/counters.hpp"

#include <algorithm>
#include <limits>

namespace accrue::ledger {
namespace {

constexpr engine::Used kUsedUp{std::numeric_limits<std::int64_t>::max(),
                               std::numeric_limits<std::int64_t>::max()};

}  // namespace

std::optional<AttributeValue> Account::attribute(std::string_view key) const {
  const auto found = std::find_if(member_.attributes.begin(), member_.attributes.end(),
                                  [&](const MemberAttribute& a) { return a.key == key; });
  if (found == member_.attributes.end()) return std::nullopt;
  return value_of(*found);
}

bool Account::has_open_offer(std::string_view rule) const {
  return std::any_of(member_.offers.begin(), member_.offers.end(), [&](const Offer& offer) {
    return offer.rule == rule && offer.terms.valid_until > time_;
  });
}

std::int64_t Account::times_awarded(std::string_view rule) const {
  return used(rule, LimitScope::member, "ever").times;
}

std::optional<Timestamp> Account::last_bought(std::uint64_t watch) const {
  const auto found = std::find_if(member_.history.begin(), member_.history.end(),
                                  [&](const HistoryMark& mark) { return mark.watch == watch; });
  if (found == member_.history.end()) return std::nullopt;
  return found->last;
}

engine::Used Account::used(std::string_view rule, LimitScope scope, std::string_view period) const {
  if (scope == LimitScope::campaign) {
    const auto found = campaign_.find(std::pair(rule, period));
    return found == campaign_.end() ? engine::Used() : found->second;
  }
  const auto found =
      std::find_if(member_.counters.begin(), member_.counters.end(),
                   [&](const Counter& c) { return c.rule == rule && c.period == period; });
  if (found != member_.counters.end()) return {found->points, found->times};
  if (is_forgotten(member_.counters, rule, period)) return kUsedUp;
  return {};
}

}  // namespace accrue::ledger
