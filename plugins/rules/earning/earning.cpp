#include "types.hpp"

#include <accrue/plugin.hpp>

#include <array>

namespace accrue::earning {
namespace {

constexpr std::int64_t kMostAward = 1'000'000'000;
constexpr const char* kRoundings = "down|nearest|up|half_even";

constexpr std::array kSettings{
    accrue_setting{"spend", "award", ACCRUE_INTEGER, 1, "", "", "points",
                   "Points for each whole `per` spent.", 1, kMostAward},
    accrue_setting{"spend", "per", ACCRUE_DECIMAL, 1, "", "", "currency units",
                   "Amount that earns `award` once; more than 0.", 0, 0},
    accrue_setting{"spend", "round", ACCRUE_CHOICE, 0, "down", kRoundings, "",
                   "How a part of `per` counts.", 0, 0},
    accrue_setting{"item", "award", ACCRUE_INTEGER, 1, "", "", "points",
                   "Points for each unit of the goods.", 1, kMostAward},
    accrue_setting{"item", "round", ACCRUE_CHOICE, 0, "down", kRoundings, "",
                   "How a part of a unit counts, line by line.", 0, 0},
    accrue_setting{"multiply", "of", ACCRUE_TEXT, 1, "", "", "",
                   "Id of the rule whose points are multiplied.", 0, 0},
    accrue_setting{"multiply", "factor", ACCRUE_DECIMAL, 1, "", "", "",
                   "What the points become in all, from more than 1 to 100.", 1, 100},
    accrue_setting{"multiply", "round", ACCRUE_CHOICE, 0, "down", kRoundings, "",
                   "How a part of a point counts.", 0, 0},
    accrue_setting{"threshold", "spend", ACCRUE_DECIMAL, 1, "", "", "currency units",
                   "Least amount of the basket that earns the bonus; more than 0.", 0, 0},
    accrue_setting{"threshold", "award", ACCRUE_INTEGER, 1, "", "", "points", "The bonus.", 1,
                   kMostAward},
    accrue_setting{"threshold", "each", ACCRUE_BOOLEAN, 0, "false", "", "",
                   "Whether every further `spend` earns the bonus again.", 0, 0},
    accrue_setting{"event", "event", ACCRUE_TEXT, 1, "", "", "",
                   "Name of the event, or `enrolled` for a member's first transaction.", 0, 0},
    accrue_setting{"event", "award", ACCRUE_INTEGER, 1, "", "", "points", "Points for the event.",
                   1, kMostAward},
    accrue_setting{"event", "once", ACCRUE_BOOLEAN, 0, "false", "", "",
                   "Whether a member earns this a single time, ever.", 0, 0},
};

class EarningRules final : public RuleTypes {
 public:
  static Result<std::unique_ptr<RuleTypes>> create(const PluginContext&) {
    return std::unique_ptr<RuleTypes>(std::make_unique<EarningRules>());
  }

  Result<std::unique_ptr<Rule>> compile(const RuleSpec& spec) override {
    if (spec.type == "spend") return compile_spend(spec);
    if (spec.type == "item") return compile_item(spec);
    if (spec.type == "multiply") return compile_multiply(spec);
    if (spec.type == "threshold") return compile_threshold(spec);
    if (spec.type == "event") return compile_event(spec);
    return reject("earning has the rule types spend, item, multiply, threshold and event, not '" +
                  spec.type + "'");
  }
};

}  // namespace

Rounding rounding_named(std::string_view name) {
  if (name == "nearest") return Rounding::nearest;
  if (name == "up") return Rounding::up;
  if (name == "half_even") return Rounding::half_even;
  return Rounding::down;
}

Points bounded(Wide points) {
  return Points(points > Points::kMax ? Points::kMax + 1 : static_cast<std::int64_t>(points));
}

std::int64_t parts_in(Money amount, Decimal part, Currency currency, Rounding rounding) {
  const Wide numerator = Wide(amount.minor()) * Decimal::kScale;
  const Wide denominator = Wide(part.micros()) * currency.minor_per_unit();
  // Compared before dividing: the quotient must fit 64 bits.
  if (numerator >= denominator * (Points::kMax + 1)) return Points::kMax + 1;
  return divide(numerator, denominator, rounding);
}

}  // namespace accrue::earning

ACCRUE_PLUGIN(ACCRUE_RULE, accrue::RuleTypes, accrue::earning::EarningRules, "earning", "1.0",
              "Points for amounts, goods, basket totals and events.", accrue::earning::kSettings);
