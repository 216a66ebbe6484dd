#include "bought_without.hpp"

namespace accrue::cross_sell {
namespace {

// Order of the rule's watches.
constexpr std::size_t kBought = 0;
constexpr std::size_t kWithout = 1;

class BoughtWithout final : public Rule {
 public:
  explicit BoughtWithout(const RuleSpec& spec)
      : id_(spec.id),
        within_(spec.settings.period("within")),
        award_(spec.settings.integer("offer.award")),
        on_(spec.settings.items("offer.on")),
        valid_(spec.settings.period("offer.valid")),
        message_(spec.settings.text("offer.message")) {
    traits_.stage = Stage::offer;
    traits_.watches = {{spec.settings.items("bought"), within_, true},
                       {spec.settings.items("without"), within_, false}};
  }

  const RuleTraits& traits() const override { return traits_; }

  void evaluate(const Situation& situation, Proposal& proposal) const override {
    if (situation.member.has_open_offer(id_)) return;
    const Zone& zone = *situation.program.zone;
    const Timestamp since = zone.to_instant(subtract(situation.local_time, within_));
    if (!bought(situation, kBought, since) || bought(situation, kWithout, since)) return;
    const LocalTime last = add(situation.local_time, valid_);
    const Timestamp over = zone.to_instant(next(last, CalendarUnit::day));
    proposal.offer = OfferTerms{Points(award_), on_, Money(), over, message_};
  }

 private:
  static bool bought(const Situation& situation, std::size_t watch, Timestamp since) {
    const auto& last = situation.last_bought[watch];
    return situation.buys_now[watch] != 0 || (last && *last >= since);
  }

  std::string id_;
  Period within_;
  std::int64_t award_;
  ItemFilter on_;
  Period valid_;
  std::string message_;
  RuleTraits traits_;
};

}  // namespace

Result<std::unique_ptr<Rule>> compile_bought_without(const RuleSpec& spec) {
  SettingFaults faults(spec.settings);
  for (const char* key : {"bought", "without", "offer.on"}) {
    faults.unless(!spec.settings.items(key).empty(), key,
                  "name at least one sku or category, such as { category: [tea] }");
  }
  const bool same = spec.settings.items("bought") == spec.settings.items("without");
  faults.unless(!same || faults.any(), "without", "name other goods than `bought`");
  faults.unless(spec.settings.integer("offer.award") >= 1, "offer.award", "write 1 point or more");
  faults.unless(!spec.settings.text("offer.message").empty(), "offer.message",
                "write what the customer is told");
  if (faults.any()) return faults.error();
  return std::unique_ptr<Rule>(std::make_unique<BoughtWithout>(spec));
}

}  // namespace accrue::cross_sell
