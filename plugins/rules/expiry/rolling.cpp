#include "types.hpp"

namespace accrue::expiry {
namespace {

/// "none" is "day": points always live to the end of a local day.
CalendarUnit unit_named(std::string_view name) {
  if (name == "month") return CalendarUnit::month;
  if (name == "quarter") return CalendarUnit::quarter;
  if (name == "year") return CalendarUnit::year;
  return CalendarUnit::day;
}

class Rolling final : public Rule {
 public:
  explicit Rolling(const RuleSpec& spec)
      : after_(spec.settings.period("after")),
        unit_(unit_named(spec.settings.text("round_up_to"))),
        of_(spec.settings.texts("of")),
        remind_(spec.settings.periods("remind")) {
    traits_.stage = Stage::expire;
    traits_.is_same_for_all = of_.empty();
  }

  const RuleTraits& traits() const override { return traits_; }

  void evaluate(const Situation& situation, Proposal& proposal) const override {
    if (situation.issue == nullptr || !governs(of_, situation.issue->rule)) return;
    const Zone& zone = *situation.program.zone;
    const LocalTime last = add(zone.to_local(situation.issue->valid_from), after_);
    proposal.expiry = ProposedExpiry{zone.to_instant(next(last, unit_)), remind_};
  }

 private:
  Period after_;
  CalendarUnit unit_;
  std::vector<std::string> of_;
  std::vector<Period> remind_;
  RuleTraits traits_;
};

}  // namespace

Result<std::unique_ptr<Rule>> compile_rolling(const RuleSpec& spec) {
  if (const auto fit = check_reminders(spec, spec.settings.period("after")); !fit) {
    return fit.error();
  }
  return std::unique_ptr<Rule>(std::make_unique<Rolling>(spec));
}

}  // namespace accrue::expiry
