#include "types.hpp"

namespace accrue::earning {
namespace {

class Threshold final : public Rule {
 public:
  Threshold(const RuleSpec& spec, Money spend)
      : spend_(spend),
        award_(spec.settings.integer("award")),
        each_(spec.settings.boolean("each")),
        currency_(spec.program.currency),
        reached_(" reached " + spend.to_string(currency_)) {
    traits_.needs_lines = true;  // No line is no amount.
  }

  const RuleTraits& traits() const override { return traits_; }

  void evaluate(const Situation& situation, Proposal& proposal) const override {
    if (situation.amount < spend_) return;
    const std::int64_t times = each_ ? situation.amount.minor() / spend_.minor() : 1;
    proposal.award.emplace();
    proposal.award->points = bounded(Wide(times) * award_);
    const std::string amount = situation.amount.to_string(currency_);
    proposal.award->reason = times > 1
                                 ? joined(amount, reached_, " ", std::to_string(times), " times")
                                 : joined(amount, reached_);
  }

 private:
  Money spend_;
  std::int64_t award_;
  bool each_;
  Currency currency_;
  std::string reached_;
  RuleTraits traits_;
};

}  // namespace

Result<std::unique_ptr<Rule>> compile_threshold(const RuleSpec& spec) {
  const auto spend =
      Money::parse(spec.settings.decimal("spend").to_string(), spec.program.currency);
  SettingFaults faults(spec.settings);
  if (!spend) faults.add("spend", spend.error().message);
  faults.unless(!spend || *spend > Money(), "spend", "write an amount above 0, such as 50.00");
  faults.unless(spec.settings.integer("award") >= 1, "award", "write 1 point or more");
  if (faults.any()) return faults.error();
  return std::unique_ptr<Rule>(std::make_unique<Threshold>(spec, *spend));
}

}  // namespace accrue::earning
