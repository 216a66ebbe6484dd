#include "config/templates.hpp"

#include <array>

namespace accrue::config {
namespace {

/// In the order of NoticeKind.
constexpr std::array<std::array<const char*, 2>, kNoticeKinds> kEnglish{{
    {"You have earned {{points}} {{currency}}",
     "You have just earned {{points}} {{currency}}.\nYour balance is {{balance}}."},
    {"You have reached {{milestone}} {{currency}}",
     "Your balance has reached {{balance}} {{currency}}."
     "{{#value}}\nThat is worth {{value}} {{money}}.{{/value}}"},
    {"{{points}} {{currency}} will lapse after {{date}}",
     "{{points}} of your {{currency}} can be used until {{date}}."
     "{{#value}}\nThey are worth {{value}} {{money}}.{{/value}}"},
    {"{{points}} {{currency}} have lapsed",
     "{{points}} of your {{currency}} have lapsed.\nYour balance is {{balance}}."},
    {"An offer for you: {{message}}",
     "{{message}}\nEarn {{points}} {{currency}} with it until {{date}}."},
}};

}  // namespace

engine::NoticeTemplate default_template(NoticeKind kind) {
  const auto& words = kEnglish[static_cast<std::size_t>(kind)];
  return {words[0], words[1]};
}

const std::vector<std::string>& template_variables() {
  static const std::vector<std::string> names{"points",  "currency",  "value",     "money",
                                              "balance", "milestone", "date",      "message",
                                              "rule",    "program",   "member_id", "name"};
  return names;
}

}  // namespace accrue::config
