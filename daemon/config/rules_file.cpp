#include "config/rules_file.hpp"

#include "config/clauses.hpp"
#include "config/suggest.hpp"
#include "config/values.hpp"
#include "config/yaml_reader.hpp"

#include <algorithm>

namespace accrue::config {
namespace {

using engine::RuleText;

const std::vector<std::string> kSharedKeys{"id",    "type",   "title", "lane",  "currency",
                                           "items", "except", "when",  "limit", "active"};

template <class List>
std::vector<std::string> names_of(const List& list) {
  std::vector<std::string> names;
  names.reserve(list.size());
  for (const auto& item : list) names.push_back(item.name);
  return names;
}

bool contains(const std::vector<std::string>& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace

RulesReader::RulesReader(const ProgramFile& program, const TypeTables& types)
    : program_(program), types_(types) {}

void RulesReader::read(Reading& in, std::string_view bytes) {
  const auto top = parse_yaml_mapping(in, bytes, "rules:");
  if (!top) return;
  refuse_unknown_keys(in, *top, "a rule file", {"rules"});
  const Node* list = top->find("rules");
  if (list == nullptr) {
    in.problem(*top, "missing_key", "`rules` is missing; write `rules:` and a list of rules");
    return;
  }
  if (!expect_list(in, *list, "rules", "- id: base")) return;
  for (const Node& node : list->items) rule(in, node);
}

void RulesReader::rule(Reading& in, const Node& node) {
  if (!node.is_mapping()) {
    in.problem(node, "wrong_type",
               "a rule is " + shown(node) + "; write `- id: base` and its keys");
    return;
  }
  const std::size_t before = in.problems().count();
  RuleText rule;
  rule.place = in.place(node);
  identify(in, node, rule);
  if (const Node* title = node.find("title")) {
    rule.title = read_text(in, *title, "title").value_or("");
  }
  place_in_lane(in, node, rule);
  filter(in, node, rule);
  if (const Node* when = node.find("when")) rule.when = read_when(in, *when);
  if (const Node* limit = node.find("limit")) rule.limits = read_limits(in, *limit);
  if (const Node* active = node.find("active")) read_active(in, *active, rule);
  own_settings(in, node, rule);
  rules_.push_back(std::move(rule));
  faulty_.push_back(in.problems().count() > before);
}

void RulesReader::identify(Reading& in, const Node& node, RuleText& rule) {
  const Node* id = node.find("id");
  if (id == nullptr) {
    in.problem(node, "missing_key", "`id` is missing; give the rule a name, such as `id: base`");
    return;
  }
  const auto name = read_name(in, *id, "id");
  if (!name) return;
  rule.id = *name;
  const auto [earlier, added] = ids_.try_emplace(rule.id, in.place(*id));
  if (!added) {
    in.problem(*id, "duplicate_id",
               "the id `" + rule.id + "` is taken at " + to_pointer(earlier->second) +
                   "; give this rule another");
  }
}

void RulesReader::place_in_lane(Reading& in, const Node& node, RuleText& rule) const {
  const auto& spec = program_.spec;
  const auto known = [&](const char* key, const std::vector<std::string>& names, bool sure) {
    const Node* value = node.find(key);
    if (value == nullptr) return std::string();
    std::string name = read_word(in, *value, key).value_or("");
    if (sure && !name.empty() && !contains(names, name)) {
      in.problem(*value, std::string("unknown_") + key,
                 "program.yaml has no " + std::string(key) + " `" + name + "`" +
                     did_you_mean(name, names));
    }
    return name;
  };
  rule.lane = known("lane", names_of(spec.lanes), program_.lanes_known);
  rule.currency = known("currency", names_of(spec.terms.currencies), program_.currencies_known);
}

void RulesReader::filter(Reading& in, const Node& node, RuleText& rule) const {
  if (const Node* items = node.find("items")) rule.items = read_items(in, *items, "items");
  if (const Node* except = node.find("except")) rule.except = read_items(in, *except, "except");
}

void RulesReader::own_settings(Reading& in, const Node& node, RuleText& rule) const {
  const Node* type = node.find("type");
  if (type == nullptr) {
    in.problem(node, "missing_key", "`type` is missing; write for instance `type: earning.spend`");
    return;
  }
  const auto name = read_word(in, *type, "type");
  if (!name) return;
  rule.type = *name;
  const auto table = types_.find(rule.type);
  if (table != types_.end()) {
    rule.settings = read_settings(in, node, table->second, {"rule type " + rule.type, kSharedKeys});
    return;
  }
  std::vector<std::string> known;
  for (const auto& [known_type, rows] : types_) known.push_back(known_type);
  in.problem(*type, "unknown_type",
             "no plugin offers the rule type `" + rule.type + "`" + did_you_mean(rule.type, known));
}

}  // namespace accrue::config
