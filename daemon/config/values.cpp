#include "config/values.hpp"

#include "config/suggest.hpp"

#include <algorithm>
#include <charconv>

namespace accrue::config {
namespace {

constexpr std::size_t kMostShown = 40;
constexpr std::size_t kDateLength = 10;

std::string named(std::string_view what) { return "`" + std::string(what) + "`"; }

void wrong_type(Reading& in, const Node& node, std::string_view what, std::string_view cure) {
  in.problem(node, "wrong_type",
             named(what) + " is " + shown(node) + "; write " + std::string(cure));
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "", "-", followed by digits without a leading zero.
bool is_plain_integer(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.empty() || (text.size() > 1 && text.front() == '0')) return false;
  return std::all_of(text.begin(), text.end(), is_digit);
}

/// "there is no 30 February 2026": true when the error says what about a time is wrong.
bool tell_what_is_none(Reading& in, const Node& node, std::string_view what, const Error& error) {
  if (!error.message.starts_with("there is no ")) return false;
  in.problem(node, "no_such_time", named(what) + " is " + shown(node) + ", but " + error.message);
  return true;
}

std::string integer_cure(const Node& node) {
  if (node.is_scalar() && node.quoted && is_plain_integer(node.text)) {
    return "it without quotes: " + node.text;
  }
  if (node.is_scalar() && node.text.size() > 1 && node.text.front() == '0' &&
      std::all_of(node.text.begin(), node.text.end(), is_digit)) {
    const auto first = node.text.find_first_not_of('0');
    return "it without leading zeros: " +
           (first == std::string::npos ? "0" : node.text.substr(first));
  }
  return "a whole number in plain digits, such as 10";
}

/// "at least 1", "1 to 64", "at most 5".
std::string range_text(Bounds bounds) {
  if (bounds.most == INT64_MAX) return "at least " + std::to_string(bounds.least);
  if (bounds.least == INT64_MIN) return "at most " + std::to_string(bounds.most);
  return std::to_string(bounds.least) + " to " + std::to_string(bounds.most);
}

void out_of_range(Reading& in, const Node& node, std::string_view what, Bounds bounds) {
  in.problem(node, "out_of_range",
             named(what) + " is " + node.text + "; write a number of " + range_text(bounds));
}

bool refuse_bad_pattern(Reading& in, const Node& node, const std::string& pattern) {
  const auto star = pattern.find('*');
  if (star == std::string::npos || star + 1 == pattern.size()) return false;
  in.problem(
      node, "bad_pattern",
      "\"" + pattern + "\" has a `*` inside; a pattern may only end in `*`, as in \"gift_*\"");
  return true;
}

std::optional<std::vector<std::string>> read_patterns(Reading& in, const Node& node,
                                                      std::string_view what) {
  auto patterns = read_texts(in, node, what);
  if (!patterns) return std::nullopt;
  bool refused = false;
  for (std::size_t i = 0; i < patterns->size(); ++i) {
    refused |= refuse_bad_pattern(in, node.is_list() ? node.items[i] : node, (*patterns)[i]);
  }
  if (refused) return std::nullopt;
  return patterns;
}

}  // namespace

std::string shown(const Node& node) {
  if (node.is_empty()) return "empty";
  if (node.is_list()) return "a list";
  if (node.is_mapping()) return "a mapping";
  if (node.text.size() <= kMostShown) return "\"" + node.text + "\"";
  std::size_t end = kMostShown;
  while (end > 0 && (static_cast<unsigned char>(node.text[end]) & 0xC0) == 0x80) --end;
  return "\"" + node.text.substr(0, end) + "…\"";
}

std::optional<std::string> read_text(Reading& in, const Node& node, std::string_view what) {
  if (node.is_scalar()) return node.text;
  wrong_type(in, node, what, "text");
  return std::nullopt;
}

std::optional<std::string> read_word(Reading& in, const Node& node, std::string_view what) {
  if (node.is_scalar() && !node.text.empty()) return node.text;
  wrong_type(in, node, what, "some text");
  return std::nullopt;
}

std::optional<std::int64_t> read_integer(Reading& in, const Node& node, std::string_view what,
                                         Bounds bounds) {
  if (!node.is_scalar() || node.quoted || !is_plain_integer(node.text)) {
    wrong_type(in, node, what, integer_cure(node));
    return std::nullopt;
  }
  std::int64_t value = 0;
  const char* const end = node.text.data() + node.text.size();
  const auto parsed = std::from_chars(node.text.data(), end, value);
  if (parsed.ec != std::errc{}) {
    const Bounds any{-Decimal::kMaxWhole, Decimal::kMaxWhole};
    out_of_range(in, node, what,
                 {std::max(bounds.least, any.least), std::min(bounds.most, any.most)});
    return std::nullopt;
  }
  if (value < bounds.least || value > bounds.most) {
    out_of_range(in, node, what, bounds);
    return std::nullopt;
  }
  return value;
}

std::optional<Decimal> read_decimal(Reading& in, const Node& node, std::string_view what,
                                    Bounds bounds) {
  const std::string_view digits =
      std::string_view(node.text).substr(node.text.starts_with('-') ? 1 : 0);
  const bool leading_zero = digits.size() > 1 && digits[0] == '0' && digits[1] != '.';
  if (!node.is_scalar() || leading_zero) {
    wrong_type(in, node, what, "a number such as 10 or 2.50");
    return std::nullopt;
  }
  const auto value = Decimal::parse(node.text);
  if (!value) {
    wrong_type(in, node, what, "a number such as 10 or 2.50, with at most six decimals");
    return std::nullopt;
  }
  const Wide micros = value->micros();
  if (micros < static_cast<Wide>(bounds.least) * Decimal::kScale ||
      micros > static_cast<Wide>(bounds.most) * Decimal::kScale) {
    out_of_range(in, node, what, bounds);
    return std::nullopt;
  }
  return value.value();
}

std::optional<bool> read_boolean(Reading& in, const Node& node, std::string_view what) {
  if (node.is_scalar() && !node.quoted && node.text == "true") return true;
  if (node.is_scalar() && !node.quoted && node.text == "false") return false;
  wrong_type(in, node, what, "true or false");
  return std::nullopt;
}

std::optional<Period> read_period(Reading& in, const Node& node, std::string_view what) {
  if (node.is_scalar()) {
    if (const auto period = Period::parse(node.text)) return period.value();
  }
  wrong_type(in, node, what,
             "a number from 1 to 1200 and minutes, hours, days, weeks, months or years, such as "
             "30 days");
  return std::nullopt;
}

std::optional<LocalTime> read_date(Reading& in, const Node& node, std::string_view what) {
  if (node.is_scalar() && node.text.size() == kDateLength) {
    const auto date = parse_local_time(node.text);
    if (date) return date.value();
    if (tell_what_is_none(in, node, what, date.error())) return std::nullopt;
  }
  wrong_type(in, node, what, "a day of the calendar such as 2026-01-31");
  return std::nullopt;
}

std::optional<LocalTime> read_local_time(Reading& in, const Node& node, std::string_view what) {
  if (node.is_scalar()) {
    const auto time = parse_local_time(node.text);
    if (time) return time.value();
    if (tell_what_is_none(in, node, what, time.error())) return std::nullopt;
  }
  wrong_type(in, node, what, "a local time such as 2026-01-31T18:00:00, or a day");
  return std::nullopt;
}

std::optional<std::size_t> read_choice(Reading& in, const Node& node, std::string_view what,
                                       const std::vector<std::string>& words) {
  std::string cure;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (node.is_scalar() && node.text == words[i]) return i;
    cure += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
  }
  if (node.is_scalar()) {
    const std::string near = nearest(node.text, words);
    if (!near.empty()) cure += "; did you mean `" + near + "`?";
  }
  wrong_type(in, node, what, cure);
  return std::nullopt;
}

