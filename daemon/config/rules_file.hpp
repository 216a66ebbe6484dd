// Reads one rule file of a program: the list under `rules:`. Any thread.
#pragma once

#include "config/problems.hpp"
#include "config/program_file.hpp"
#include "config/settings_table.hpp"
#include "engine/program_spec.hpp"

#include <map>
#include <string>
#include <string_view>

namespace accrue::config {

/// The settings tables of all rule types, by "plugin.type": what the loaded plugins declare.
using TypeTables = std::map<std::string, SettingTable>;

class RulesReader {
 public:
  /// Both arguments outlive the reader.
  RulesReader(const ProgramFile& program, const TypeTables& types);

  /// Adds the file's rules, in order; ids are kept apart across all files read.
  void read(Reading& in, std::string_view bytes);
  std::vector<engine::RuleText> take_rules() { return std::move(rules_); }
  /// By place in that list: true for a rule that a problem was told of.
  const std::vector<bool>& faulty() const { return faulty_; }

 private:
  void rule(Reading& in, const Node& node);
  void identify(Reading& in, const Node& node, engine::RuleText& rule);
  void place_in_lane(Reading& in, const Node& node, engine::RuleText& rule) const;
  void filter(Reading& in, const Node& node, engine::RuleText& rule) const;
  void own_settings(Reading& in, const Node& node, engine::RuleText& rule) const;

  const ProgramFile& program_;
  const TypeTables& types_;
  std::vector<engine::RuleText> rules_;
  std::vector<bool> faulty_;
  std::map<std::string, Place> ids_;
};

/// Checks what rules say of each other: each `of` names another rule and no chain comes back. Gives
/// for each rule whether it was refused.
std::vector<bool> check_references(const std::vector<engine::RuleText>& rules,
                                   const TypeTables& types, Problems& problems);

}  // namespace accrue::config
