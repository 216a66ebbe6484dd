#include "bought_without.hpp"

#include <accrue/plugin.hpp>

#include <array>

namespace accrue::cross_sell {
namespace {

constexpr std::array kSettings{
    accrue_setting{"bought_without", "bought", ACCRUE_ITEMS, 1, "", "", "",
                   "Goods that the member has bought.", 0, 0},
    accrue_setting{"bought_without", "without", ACCRUE_ITEMS, 1, "", "", "",
                   "Goods that the member has not bought.", 0, 0},
    accrue_setting{"bought_without", "within", ACCRUE_PERIOD, 1, "", "", "",
                   "How far back both look, this sale included.", 0, 0},
    accrue_setting{"bought_without", "offer.award", ACCRUE_INTEGER, 1, "", "", "points",
                   "Points of the offer.", 1, 1'000'000'000},
    accrue_setting{"bought_without", "offer.on", ACCRUE_ITEMS, 1, "", "", "",
                   "Goods whose purchase accepts the offer.", 0, 0},
    accrue_setting{"bought_without", "offer.valid", ACCRUE_PERIOD, 1, "", "", "",
                   "How long the offer stands, to the end of its last day.", 0, 0},
    accrue_setting{"bought_without", "offer.message", ACCRUE_TEXT, 1, "", "", "",
                   "What the customer is told.", 0, 0},
};

class CrossSellRules final : public RuleTypes {
 public:
  static Result<std::unique_ptr<RuleTypes>> create(const PluginContext&) {
    return std::unique_ptr<RuleTypes>(std::make_unique<CrossSellRules>());
  }

  Result<std::unique_ptr<Rule>> compile(const RuleSpec& spec) override {
    if (spec.type == "bought_without") return compile_bought_without(spec);
    return reject("cross_sell has the rule type bought_without, not '" + spec.type + "'");
  }
};

}  // namespace
}  // namespace accrue::cross_sell

ACCRUE_PLUGIN(ACCRUE_RULE, accrue::RuleTypes, accrue::cross_sell::CrossSellRules, "cross_sell",
              "1.0", "Offers on goods that go with what a member buys.",
              accrue::cross_sell::kSettings);
