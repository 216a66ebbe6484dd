// Programs whose rules are lambdas of the test: no plugin is loaded, and a rule may be as wrong as
// the test wants. One thread while building; the rule set may then be used from any.
#pragma once

#include "engine/notices.hpp"
#include "engine/rule_set.hpp"

#include <accrue/assert.hpp>

#include <deque>
#include <functional>
#include <map>
#include <string>

namespace accrue::test {

using Evaluate = std::function<void(const Situation&, Proposal&)>;

class LambdaRule : public Rule {
 public:
  LambdaRule(RuleTraits traits, Evaluate evaluate)
      : traits_(std::move(traits)), evaluate_(std::move(evaluate)) {}
  const RuleTraits& traits() const override { return traits_; }
  void evaluate(const Situation& situation, Proposal& proposal) const override {
    evaluate_(situation, proposal);
  }

 private:
  RuleTraits traits_;
  Evaluate evaluate_;
};

/// Gives each rule of the program the lambda of its id.
class LambdaTypes : public RuleTypes {
 public:
  Result<std::unique_ptr<Rule>> compile(const RuleSpec& spec) override {
    const auto& [traits, evaluate] = rules.at(spec.id);
    return std::unique_ptr<Rule>(std::make_unique<LambdaRule>(traits, evaluate));
  }
  std::map<std::string, std::pair<RuleTraits, Evaluate>> rules;
};

class Program {
 public:
  explicit Program(const char* zone = "Europe/London") {
    spec_.zone = find_zone(zone).value();
    spec_.terms.name = "test";
    spec_.terms.currency = Currency::parse("GBP").value();
    spec_.terms.zone = spec_.zone.get();
    spec_.terms.currencies = {{"points", true, Decimal::parse("0.01").value()},
                              {"status", false, Decimal()}};
    spec_.lanes = {{"base", engine::LanePolicy::stack}};
  }

  engine::ProgramSpec& spec() { return spec_; }
  Program& lanes(std::vector<engine::Lane> lanes) {
    spec_.lanes = std::move(lanes);
    return *this;
  }

  /// The rule's text, to which clauses may be added until build().
  engine::RuleText& rule(const std::string& id, RuleTraits traits, Evaluate evaluate) {
    types_->rules[id] = {std::move(traits), std::move(evaluate)};
    engine::RuleText text;
    text.id = id;
    text.type = "test.lambda";
    text.place = {"rules.yaml", static_cast<int>(texts_.size()) + 1, 3};
    return texts_.emplace_back(std::move(text));
  }

  /// One point for each whole pound of the rule's lines, as earning.spend.
  engine::RuleText& spend(const std::string& id, std::int64_t award = 1) {
    RuleTraits traits;
    traits.types = {TransactionType::sale, TransactionType::goods_return};
    traits.mirrors_returns = true;
    return rule(id, traits, [award](const Situation& situation, Proposal& proposal) {
      const std::int64_t pounds = situation.amount.minor() / 100;
      if (pounds > 0) proposal.award = ProposedAward{Points(pounds * award), "spent", {}};
    });
  }
  /// So many points for each sale.
  engine::RuleText& flat(const std::string& id, std::int64_t points) {
    return rule(id, {}, [points](const Situation&, Proposal& proposal) {
      proposal.award = ProposedAward{Points(points), "flat", {}};
    });
  }
  /// So many points for an event of that name; as earning.event with `once`.
  engine::RuleText& event(const std::string& id, const std::string& name, std::int64_t points,
                          bool once = false) {
    RuleTraits traits;
    traits.types = {TransactionType::event};
    return rule(id, traits, [=](const Situation& situation, Proposal& proposal) {
      if (situation.transaction.event != name) return;
      if (once && situation.member.times_awarded(id) > 0) return;
      proposal.award = ProposedAward{Points(points), name, {}};
    });
  }
  /// Points lapse a period after they were earned, to the millisecond.
  engine::RuleText& lapse_after(const std::string& id, Period after,
                                const std::vector<Period>& remind = {}) {
    RuleTraits traits;
    traits.stage = Stage::expire;
    return rule(id, traits, [=](const Situation& situation, Proposal& proposal) {
      const Zone& zone = *situation.program.zone;
      const Timestamp end = zone.to_instant(add(zone.to_local(situation.issue->valid_from), after));
      proposal.expiry = ProposedExpiry{end, remind};
    });
  }
  /// Everything lapses a period after the latest sale, return or event.
  engine::RuleText& idle(const std::string& id, Period after,
                         const std::vector<Period>& remind = {}) {
    RuleTraits traits;
    traits.stage = Stage::inactivity;
    traits.types = {TransactionType::sale, TransactionType::goods_return, TransactionType::event};
    return rule(id, traits, [=](const Situation& situation, Proposal& proposal) {
      const Zone& zone = *situation.program.zone;
      proposal.expiry = ProposedExpiry{zone.to_instant(add(situation.local_time, after)), remind};
    });
  }

  Result<std::shared_ptr<const engine::RuleSet>> try_build() const {
    engine::ProgramSpec spec = spec_;
    spec.rules.assign(texts_.begin(), texts_.end());
    // The hash tells programs of different rules apart.
    std::string bytes;
    for (const engine::RuleText& text : texts_) bytes += text.id + '\n';
    spec.files = {{"rules.yaml", bytes}};
    return engine::RuleSet::compile(std::move(spec), {{"test", {types_, "test 1.0"}}});
  }
  std::shared_ptr<const engine::RuleSet> build() const {
    auto built = try_build();
    ACCRUE_ASSERT(built.has_value());
    return built.value();
  }

 private:
  engine::ProgramSpec spec_;
  std::deque<engine::RuleText> texts_;
  std::shared_ptr<LambdaTypes> types_ = std::make_shared<LambdaTypes>();
};

inline Period days(int count) { return Period{0, count, std::chrono::minutes(0)}; }
inline Period months(int count) { return Period{count, 0, std::chrono::minutes(0)}; }

/// Every kind of notice goes to "test".
inline engine::NoticeRouting everything() {
  engine::NoticeRouting routing;
  for (auto& to : routing) to = {"test"};
  return routing;
}

}  // namespace accrue::test
