#include "host/guarded_rule_types.hpp"

#include <exception>

namespace accrue::host {

Result<std::unique_ptr<Rule>> GuardedRuleTypes::compile(const RuleSpec& spec) {
  const std::string subject = who_ + ", asked for rule " + spec.id + " of type " + spec.type + ", ";
  try {
    auto rule = types_->compile(spec);
    if (!rule) return rule.error();
    if (*rule == nullptr) return reject(subject + "gave none and no reason");
    // The first look at the traits is guarded too: later ones come from code that trusts them.
    static_cast<void>((*rule)->traits().types.size());
    return std::move(*rule);
  } catch (const std::exception& thrown) {
    return reject(subject + "threw " + thrown.what());
  } catch (...) {
    return reject(subject + "threw something that is no std::exception");
  }
}

}  // namespace accrue::host
