#include "engine/expiries.hpp"

#include <algorithm>
#include <array>

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

/// What the expiry rules say of an award; nullptr when none says anything.
const ProposedExpiry* expiry_of(const RuleSet& rules, Asking& asking,
                                std::span<const std::uint32_t> candidates, const Issue& issue,
                                bool& is_same_for_all) {
  is_same_for_all = true;
  for (const std::uint32_t index : candidates) {
    const CompiledRule& rule = rules.rules(Stage::expire)[index];
    if (rule.currency != issue.currency) continue;
    const Proposal* proposal = asking.ask(rule, &issue);
    if (!asking.was_asked()) continue;
    is_same_for_all = is_same_for_all && rule.rule->traits().is_same_for_all;
    if (proposal != nullptr && proposal->expiry) return &*proposal->expiry;
  }
  return nullptr;
}

/// The instants of one expiry. Awards of one transaction mostly share it: worked out once then.
class Instants {
 public:
  Instants(const Zone& zone, Timestamp now) : zone_(zone), now_(now) {}

  void become(const ProposedExpiry* proposed) {
    if (proposed == nullptr || !proposed->at) {
      expires_at.reset();
      remind_at.clear();
    } else if (expires_at != proposed->at || before_ != proposed->remind) {
      expires_at = proposed->at;
      before_ = proposed->remind;
      remind_at = reminders(zone_, *expires_at, before_, now_);
    }
  }

  std::optional<Timestamp> expires_at;
  std::vector<Timestamp> remind_at;

 private:
  const Zone& zone_;
  Timestamp now_;
  std::vector<Period> before_;
};

/// The lot that lapses then, opened when there is none yet.
LotOpened& lot_for(const std::string& currency, const Instants& instants,
                   std::vector<LotOpened>& opened) {
  for (LotOpened& lot : opened) {
    if (lot.currency == currency && lot.expires_at == instants.expires_at &&
        lot.remind_at == instants.remind_at) {
      return lot;
    }
  }
  const auto number = static_cast<std::uint32_t>(opened.size());
  if (opened.empty()) opened.reserve(2);  // Points, and perhaps points of status.
  LotOpened& lot = opened.emplace_back();
  lot.number = number;
  lot.currency = currency;
  lot.expires_at = instants.expires_at;
  lot.remind_at = instants.remind_at;
  return lot;
}

/// Numbers of a few lots, one for each of their currencies.
class SettledLots {
 public:
  void add(std::uint32_t number) {
    if (count_ < numbers_.size()) numbers_[count_++] = number;
  }
  LotOpened* find(const std::string& currency, std::vector<LotOpened>& opened) const {
    for (std::size_t i = 0; i < count_; ++i) {
      LotOpened& lot = opened[numbers_[i]];
      if (lot.currency == currency) return &lot;
    }
    return nullptr;
  }

 private:
  std::array<std::uint32_t, 8> numbers_{};
  std::size_t count_ = 0;
};

bool has_deadline(const Decision& decision, const std::string& currency) {
  return std::any_of(decision.deadlines.begin(), decision.deadlines.end(),
                     [&](const Deadline& deadline) { return deadline.currency == currency; });
}

bool keeps_deadlines(const RuleSet& rules, const std::string& currency) {
  const auto& keepers = rules.rules(Stage::inactivity);
  return std::any_of(keepers.begin(), keepers.end(),
                     [&](const CompiledRule& rule) { return rule.currency == currency; });
}

}  // namespace

void open_lots(const RuleSet& rules, const Transaction& transaction, Asking& asking,
               Decision& decision) {
  const auto candidates = asking.candidates(Stage::expire);
  Instants instants(*rules.terms().zone, transaction.time);
  // Lots that take all further awards of their currency: their rules answer alike for each.
  SettledLots settled;
  for (const Award& award : decision.awards) {
    if (award.points <= Points()) continue;
    LotOpened* lot = settled.find(award.currency, decision.opened);
    if (lot == nullptr) {
      const Issue issue{award.rule, award.currency, award.points, transaction.time};
      bool is_same_for_all = false;
      instants.become(expiry_of(rules, asking, candidates, issue, is_same_for_all));
      lot = &lot_for(award.currency, instants, decision.opened);
      if (is_same_for_all) settled.add(lot->number);
    }
    lot->issued += award.points;
    lot->remaining += award.points;
  }
}

void set_deadlines(const RuleSet& rules, const Transaction& transaction, const MemberState& member,
                   Asking& asking, Decision& decision) {
  const auto last = member.last_activity();
  const bool is_late = last && transaction.time < *last;
  if (!is_late) {
    for (const std::uint32_t index : asking.candidates(Stage::inactivity)) {
      const CompiledRule& rule = rules.rules(Stage::inactivity)[index];
      if (has_deadline(decision, rule.currency)) continue;
      const Proposal* proposal = asking.ask(rule);
      if (proposal == nullptr || !proposal->expiry) continue;
      Deadline deadline{rule.currency, proposal->expiry->at, {}};
      if (deadline.lapses_at) {
        deadline.remind_at = reminders(*rules.terms().zone, *deadline.lapses_at,
                                       proposal->expiry->remind, transaction.time);
      }
      decision.deadlines.push_back(std::move(deadline));
    }
  }
  for (const Deadline& known : member.deadlines()) {
    if (has_deadline(decision, known.currency)) continue;
    // It passed while the member had nothing to lose: points that come now are not its concern.
    const bool passed = known.lapses_at && *known.lapses_at <= transaction.time;
    if (passed || !keeps_deadlines(rules, known.currency)) {
      decision.deadlines.push_back({known.currency, std::nullopt, {}});
    }
  }
}

}  // namespace accrue::engine