std::optional<std::vector<std::string>> read_texts(Reading& in, const Node& node,
                                                   std::string_view what) {
  if (node.is_scalar() && !node.text.empty()) return std::vector<std::string>{node.text};
  if (!node.is_list() || node.items.empty()) {
    const bool empty_list = node.is_list();
    wrong_type(in, node, what,
               empty_list ? "at least one text in it" : "a text or a list of texts");
    return std::nullopt;
  }
  std::vector<std::string> texts;
  for (const Node& item : node.items) {
    if (auto text = read_word(in, item, what)) texts.push_back(std::move(*text));
  }
  if (texts.size() != node.items.size()) return std::nullopt;
  return texts;
}

std::optional<std::vector<Period>> read_periods(Reading& in, const Node& node,
                                                std::string_view what) {
  std::vector<Period> periods;
  if (!node.is_list()) {
    const auto period = read_period(in, node, what);
    if (!period) return std::nullopt;
    periods.push_back(*period);
    return periods;
  }
  for (const Node& item : node.items) {
    if (const auto period = read_period(in, item, what)) periods.push_back(*period);
  }
  if (periods.size() != node.items.size()) return std::nullopt;
  return periods;
}

std::optional<ItemFilter> read_items(Reading& in, const Node& node, std::string_view what) {
  constexpr std::string_view kExample = "{ sku: [A1, B2], category: [bread] }";
  if (!expect_mapping(in, node, what, kExample)) return std::nullopt;
  refuse_unknown_keys(in, node, what, {"sku", "category"});
  ItemFilter filter;
  bool read = true;
  const auto take = [&](const char* key, std::vector<std::string>& into) {
    const Node* value = node.find(key);
    if (value == nullptr) return;
    auto patterns = read_patterns(in, *value, std::string(what) + "." + key);
    read = read && patterns.has_value();
    if (patterns) into = std::move(*patterns);
  };
  take("sku", filter.skus);
  take("category", filter.categories);
  if (!read) return std::nullopt;
  if (filter.empty() && node.members.empty()) {
    wrong_type(in, node, what, kExample);
    return std::nullopt;
  }
  return filter;
}

std::optional<std::vector<std::pair<std::string, std::string>>> read_map(Reading& in,
                                                                         const Node& node,
                                                                         std::string_view what) {
  if (!expect_mapping(in, node, what, "{ from: to }")) return std::nullopt;
  std::vector<std::pair<std::string, std::string>> map;
  for (const Member& member : node.members) {
    auto text = read_text(in, member.value, std::string(what) + "." + member.key);
    if (text) map.emplace_back(member.key, std::move(*text));
  }
  if (map.size() != node.members.size()) return std::nullopt;
  return map;
}

}  // namespace accrue::config
