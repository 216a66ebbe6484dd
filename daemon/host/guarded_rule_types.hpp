// Rule types whose compile() lets nothing out but a Result: what a plugin throws, or a rule it
// fails to give, becomes an Error that names plugin and rule. evaluate() is guarded by the engine,
// which counts its faults. One thread at a time, as RuleTypes.
#pragma once

#include <accrue/rule.hpp>

#include <memory>
#include <string>

namespace accrue::host {

class GuardedRuleTypes final : public RuleTypes {
 public:
  /// `who` names the plugin in errors: "rule plugin earning 1.0".
  GuardedRuleTypes(std::shared_ptr<RuleTypes> types, std::string who)
      : types_(std::move(types)), who_(std::move(who)) {}

  Result<std::unique_ptr<Rule>> compile(const RuleSpec& spec) override;

 private:
  std::shared_ptr<RuleTypes> types_;
  std::string who_;
};

}  // namespace accrue::host
