#include "http/member_body.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace accrue::http {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(kBlanks, at), text.size());
}

/// Position behind the string that opens at `at`.
std::size_t skip_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return text.size();
}

/// The raw value of the object's own "member_id". Only names and depth matter here: the codec
/// checks the rest, and sees a name that was written with escapes as a duplicate.
std::optional<std::string_view> own_member_id(std::string_view body, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < body.size(); ++at) {
    const char c = body[at];
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (c != '"') continue;
    const std::size_t end = skip_string(body, at);
    const std::size_t colon = skip_blanks(body, end);
    const bool is_name = depth == 1 && colon < body.size() && body[colon] == ':';
    if (is_name && body.substr(at, end - at) == "\"member_id\"") {
      const std::size_t value = skip_blanks(body, colon + 1);
      if (value >= body.size() || body[value] != '"') return body.substr(value, 1);
      return body.substr(value, skip_string(body, value) - value);
    }
    at = end - 1;
  }
  return std::nullopt;
}

}  // namespace

Result<std::string> with_member_id(std::string body, const MemberId& member) {
  const std::size_t open = skip_blanks(body, 0);
  if (open >= body.size() || body[open] != '{') return body;
  const std::string quoted = '"' + member.text() + '"';
  if (const auto own = own_member_id(body, open)) {
    if (*own == quoted) return body;
    Error error = reject("the body names another member than the path");
    error.problems.push_back(
        {"/member_id", "member_mismatch",
         "leave member_id out, or write " + member.text() + " as the path does"});
    return error;
  }
  const std::size_t first = skip_blanks(body, open + 1);
  const bool empty = first < body.size() && body[first] == '}';
  body.insert(open + 1, "\"member_id\":" + quoted + (empty ? "" : ","));
  return body;
}

}  // namespace accrue::http
