#include "types.hpp"

#include <accrue/plugin.hpp>

#include <algorithm>
#include <array>

namespace accrue::expiry {
namespace {

constexpr const char* kRemind = "How long before the points lapse the member is told.";
constexpr const char* kOf = "Ids of the rules whose points this governs; all when left out.";

constexpr std::array kSettings{
    accrue_setting{"rolling", "after", ACCRUE_PERIOD, 1, "", "", "",
                   "How long points live from the day they are earned.", 0, 0},
    accrue_setting{"rolling", "round_up_to", ACCRUE_CHOICE, 0, "none",
                   "none|day|month|quarter|year", "",
                   "They live on to the end of this calendar unit.", 0, 0},
    accrue_setting{"rolling", "of", ACCRUE_TEXTS, 0, "", "", "", kOf, 0, 0},
    accrue_setting{"rolling", "remind", ACCRUE_PERIODS, 0, "", "", "", kRemind, 0, 0},
    accrue_setting{"calendar", "month_day", ACCRUE_TEXTS, 1, "", "", "",
                   "Days of each year, MM-DD, at whose end points lapse.", 0, 0},
    accrue_setting{"calendar", "grace", ACCRUE_PERIOD, 0, "", "", "",
                   "How much longer than the day they can be spent.", 0, 0},
    accrue_setting{"calendar", "minimum", ACCRUE_PERIOD, 0, "", "", "",
                   "Points younger than this wait for the next day of the list.", 0, 0},
    accrue_setting{"calendar", "of", ACCRUE_TEXTS, 0, "", "", "", kOf, 0, 0},
    accrue_setting{"calendar", "remind", ACCRUE_PERIODS, 0, "", "", "", kRemind, 0, 0},
    accrue_setting{"inactivity", "after", ACCRUE_PERIOD, 1, "", "", "",
                   "How long all points live without another sale, return or event.", 0, 0},
    accrue_setting{"inactivity", "remind", ACCRUE_PERIODS, 0, "", "", "", kRemind, 0, 0},
};

class ExpiryRules final : public RuleTypes {
 public:
  static Result<std::unique_ptr<RuleTypes>> create(const PluginContext&) {
    return std::unique_ptr<RuleTypes>(std::make_unique<ExpiryRules>());
  }

  Result<std::unique_ptr<Rule>> compile(const RuleSpec& spec) override {
    if (spec.type == "rolling") return compile_rolling(spec);
    if (spec.type == "calendar") return compile_calendar(spec);
    if (spec.type == "inactivity") return compile_inactivity(spec);
    return reject("expiry has the rule types rolling, calendar and inactivity, not '" + spec.type +
                  "'");
  }
};

}  // namespace

bool governs(const std::vector<std::string>& rules, std::string_view rule) {
  return rules.empty() || std::find(rules.begin(), rules.end(), rule) != rules.end();
}

Result<void> check_reminders(const RuleSpec& spec, const Period& after) {
  // Months differ in length; a leap-free year from its first day decides what is longer.
  const LocalTime start{std::chrono::local_days{std::chrono::year{2026} / 1 / 1}};
  for (const Period& remind : spec.settings.periods("remind")) {
    if (add(start, remind) < add(start, after)) continue;
    return refuse_setting(spec.settings, "remind",
                          remind.to_string() + " before is no sooner than the points are earned: " +
                              "write less than " + after.to_string());
  }
  return ok();
}

}  // namespace accrue::expiry

ACCRUE_PLUGIN(ACCRUE_RULE, accrue::RuleTypes, accrue::expiry::ExpiryRules, "expiry", "1.0",
              "When points lapse: some time after earning, on calendar days, or without activity.",
              accrue::expiry::kSettings);
