#include "engine/conditions.hpp"

#include <algorithm>

namespace accrue::engine {
namespace {

template <class List, class Value>
bool lists(const List& list, const Value& value) {
  return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

std::chrono::minutes minute_of(LocalTime local_time) {
  const auto day = std::chrono::floor<std::chrono::days>(local_time);
  return std::chrono::floor<std::chrono::minutes>(local_time - day);
}

bool member_matches(const When& when, const MemberView& member) {
  if (!when.tiers.empty()) {
    const auto tier = member.attribute("tier");
    if (!tier || !lists(when.tiers, text_of(*tier))) return false;
  }
  return std::all_of(when.member.begin(), when.member.end(), [&](const auto& wanted) {
    const auto value = member.attribute(wanted.first);
    return value && lists(wanted.second, text_of(*value));
  });
}

}  // namespace

std::string text_of(const AttributeValue& value) {
  struct {
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(Decimal number) const { return number.to_string(); }
    std::string operator()(std::string_view text) const { return std::string(text); }
  } visitor;
  return std::visit(visitor, value);
}

bool is_within(const When::Window& window, std::chrono::minutes minute) {
  if (window.from < window.until) return minute >= window.from && minute < window.until;
  return minute >= window.from || minute < window.until;
}

bool holds(const When& when, const Transaction& transaction, const MemberView& member,
           LocalTime local_time) {
  if (!lists(when.types, transaction.type)) return false;
  if (!lists(when.stores, transaction.store)) return false;
  if (!lists(when.events, transaction.event)) return false;
  if (when.from && local_time < *when.from) return false;
  if (when.until && local_time >= *when.until) return false;
  if (when.time && !is_within(*when.time, minute_of(local_time))) return false;
  if (!when.weekdays.empty()) {
    const std::chrono::weekday day{std::chrono::floor<std::chrono::days>(local_time)};
    if (!lists(when.weekdays, static_cast<int>(day.iso_encoding()))) return false;
  }
  return member_matches(when, member);
}

bool is_active(const RuleText& rule, LocalTime local_time) {
  if (rule.active_from && local_time < *rule.active_from) return false;
  return !rule.active_until || local_time < *rule.active_until;
}

std::vector<std::uint32_t> lines_for(const RuleText& rule, const Transaction& transaction) {
  std::vector<std::uint32_t> lines;
  lines.reserve(transaction.lines.size());
  for (std::uint32_t i = 0; i < transaction.lines.size(); ++i) {
    const Line& line = transaction.lines[i];
    if (rule.items && !rule.items->matches(line.sku, line.category)) continue;
    if (rule.except && rule.except->matches(line.sku, line.category)) continue;
    lines.push_back(i);
  }
  return lines;
}

}  // namespace accrue::engine
