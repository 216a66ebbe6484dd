#include "types.hpp"

namespace accrue::earning {
namespace {

/// Not sent by anybody: the member's first transaction, whatever it is.
constexpr std::string_view kEnrolled = "enrolled";

class Event final : public Rule {
 public:
  explicit Event(const RuleSpec& spec)
      : id_(spec.id),
        event_(spec.settings.text("event")),
        award_(spec.settings.integer("award")),
        once_(spec.settings.boolean("once")) {
    traits_.types = {TransactionType::event};
    if (event_ == kEnrolled) {
      traits_.types = {TransactionType::sale, TransactionType::event, TransactionType::member};
    } else {
      traits_.events = {event_};
    }
  }

  const RuleTraits& traits() const override { return traits_; }

  void evaluate(const Situation& situation, Proposal& proposal) const override {
    if (!happened(situation)) return;
    if (once_ && situation.member.times_awarded(id_) > 0) return;
    const std::string reason = event_ == kEnrolled ? event_ : "event " + event_;
    proposal.award = ProposedAward{Points(award_), reason, {}};
  }

 private:
  bool happened(const Situation& situation) const {
    if (event_ == kEnrolled) return situation.member.is_new();
    return situation.transaction.event == event_;
  }

  std::string id_;
  std::string event_;
  std::int64_t award_;
  bool once_;
  RuleTraits traits_;
};

}  // namespace

Result<std::unique_ptr<Rule>> compile_event(const RuleSpec& spec) {
  SettingFaults faults(spec.settings);
  faults.unless(is_id(spec.settings.text("event")), "event",
                "write the event's name, such as review");
  faults.unless(spec.settings.integer("award") >= 1, "award", "write 1 point or more");
  if (faults.any()) return faults.error();
  return std::unique_ptr<Rule>(std::make_unique<Event>(spec));
}

}  // namespace accrue::earning
