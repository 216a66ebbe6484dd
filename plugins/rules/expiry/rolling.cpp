#include "types.hpp"

#include <atomic>

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
  }

  const RuleTraits& traits() const override { return traits_; }

  void evaluate(const Situation& situation, Proposal& proposal) const override {
    if (situation.issue == nullptr || !governs(of_, situation.issue->rule)) return;
    proposal.expiry.emplace();
    proposal.expiry->at = end_of(situation.issue->valid_from, *situation.program.zone);
    proposal.expiry->remind = remind_;
  }

 private:
  /// The awards of one basket are asked about one after the other and end alike: the calendar is
  /// consulted for the first.
  Timestamp end_of(Timestamp from, const Zone& zone) const {
    thread_local struct {
      std::uint64_t rule = 0;
      Timestamp from{}, end{};
    } last;
    if (last.rule != number_ || last.from != from) {
      const LocalTime over = next(add(zone.to_local(from), after_), unit_);
      last = {number_, from, zone.to_instant(over)};
    }
    return last.end;
  }

  /// From 1 on: no other rule of this process has it, not even one in the same place of memory.
  static std::uint64_t next_number() {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
  }

  std::uint64_t number_ = next_number();
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
