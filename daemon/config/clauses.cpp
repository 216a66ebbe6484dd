#include "config/clauses.hpp"

#include "config/values.hpp"

#include <accrue/points.hpp>

#include <algorithm>

namespace accrue::config {
namespace {

using engine::Limit;
using engine::LimitPeriod;
using engine::RuleText;
using engine::When;

constexpr std::size_t kDayLength = 10;     // "2026-01-31"
constexpr std::size_t kWindowLength = 11;  // "17:00-20:00"

const std::vector<std::string> kWeekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
const std::vector<std::string> kTypes{"sale", "return", "event", "member", "tick"};
const std::vector<std::string> kPeriods{"transaction", "day",  "week", "month",
                                        "quarter",     "year", "ever"};

/// Calls `read` for each item of a list, or for the one node.
template <class Read>
void for_each_item(const Node& node, const Read& read) {
  if (!node.is_list()) {
    read(node);
    return;
  }
  for (const Node& item : node.items) read(item);
}

void read_weekdays(Reading& in, const Node& node, When& when) {
  for_each_item(node, [&](const Node& item) {
    if (const auto day = read_choice(in, item, "weekday", kWeekdays)) {
      when.weekdays.push_back(static_cast<int>(*day) + 1);
    }
  });
}

void read_types(Reading& in, const Node& node, When& when) {
  for_each_item(node, [&](const Node& item) {
    const auto type = read_choice(in, item, "type", kTypes);
    if (!type) return;
    if (const auto known = transaction_type_named(kTypes[*type])) when.types.push_back(*known);
  });
}

/// "17:00" as minutes of the day; "24:00" is the end of the day.
std::optional<std::chrono::minutes> read_clock(std::string_view text) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) {
    return std::nullopt;
  }
  const int hours = (text[0] - '0') * 10 + (text[1] - '0');
  const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
  if (hours * 60 + minutes > 24 * 60 || minutes > 59) return std::nullopt;
  return std::chrono::minutes{hours * 60 + minutes};
}

void read_window(Reading& in, const Node& node, When& when) {
  const std::string_view text = node.text;
  if (node.is_scalar() && text.size() == kWindowLength && text[5] == '-') {
    const auto from = read_clock(text.substr(0, 5));
    const auto until = read_clock(text.substr(6));
    if (from && until && *from != *until) {
      when.time = When::Window{*from, *until};
      return;
    }
  }
  in.problem(node, "wrong_type",
             "`time` is " + shown(node) + R"(; write a window of the day such as "17:00-20:00")");
}

/// A day counts whole: until its last instant.
std::optional<LocalTime> read_until(Reading& in, const Node& node) {
  const auto time = read_local_time(in, node, "until");
  if (!time || node.text.size() != kDayLength) return time;
  return *time + std::chrono::days{1};
}

void read_attributes(Reading& in, const Node& node, When& when) {
  if (!expect_mapping(in, node, "member", "{ newsletter: true }")) return;
  for (const Member& member : node.members) {
    if (!is_attribute_name(member.key)) {
      in.problem(member.mark, "bad_name",
                 "\"" + member.key +
                     "\" is no attribute; use 1 to 32 small letters, digits and _, a letter "
                     "first, as in PUT /v1/members/{id}");
    }
    auto texts = read_texts(in, member.value, "member." + member.key);
    if (texts) when.member.emplace_back(member.key, std::move(*texts));
  }
}

void refuse_backwards(Reading& in, const Node& node, const std::optional<LocalTime>& from,
                      const std::optional<LocalTime>& until) {
  if (!from || !until || *from < *until) return;
  in.problem(node, "backwards", "`until` lies before `from`; write the later day as `until`");
}

void read_texts_into(Reading& in, const Node& node, const char* key,
                     std::vector<std::string>& into) {
  const Node* value = node.find(key);
  if (value == nullptr) return;
  if (auto texts = read_texts(in, *value, key)) into = std::move(*texts);
}

std::optional<Limit> read_limit(Reading& in, const Node& node, LimitScope scope,
                                const std::string& what) {
  if (!expect_mapping(in, node, what, "{ points: 500, per: month }")) return std::nullopt;
  refuse_unknown_keys(in, node, "`" + what + "`", {"points", "times", "per"});
  Limit limit;
  limit.scope = scope;
  const Node* points = node.find("points");
  const Node* times = node.find("times");
  if (points != nullptr) limit.points = read_integer(in, *points, "points", {1, Points::kMax});
  if (times != nullptr) limit.times = read_integer(in, *times, "times", {1, Points::kMax});
  if (points == nullptr && times == nullptr) {
    in.problem(node, "missing_key",
               "`" + what + "` limits nothing; write `points:` or `times:` or both");
  }
  if (const Node* per = node.find("per")) {
    if (const auto period = read_choice(in, *per, "per", kPeriods)) {
      limit.per = static_cast<LimitPeriod>(*period);
    }
  }
  return limit;
}

}  // namespace

When read_when(Reading& in, const Node& node) {
  When when;
  if (!expect_mapping(in, node, "when", "{ weekday: [tue] }")) return when;
  refuse_unknown_keys(
      in, node, "`when`",
      {"weekday", "time", "from", "until", "store", "tier", "event", "type", "member"});
  if (const Node* days = node.find("weekday")) read_weekdays(in, *days, when);
  if (const Node* time = node.find("time")) read_window(in, *time, when);
  if (const Node* from = node.find("from")) when.from = read_local_time(in, *from, "from");
  if (const Node* until = node.find("until")) {
    when.until = read_until(in, *until);
    refuse_backwards(in, *until, when.from, when.until);
  }
  read_texts_into(in, node, "store", when.stores);
  read_texts_into(in, node, "tier", when.tiers);
  read_texts_into(in, node, "event", when.events);
  if (const Node* types = node.find("type")) read_types(in, *types, when);
  if (const Node* member = node.find("member")) read_attributes(in, *member, when);
  return when;
}

std::vector<Limit> read_limits(Reading& in, const Node& node) {
  std::vector<Limit> limits;
  if (!expect_mapping(in, node, "limit", "{ member: { points: 500, per: month } }")) return limits;
  refuse_unknown_keys(in, node, "`limit`", {"member", "campaign"});
  if (const Node* member = node.find("member")) {
    if (auto limit = read_limit(in, *member, LimitScope::member, "limit.member")) {
      limits.push_back(*limit);
    }
  }
  if (const Node* campaign = node.find("campaign")) {
    if (auto limit = read_limit(in, *campaign, LimitScope::campaign, "limit.campaign")) {
      limits.push_back(*limit);
    }
  }
  return limits;
}

void read_active(Reading& in, const Node& node, RuleText& rule) {
  if (!expect_mapping(in, node, "active", "{ from: 2026-01-01, until: 2026-03-31 }")) return;
  refuse_unknown_keys(in, node, "`active`", {"from", "until"});
  if (const Node* from = node.find("from")) rule.active_from = read_date(in, *from, "from");
  if (const Node* until = node.find("until")) {
    const auto day = read_date(in, *until, "until");
    if (day) rule.active_until = *day + std::chrono::days{1};
    refuse_backwards(in, *until, rule.active_from, rule.active_until);
  }
}

}  // namespace accrue::config
