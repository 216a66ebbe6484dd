#include "engine/rule_set.hpp"

#include "digest/sha256.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_set>

namespace accrue::engine {
namespace {

Problem problem_at(const RuleText& text, std::string code, std::string detail) {
  return Problem{text.place.to_string(), std::move(code), std::move(detail)};
}

std::size_t lane_index(const ProgramSpec& spec, const std::string& name) {
  const auto lane = std::find_if(spec.lanes.begin(), spec.lanes.end(),
                                 [&](const Lane& candidate) { return candidate.name == name; });
  return lane == spec.lanes.end() ? 0 : static_cast<std::size_t>(lane - spec.lanes.begin());
}

/// A rule that also answers where no goods are (a sign-up, a review) gives its award to the member,
/// not for the goods: it stays when goods come back.
bool is_about_goods(const RuleTraits& traits) {
  return std::all_of(traits.types.begin(), traits.types.end(), [](TransactionType type) {
    return type == TransactionType::sale || type == TransactionType::goods_return;
  });
}

bool longer(const Period& a, const Period& b) {
  const auto days = [](const Period& period) { return period.months * 31 + period.days; };
  return days(a) != days(b) ? days(a) > days(b) : a.minutes > b.minutes;
}

}  // namespace

Result<std::shared_ptr<const RuleSet>> RuleSet::compile(ProgramSpec spec,
                                                        const RulePlugins& plugins) {
  std::shared_ptr<RuleSet> set(new RuleSet);
  set->spec_ = std::move(spec);
  Error refused = reject("the program has rules that cannot be used");
  for (const RuleText& text : set->spec_.rules) {
    if (const auto added = set->add(text, plugins); !added) {
      const auto& found = added.error();
      if (found.problems.empty())
        refused.problems.push_back(problem_at(text, "bad_rule", found.message));
      refused.problems.insert(refused.problems.end(), found.problems.begin(), found.problems.end());
    }
  }
  auto& earn = set->stages_[static_cast<std::size_t>(Stage::earn)];
  std::stable_sort(earn.begin(), earn.end(),
                   [](const CompiledRule& a, const CompiledRule& b) { return a.lane < b.lane; });
  const auto misplaced = set->check_order();
  refused.problems.insert(refused.problems.end(), misplaced.begin(), misplaced.end());
  if (!refused.problems.empty()) return refused;
  set->index();
  set->seal(plugins);
  return std::shared_ptr<const RuleSet>(std::move(set));
}

Result<void> RuleSet::add(const RuleText& text, const RulePlugins& plugins) {
  const std::size_t dot = text.type.find('.');
  const std::string plugin = text.type.substr(0, dot);
  const auto found = plugins.find(plugin);
  if (found == plugins.end() || dot == std::string::npos) {
    return reject("no plugin gives the rule type " + text.type);
  }
  CompiledRule compiled;
  compiled.text = &text;
  compiled.lane = lane_index(spec_, text.lane);
  compiled.currency = text.currency.empty() ? spec_.terms.currencies.front().name : text.currency;
  compiled.plugin = plugin;
  const RuleSpec rule_spec{text.id, text.type.substr(dot + 1), compiled.currency, text.settings,
                           spec_.terms};
  try {
    auto rule = found->second.types->compile(rule_spec);
    if (!rule) return rule.error();
    compiled.rule = std::move(rule.value());
  } catch (...) {
    return reject("plugin " + found->second.identity + " threw while it read rule " + text.id);
  }
  if (!compiled.rule)
    return reject("plugin " + found->second.identity + " made no rule of " + text.id);
  const RuleTraits& traits = compiled.rule->traits();
  compiled.counts_awards =
      std::any_of(text.limits.begin(), text.limits.end(), [](const Limit& l) { return l.times; }) ||
      std::find(traits.types.begin(), traits.types.end(), TransactionType::event) !=
          traits.types.end();
  compiled.is_about_goods = is_about_goods(traits);
  compiled.clauses = compile_clauses(text, traits, words_, numbers_);
  watch(compiled);
  stages_[static_cast<std::size_t>(traits.stage)].push_back(std::move(compiled));
  return ok();
}

void RuleSet::watch(CompiledRule& compiled) {
  for (const Watch& wanted : compiled.rule->traits().watches) {
    const std::uint64_t id = watch_id(wanted.items);
    const auto [known, is_new] = watch_places_.try_emplace(id, watches_.size());
    if (is_new) watches_.push_back({id, wanted.items, wanted.horizon});
    WatchedItems& watched = watches_[known->second];
    if (longer(wanted.horizon, watched.horizon)) watched.horizon = wanted.horizon;
    compiled.watches.push_back(known->second);
  }
}

std::optional<std::size_t> RuleSet::watch_named(std::uint64_t id) const {
  const auto found = watch_places_.find(id);
  return found == watch_places_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<Problem> RuleSet::check_order() const {
  std::vector<Problem> misplaced;
  const auto& earn = rules(Stage::earn);
  std::unordered_set<std::string_view> known;
  for (const auto& stage : stages_) {
    for (const CompiledRule& rule : stage) known.insert(rule.text->id);
  }
  std::unordered_map<std::string_view, std::size_t> lane_of_earlier;
  for (std::size_t i = 0; i < earn.size(); ++i) {
    const std::string& of = earn[i].rule->traits().of;
    const auto before = lane_of_earlier.find(of);
    const bool visible =
        before != lane_of_earlier.end() &&
        (before->second < earn[i].lane || spec_.lanes[earn[i].lane].policy == LanePolicy::stack);
    lane_of_earlier.try_emplace(earn[i].text->id, earn[i].lane);
    // One that is not here was told already.
    if (!of.empty() && known.contains(of) && !visible) {
      misplaced.push_back(problem_at(*earn[i].text, "bad_order",
                                     "rule " + earn[i].text->id + " builds on " + of +
                                         ", which must come first: put it into an earlier "
                                         "lane, or above it in a lane that stacks"));
    }
  }
  return misplaced;
}

void RuleSet::index() {
  for (std::size_t stage = 0; stage < std::size(stages_); ++stage) {
    indexes_[stage] = index_of(stages_[stage]);
  }
  watch_index_ = index_of(watches_, words_);
}

void RuleSet::seal(const RulePlugins& plugins) {
  std::string identity;
  for (const auto& [name, plugin] : plugins) identity += plugin.identity + '\n';
  for (const SourceFile& file : spec_.files) {
    identity += file.name + '\n' + std::to_string(file.bytes.size()) + '\n' + file.bytes;
  }
  const Digest sum = sha256(identity);
  hash_.assign(reinterpret_cast<const char*>(sum.data()), 16);
  hash_text_ = to_hex(sum).substr(0, 32);
}

}  // namespace accrue::engine
