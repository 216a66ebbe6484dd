#include "types.hpp"

#include <algorithm>

namespace accrue::earning {
namespace {

class Multiply final : public Rule {
 public:
  explicit Multiply(const RuleSpec& spec)
      : currency_(spec.currency),
        extra_micros_(spec.settings.decimal("factor").micros() - Decimal::kScale),
        whole_extra_(extra_micros_ / Decimal::kScale),
        rounding_(rounding_named(spec.settings.text("round"))),
        reason_(spec.settings.decimal("factor").to_string() + " × " + spec.settings.text("of")) {
    traits_.of = spec.settings.text("of");
    traits_.needs_lines = true;
  }

  const RuleTraits& traits() const override { return traits_; }

  void evaluate(const Situation& situation, Proposal& proposal) const override {
    std::vector<std::int64_t> by_line = base_of(situation);
    if (by_line.empty()) return;
    // Rounded once over all: each line gets what the running total grows by.
    Wide base = 0;
    std::int64_t so_far = 0;
    for (std::int64_t& part : by_line) {
      base += part;
      const std::int64_t total = bounded_extra(base);
      part = total - so_far;
      so_far = total;
    }
    if (so_far <= 0) return;
    proposal.award = ProposedAward{Points(so_far), reason_, std::move(by_line)};
  }

 private:
  /// For each line, the points that are multiplied; empty when the rule gave none.
  std::vector<std::int64_t> base_of(const Situation& situation) const {
    std::vector<std::int64_t> base;
    for (const Award& earned : situation.awards) {
      if (earned.rule != traits_.of || earned.currency != currency_) continue;
      base.reserve(situation.transaction.lines.size());
      base.resize(situation.lines.size(), 0);
      for (std::size_t i = 0; i < base.size(); ++i) {
        const std::uint32_t line = situation.lines[i];
        if (line < earned.by_line.size()) base[i] += earned.by_line[line];
      }
    }
    return base;
  }

  std::int64_t bounded_extra(Wide base) const {
    // Twice, three times: the most common factors leave nothing to round.
    if (extra_micros_ == whole_extra_ * Decimal::kScale && base <= Points::kMax) {
      return std::min(static_cast<std::int64_t>(base) * whole_extra_, Points::kMax + 1);
    }
    const Wide micros = base * extra_micros_;
    if (micros >= Wide(Points::kMax + 1) * Decimal::kScale) return Points::kMax + 1;
    return divide(micros, Decimal::kScale, rounding_);
  }

  std::string currency_;
  std::int64_t extra_micros_;
  std::int64_t whole_extra_;
  Rounding rounding_;
  std::string reason_;
  RuleTraits traits_;
};

}  // namespace

Result<std::unique_ptr<Rule>> compile_multiply(const RuleSpec& spec) {
  const std::string of = spec.settings.text("of");
  SettingFaults faults(spec.settings);
  faults.unless(!of.empty() && of != spec.id, "of",
                "name another rule, whose points are multiplied");
  const Decimal factor = spec.settings.decimal("factor");
  faults.unless(factor > Decimal::from_whole(1) && factor <= Decimal::from_whole(100), "factor",
                "write a factor above 1 and up to 100, such as 2");
  if (faults.any()) return faults.error();
  return std::unique_ptr<Rule>(std::make_unique<Multiply>(spec));
}

}  // namespace accrue::earning
