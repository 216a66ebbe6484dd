#include "engine/expiries.hpp"

#include <algorithm>

namespace accrue::engine {
namespace {

/// Reminder instants that are still ahead, ascending.
std::vector<Timestamp> reminders(const Zone& zone, Timestamp at, const std::vector<Period>& before,
                                 Timestamp now) {
  std::vector<Timestamp> times;
  for (const Period& period : before) {
    const Timestamp time = zone.to_instant(subtract(zone.to_local(at), period));
    if (time > now && time < at) times.push_back(time);
  }
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  return times;
}

std::optional<ProposedExpiry> expiry_of(const RuleSet& rules, Asking& asking, const Issue& issue) {
  for (const CompiledRule& rule : rules.rules(Stage::expire)) {
    if (rule.currency != issue.currency) continue;
    auto proposal = asking.ask(rule, &issue);
    if (proposal && proposal->expiry && proposal->expiry->at) return proposal->expiry;
  }
  return std::nullopt;
}

}  // namespace

void open_lots(const RuleSet& rules, const Transaction& transaction, Asking& asking,
               Decision& decision) {
  for (const Award& award : decision.awards) {
    if (award.points <= Points()) continue;
    const Issue issue{award.rule, award.currency, award.points, transaction.time};
    const auto expiry = expiry_of(rules, asking, issue);
    LotOpened lot{0, award.currency, award.points, award.points, {}, {}};
    if (expiry && *expiry->at > transaction.time) {
      lot.expires_at = expiry->at;
      lot.remind_at = reminders(*rules.terms().zone, *expiry->at, expiry->remind, transaction.time);
    }
    const auto same =
        std::find_if(decision.opened.begin(), decision.opened.end(), [&](const LotOpened& open) {
          return open.currency == lot.currency && open.expires_at == lot.expires_at &&
                 open.remind_at == lot.remind_at;
        });
    if (same != decision.opened.end()) {
      same->issued += lot.issued;
      same->remaining += lot.remaining;
    } else {
      lot.number = static_cast<std::uint32_t>(decision.opened.size());
      decision.opened.push_back(std::move(lot));
    }
  }
}

void set_deadlines(const RuleSet& rules, const Transaction& transaction, Asking& asking,
                   Decision& decision) {
  for (const CompiledRule& rule : rules.rules(Stage::inactivity)) {
    const auto proposal = asking.ask(rule);
    if (!proposal || !proposal->expiry || !proposal->expiry->at) continue;
    const bool known = std::any_of(decision.deadlines.begin(), decision.deadlines.end(),
                                   [&](const Deadline& d) { return d.currency == rule.currency; });
    if (known || *proposal->expiry->at <= transaction.time) continue;
    decision.deadlines.push_back({rule.currency, proposal->expiry->at,
                                  reminders(*rules.terms().zone, *proposal->expiry->at,
                                            proposal->expiry->remind, transaction.time)});
  }
}

}  // namespace accrue::engine
