#include "types.hpp"

namespace accrue::earning {
namespace {

/// As a price when it is one ("1.00"), else as the decimal it is ("0.125").
std::string price_text(Decimal amount, Currency currency) {
  const auto price = Money::parse(amount.to_string(), currency);
  return price ? price->to_string(currency) : amount.to_string();
}

class Spend final : public Rule {
 public:
  explicit Spend(const RuleSpec& spec)
      : award_(spec.settings.integer("award")),
        per_(spec.settings.decimal("per")),
        rounding_(rounding_named(spec.settings.text("round"))),
        currency_(spec.program.currency),
        terms_(" at " + std::to_string(award_) + " for each " + price_text(per_, currency_)) {
    traits_.types = {TransactionType::sale, TransactionType::goods_return};
    traits_.mirrors_returns = true;
    traits_.needs_lines = true;
  }

  const RuleTraits& traits() const override { return traits_; }

  void evaluate(const Situation& situation, Proposal& proposal) const override {
    if (situation.amount <= Money()) return;
    const std::int64_t parts = parts_in(situation.amount, per_, currency_, rounding_);
    if (parts == 0) return;
    proposal.award.emplace();
    proposal.award->points = bounded(Wide(parts) * award_);
    proposal.award->reason = joined(situation.amount.to_string(currency_), terms_);
  }

 private:
  std::int64_t award_;
  Decimal per_;
  Rounding rounding_;
  Currency currency_;
  std::string terms_;
  RuleTraits traits_;
};

}  // namespace

Result<std::unique_ptr<Rule>> compile_spend(const RuleSpec& spec) {
  SettingFaults faults(spec.settings);
  faults.unless(spec.settings.integer("award") >= 1, "award", "write 1 point or more");
  faults.unless(spec.settings.decimal("per") > Decimal(), "per",
                "write an amount above 0, such as 1.00");
  if (faults.any()) return faults.error();
  return std::unique_ptr<Rule>(std::make_unique<Spend>(spec));
}

}  // namespace accrue::earning
