// A program compiled: immutable, shared by the sequencer, quotes and tests, and swapped whole when
// its files change. Any thread.
#pragma once

#include "engine/program_spec.hpp"
#include "engine/rule_index.hpp"
#include "engine/watch.hpp"

#include <accrue/rule.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace accrue::engine {

/// Rule types by plugin name, with the plugin's "name version" for the rule set's hash.
struct RulePlugin {
  std::shared_ptr<RuleTypes> types;
  std::string identity;
};
using RulePlugins = std::map<std::string, RulePlugin, std::less<>>;

struct CompiledRule {
  const RuleText* text = nullptr;
  std::unique_ptr<Rule> rule;
  std::size_t lane = 0;
  std::string currency;
  std::string plugin;
  Clauses clauses;
  std::vector<std::size_t>
      watches;  ///< Index into RuleSet::watches for each of its traits' watches.
  /// Kept because a limit or a `once` asks how often the member has earned from it.
  bool counts_awards = false;
  /// It is only asked where goods are: its award is for goods, and goes back with them.
  bool is_about_goods = false;
};

class RuleSet {
 public:
  /// Fails with a problem for each rule that its plugin refuses, named by file:line:column.
  static Result<std::shared_ptr<const RuleSet>> compile(ProgramSpec spec,
                                                        const RulePlugins& plugins);

  const ProgramSpec& spec() const { return spec_; }
  const ProgramTerms& terms() const { return spec_.terms; }
  /// 16 bytes of SHA-256 over the program's files and the plugins' names and versions.
  const std::string& hash() const { return hash_; }
  /// The same as 32 hex digits.
  const std::string& hash_text() const { return hash_text_; }

  /// Rules of one stage; stage earn in lane order, then as written.
  const std::vector<CompiledRule>& rules(Stage stage) const {
    return stages_[static_cast<std::size_t>(stage)];
  }
  const std::vector<WatchedItems>& watches() const { return watches_; }
  /// The watch's index; nothing when this program does not watch it.
  std::optional<std::size_t> watch_named(std::uint64_t id) const;

  const Words& words() const { return words_; }
  /// Finds rules(stage), and watches(), by what a transaction has.
  const KeyedLists& index(Stage stage) const { return indexes_[static_cast<std::size_t>(stage)]; }
  const KeyedLists& watch_index() const { return watch_index_; }
  /// Names of the member's attributes that conditions ask for.
  const std::vector<std::string>& attributes() const { return numbers_.attributes; }
  /// How many different selections of lines the rules have.
  std::size_t selections() const { return numbers_.selections.size(); }

 private:
  RuleSet() = default;
  Result<void> add(const RuleText& text, const RulePlugins& plugins);
  std::vector<Problem> check_order() const;
  void watch(CompiledRule& compiled);
  void index();
  void seal(const RulePlugins& plugins);

  ProgramSpec spec_;
  std::vector<CompiledRule> stages_[4];
  std::vector<WatchedItems> watches_;
  std::unordered_map<std::uint64_t, std::size_t> watch_places_;
  Words words_;
  ClauseNumbers numbers_;
  KeyedLists indexes_[4];
  KeyedLists watch_index_;
  std::string hash_;
  std::string hash_text_;
};

}  // namespace accrue::engine
