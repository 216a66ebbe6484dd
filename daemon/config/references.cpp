#include "config/rules_file.hpp"
#include "config/suggest.hpp"

#include <algorithm>
#include <set>

namespace accrue::config {
namespace {

using engine::RuleText;

/// The rules that a rule's setting `of` names.
std::vector<std::string> named_by(const RuleText& rule, const TypeTables& types) {
  const auto table = types.find(rule.type);
  if (table == types.end() || !rule.settings.has("of")) return {};
  for (const accrue_setting* row : table->second) {
    if (std::string_view(row->key) != "of") continue;
    if (row->type == ACCRUE_TEXTS) return rule.settings.texts("of");
    if (row->type != ACCRUE_TEXT) return {};
    const std::string id = rule.settings.text("of");
    return id.empty() ? std::vector<std::string>{} : std::vector<std::string>{id};
  }
  return {};
}

using Named = std::map<std::string, std::vector<std::string>>;

/// True when following `of` from `id` comes back to `id`.
bool comes_back(const std::string& id, const Named& named) {
  std::set<std::string> seen;
  std::vector<std::string> open{id};
  while (!open.empty()) {
    const std::string at = open.back();
    open.pop_back();
    const auto found = named.find(at);
    if (found == named.end()) continue;
    for (const std::string& of : found->second) {
      if (of == id) return true;
      if (seen.insert(of).second) open.push_back(of);
    }
  }
  return false;
}

}  // namespace

std::vector<bool> check_references(const std::vector<RuleText>& rules, const TypeTables& types,
                                   Problems& problems) {
  std::vector<std::string> ids;
  Named named;
  for (const RuleText& rule : rules) {
    ids.push_back(rule.id);
    named[rule.id] = named_by(rule, types);
  }
  std::vector<bool> refused;
  for (const RuleText& rule : rules) {
    const std::size_t before = problems.count();
    for (const std::string& of : named[rule.id]) {
      if (std::find(ids.begin(), ids.end(), of) != ids.end()) continue;
      std::vector<std::string> others;
      std::copy_if(ids.begin(), ids.end(), std::back_inserter(others),
                   [&](const std::string& id) { return id != rule.id; });
      problems.add(rule.settings.place("of"), "unknown_rule",
                   "there is no rule `" + of + "`" + did_you_mean(of, others));
    }
    if (comes_back(rule.id, named)) {
      problems.add(rule.settings.place("of"), "circular",
                   "`of` leads back to `" + rule.id + "` itself; name a rule that comes before it");
    }
    refused.push_back(problems.count() > before);
  }
  return refused;
}

}  // namespace accrue::config
