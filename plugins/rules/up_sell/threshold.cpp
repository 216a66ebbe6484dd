#include "threshold.hpp"

namespace accrue::up_sell {
namespace {

class Threshold final : public Rule {
 public:
  Threshold(const RuleSpec& spec, Money spend, Money near)
      : id_(spec.id),
        spend_(spend),
        near_(near),
        award_(spec.settings.integer("award")),
        message_(spec.settings.text("message")),
        currency_(spec.program.currency) {
    // One stage a rule: hints and offers ride along with the award.
    traits_.stage = Stage::earn;
    traits_.needs_lines = true;
    if (spec.settings.has("valid")) valid_ = spec.settings.period("valid");
  }

  const RuleTraits& traits() const override { return traits_; }

  void evaluate(const Situation& situation, Proposal& proposal) const override {
    const Money amount = situation.amount;
    if (amount >= spend_) {
      proposal.award = ProposedAward{
          award_, amount.to_string(currency_) + " reached " + spend_.to_string(currency_), {}};
    } else if (amount > Money() && amount >= spend_ - near_) {
      proposal.hint = ProposedHint{award_, spend_ - amount, message_};
      if (valid_ && !situation.member.has_open_offer(id_)) {
        proposal.offer = OfferTerms{award_, {}, spend_, offer_end(situation), message_};
      }
    }
  }

 private:
  Timestamp offer_end(const Situation& situation) const {
    const LocalTime last = add(situation.local_time, *valid_);
    return situation.program.zone->to_instant(next(last, CalendarUnit::day));
  }

  std::string id_;
  Money spend_;
  Money near_;
  Points award_;
  std::string message_;
  Currency currency_;
  std::optional<Period> valid_;
  RuleTraits traits_;
};

Money amount_in(const RuleSpec& spec, std::string_view key, SettingFaults& faults) {
  const auto amount = Money::parse(spec.settings.decimal(key).to_string(), spec.program.currency);
  if (!amount) {
    faults.add(key, amount.error().message);
    return {};
  }
  faults.unless(*amount > Money(), key, "write an amount above 0, such as 50.00");
  return *amount;
}

}  // namespace

Result<std::unique_ptr<Rule>> compile_threshold(const RuleSpec& spec) {
  SettingFaults faults(spec.settings);
  const Money spend = amount_in(spec, "spend", faults);
  const Money near = amount_in(spec, "near", faults);
  faults.unless(near <= spend || faults.any(), "near", "write no more than `spend`");
  faults.unless(spec.settings.integer("award") >= 1, "award", "write 1 point or more");
  if (faults.any()) return faults.error();
  return std::unique_ptr<Rule>(std::make_unique<Threshold>(spec, spend, near));
}

}  // namespace accrue::up_sell
