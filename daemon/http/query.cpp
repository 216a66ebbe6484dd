#include "http/query.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <vector>

namespace accrue::http {
namespace {

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

constexpr std::uint64_t kLongestPage = 200;

}  // namespace

Target split_target(std::string_view target) {
  if (target.substr(0, 7) == "http://") {
    target.remove_prefix(7);
    target.remove_prefix(std::min(target.find('/'), target.size()));
  }
  const std::size_t mark = std::min(target.find('?'), target.size());
  return {target.substr(0, mark), target.substr(std::min(mark + 1, target.size()))};
}

Result<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
    if (high < 0 || low < 0) return reject("write % escapes as % and two hexadecimal digits");
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

Result<PageRequest> parse_page(std::string_view query) {
  PageRequest page;
  std::vector<Problem> problems;
  std::set<std::string_view> seen;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view name = pair.substr(0, equals);
    const auto number = whole_number(pair.substr(std::min(equals + 1, pair.size())));
    const std::string place = "?" + std::string(name);
    if (!seen.insert(name).second) {
      problems.push_back({place, "repeated_parameter", "write each parameter once"});
    } else if (name == "limit") {
      if (number && *number >= 1 && *number <= kLongestPage) {
        page.limit = *number;
      } else {
        problems.push_back({place, "bad_limit", "write a whole number from 1 to 200"});
      }
    } else if (name == "cursor") {
      if (number && *number >= 1) {
        page.before = static_cast<Seq>(*number);
      } else {
        problems.push_back(
            {place, "bad_cursor", "pass on the text that the last page called next"});
      }
    } else {
      problems.push_back({place, "unknown_parameter", "the parameters are limit and cursor"});
    }
  }
  if (problems.empty()) return page;
  return Error{ErrorCode::reject_input, "the query is not understood", std::move(problems)};
}

Result<Seq> parse_seq(std::string_view text) {
  const auto number = whole_number(text);
  if (!number || *number == 0) return reject("a sequence number is a whole number from 1");
  return static_cast<Seq>(*number);
}

}  // namespace accrue::http
