#include "types.hpp"

#include <algorithm>

namespace accrue::earning {
namespace {

class Item final : public Rule {
 public:
  explicit Item(const RuleSpec& spec)
      : award_(spec.settings.integer("award")),
        rounding_(rounding_named(spec.settings.text("round"))),
        terms_(" × " + std::to_string(award_) + (award_ == 1 ? " point" : " points")) {
    traits_.types = {TransactionType::sale, TransactionType::goods_return};
    traits_.mirrors_returns = true;
    traits_.needs_lines = true;
  }

  const RuleTraits& traits() const override { return traits_; }

  void evaluate(const Situation& situation, Proposal& proposal) const override {
    Wide units = 0;
    bool corrected = false;
    ProposedAward& award = proposal.award.emplace();
    // The core spreads it over all lines.
    award.by_line.reserve(situation.transaction.lines.size());
    for (const std::uint32_t line : situation.lines) {
      const std::int64_t of_line = units_of(situation.transaction, line);
      units += of_line;
      corrected = corrected || of_line < 0;
      award.by_line.push_back(bounded(Wide(of_line) * award_).count());
    }
    if (units <= 0) {
      proposal.award.reset();
      return;
    }
    // A line that takes goods back within the sale lowers the whole; the core then shares it.
    if (corrected) award.by_line.clear();
    award.points = bounded(units * award_);
    award.reason = joined(std::to_string(static_cast<std::int64_t>(units)), terms_);
  }

 private:
  std::int64_t units_of(const Transaction& transaction, std::uint32_t line) const {
    std::int64_t micros = transaction.lines[line].quantity.micros();
    // Tills write returned quantities with either sign.
    if (transaction.type == TransactionType::goods_return && micros < 0) micros = -micros;
    const std::int64_t whole = micros / Decimal::kScale;
    return whole * Decimal::kScale == micros ? whole : divide(micros, Decimal::kScale, rounding_);
  }

  std::int64_t award_;
  Rounding rounding_;
  std::string terms_;
  RuleTraits traits_;
};

}  // namespace

Result<std::unique_ptr<Rule>> compile_item(const RuleSpec& spec) {
  if (spec.settings.integer("award") < 1) {
    return refuse_setting(spec.settings, "award", "write 1 point or more");
  }
  return std::unique_ptr<Rule>(std::make_unique<Item>(spec));
}

}  // namespace accrue::earning
