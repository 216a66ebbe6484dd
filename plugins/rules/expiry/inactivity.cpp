#include "types.hpp"

namespace accrue::expiry {
namespace {

class Inactivity final : public Rule {
 public:
  explicit Inactivity(const RuleSpec& spec)
      : after_(spec.settings.period("after")), remind_(spec.settings.periods("remind")) {
    traits_.stage = Stage::inactivity;
    traits_.types = {TransactionType::sale, TransactionType::goods_return, TransactionType::event};
  }

  const RuleTraits& traits() const override { return traits_; }

  void evaluate(const Situation& situation, Proposal& proposal) const override {
    const LocalTime last = add(situation.local_time, after_);
    const Timestamp at = situation.program.zone->to_instant(next(last, CalendarUnit::day));
    proposal.expiry = ProposedExpiry{at, remind_};
  }

 private:
  Period after_;
  std::vector<Period> remind_;
  RuleTraits traits_;
};

}  // namespace

Result<std::unique_ptr<Rule>> compile_inactivity(const RuleSpec& spec) {
  if (const auto fit = check_reminders(spec, spec.settings.period("after")); !fit) {
    return fit.error();
  }
  return std::unique_ptr<Rule>(std::make_unique<Inactivity>(spec));
}

}  // namespace accrue::expiry
