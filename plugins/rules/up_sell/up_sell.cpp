#include "threshold.hpp"

#include <accrue/plugin.hpp>

#include <array>

namespace accrue::up_sell {
namespace {

constexpr std::array kSettings{
    accrue_setting{"threshold", "spend", ACCRUE_DECIMAL, 1, "", "", "currency units",
                   "Amount of the basket that earns the award; more than 0.", 0, 0},
    accrue_setting{"threshold", "near", ACCRUE_DECIMAL, 1, "", "", "currency units",
                   "How far below `spend` a basket may be to be told so.", 0, 0},
    accrue_setting{"threshold", "award", ACCRUE_INTEGER, 1, "", "", "points",
                   "Points for reaching `spend`.", 1, 1'000'000'000},
    accrue_setting{"threshold", "valid", ACCRUE_PERIOD, 0, "", "", "",
                   "Makes who nearly reached it an offer that stands this long.", 0, 0},
    accrue_setting{"threshold", "message", ACCRUE_TEXT, 0, "", "", "",
                   "What the customer is told with the hint and the offer.", 0, 0},
};

class UpSellRules final : public RuleTypes {
 public:
  static Result<std::unique_ptr<RuleTypes>> create(const PluginContext&) {
    return std::unique_ptr<RuleTypes>(std::make_unique<UpSellRules>());
  }

  Result<std::unique_ptr<Rule>> compile(const RuleSpec& spec) override {
    if (spec.type == "threshold") return compile_threshold(spec);
    return reject("up_sell has the rule type threshold, not '" + spec.type + "'");
  }
};

}  // namespace
}  // namespace accrue::up_sell

ACCRUE_PLUGIN(ACCRUE_RULE, accrue::RuleTypes, accrue::up_sell::UpSellRules, "up_sell", "1.0",
              "A bonus for larger baskets, and a word to those who nearly had one.",
              accrue::up_sell::kSettings);
