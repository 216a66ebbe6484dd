// up_sell.threshold: a bonus for a basket that reaches an amount, and a word to those who nearly
// did. Pure: any thread.
#pragma once

#include <accrue/rule.hpp>

#include <memory>

namespace accrue::up_sell {

Result<std::unique_ptr<Rule>> compile_threshold(const RuleSpec& spec);

}  // namespace accrue::up_sell
