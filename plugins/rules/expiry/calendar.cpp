#include "types.hpp"

#include <algorithm>
#include <chrono>

namespace accrue::expiry {
namespace {

using std::chrono::month_day;

/// "12-31". Nothing for a day that no year has; 02-29 is one.
std::optional<month_day> parse_month_day(const std::string& text) {
  const auto digit = [&](std::size_t i) { return static_cast<unsigned>(text[i] - '0'); };
  const auto is_digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() != 5 || text[2] != '-') return std::nullopt;
  if (!is_digit(0) || !is_digit(1) || !is_digit(3) || !is_digit(4)) return std::nullopt;
  const month_day day{std::chrono::month{digit(0) * 10 + digit(1)},
                      std::chrono::day{digit(3) * 10 + digit(4)}};
  return day.ok() ? std::optional(day) : std::nullopt;
}

/// Midnight that ends the day in that year; 29 February is the 28th where there is none.
LocalTime end_of(month_day day, std::chrono::year year) {
  const std::chrono::year_month_day_last last{year, std::chrono::month_day_last{day.month()}};
  const auto date = year / day.month() / std::min(day.day(), last.day());
  return next(LocalTime{std::chrono::local_days{date}}, CalendarUnit::day);
}

class Calendar final : public Rule {
 public:
  Calendar(const RuleSpec& spec, std::vector<month_day> days)
      : days_(std::move(days)),
        grace_(spec.settings.period("grace")),
        minimum_(spec.settings.period("minimum")),
        of_(spec.settings.texts("of")),
        remind_(spec.settings.periods("remind")) {
    traits_.stage = Stage::expire;
    traits_.is_same_for_all = of_.empty();
  }

  const RuleTraits& traits() const override { return traits_; }

  void evaluate(const Situation& situation, Proposal& proposal) const override {
    if (situation.issue == nullptr || !governs(of_, situation.issue->rule)) return;
    const Zone& zone = *situation.program.zone;
    const LocalTime end = first_end_after(zone.to_local(situation.issue->valid_from));
    proposal.expiry = ProposedExpiry{zone.to_instant(add(end, grace_)), remind_};
  }

 private:
  /// The first listed day whose end points of that birth see at an age of `minimum` or more.
  LocalTime first_end_after(LocalTime earned) const {
    const LocalTime ripe = add(earned, minimum_);
    const auto date = std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(ripe)};
    std::optional<LocalTime> first;
    // The end of 31 December belongs to the next year: begin one early.
    for (int offset = -1; offset <= 1; ++offset) {
      for (const month_day& day : days_) {
        const LocalTime end = end_of(day, date.year() + std::chrono::years{offset});
        if (end >= ripe && end > earned && (!first || end < *first)) first = end;
      }
    }
    ACCRUE_ASSERT(first.has_value());
    return *first;
  }

  std::vector<month_day> days_;
  Period grace_;
  Period minimum_;
  std::vector<std::string> of_;
  std::vector<Period> remind_;
  RuleTraits traits_;
};

}  // namespace

Result<std::unique_ptr<Rule>> compile_calendar(const RuleSpec& spec) {
  std::vector<month_day> days;
  std::optional<Error> refused;
  for (const std::string& text : spec.settings.texts("month_day")) {
    const auto day = parse_month_day(text);
    if (day) {
      days.push_back(*day);
      continue;
    }
    Error error = refuse_setting(spec.settings, "month_day",
                                 "'" + text + "' is no day: write month and day such as \"12-31\"");
    if (!refused) {
      refused = std::move(error);
    } else {
      refused->problems.push_back(std::move(error.problems.front()));
    }
  }
  if (refused) return *refused;
  if (days.empty()) {
    return refuse_setting(spec.settings, "month_day", "write at least one day such as \"12-31\"");
  }
  return std::unique_ptr<Rule>(std::make_unique<Calendar>(spec, std::move(days)));
}

}  // namespace accrue::expiry
