// cross_sell.bought_without: who buys tea and no biscuits is offered points on biscuits.
// Pure: any thread.
#pragma once

#include <accrue/rule.hpp>

#include <memory>

namespace accrue::cross_sell {

Result<std::unique_ptr<Rule>> compile_bought_without(const RuleSpec& spec);

}  // namespace accrue::cross_sell
