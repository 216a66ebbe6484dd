#include "config/suggest.hpp"
#include "config/values.hpp"

#include <algorithm>

namespace accrue::config {
namespace {

constexpr std::size_t kLongestName = 48;
constexpr std::size_t kLongestAttribute = 32;

}  // namespace

bool expect_mapping(Reading& in, const Node& node, std::string_view what,
                    std::string_view example) {
  if (node.is_mapping()) return true;
  in.problem(node, "wrong_type",
             "`" + std::string(what) + "` is " + shown(node) + "; write a mapping such as " +
                 std::string(example));
  return false;
}

bool expect_list(Reading& in, const Node& node, std::string_view what, std::string_view example) {
  if (node.is_list()) return true;
  in.problem(node, "wrong_type",
             "`" + std::string(what) + "` is " + shown(node) + "; write a list such as " +
                 std::string(example));
  return false;
}

void refuse_unknown_keys(Reading& in, const Node& mapping, std::string_view what,
                         const std::vector<std::string>& known) {
  for (const Member& member : mapping.members) {
    if (std::find(known.begin(), known.end(), member.key) != known.end()) continue;
    in.problem(
        member.mark, "unknown_key",
        "`" + member.key + "` is no key of " + std::string(what) + did_you_mean(member.key, known));
  }
}

bool is_name(std::string_view text) {
  if (text.empty() || text.size() > kLongestName || text.front() == '-') return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

bool is_attribute_name(std::string_view text) {
  if (text.empty() || text.size() > kLongestAttribute) return false;
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return is_letter(text.front()) && std::all_of(text.begin(), text.end(), [&](char c) {
           return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
         });
}

std::optional<std::string> read_name(Reading& in, const Node& node, std::string_view what) {
  if (node.is_scalar() && is_name(node.text)) return node.text;
  in.problem(node, "bad_name",
             "`" + std::string(what) + "` is " + shown(node) +
                 "; a name is 1 to 48 small letters, digits and -, and does not begin with -");
  return std::nullopt;
}

}  // namespace accrue::config
