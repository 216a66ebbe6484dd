#include "ledger/settle.hpp"

#include "engine/sharing.hpp"

#include <algorithm>

namespace accrue::ledger {
namespace {

Points to_take(const Decision& decision, const std::string& currency) {
  Points wanted;
  for (const Award& award : decision.awards) {
    if (award.currency == currency && award.points < Points()) wanted -= award.points;
  }
  return wanted;
}

/// Cuts the negative awards of a currency, the last first, until they take no more than `allowed`.
void cut_back(Decision& decision, const std::string& currency, Points allowed) {
  Points excess = to_take(decision, currency) - allowed;
  for (auto award = decision.awards.rbegin(); award != decision.awards.rend(); ++award) {
    if (award->currency != currency || award->points >= Points() || excess <= Points()) continue;
    const Points cut = std::min(excess, -award->points);
    excess -= cut;
    award->points += cut;
    award->reason += ", limited to the balance";
    if (award->by_line.empty()) continue;
    for (std::int64_t& part : award->by_line) part = -part;
    award->by_line = engine::share(-award->points.count(), award->by_line);
    for (std::int64_t& part : award->by_line) part = -part;
  }
}

/// Draws from lots of the currency, those of `sale` first. Returns what no lot could pay.
Points draw(const Member& member, const std::string& currency, Points wanted, Seq sale,
            DrawKind kind, std::vector<LotDrawn>& drawn) {
  const auto take_from = [&](bool of_sale) {
    for (const Lot& lot : member.lots) {
      if (wanted <= Points()) return;
      const bool is_of_sale = sale != Seq::none && lot.seq == sale;
      if (lot.currency != currency || is_of_sale != of_sale) continue;
      const Points points = std::min(wanted, lot.remaining);
      drawn.push_back({lot.seq, lot.number, kind, points});
      wanted -= points;
    }
  };
  take_from(true);
  take_from(false);
  return wanted;
}

BalanceChange change_of(const Member& member, const std::string& currency) {
  BalanceChange change;
  change.currency = currency;
  change.deficit_after = member.deficit(currency);
  change.available_after = member.available(currency);
  return change;
}

void settle_currency(const Member& member, engine::SpentPoints policy, Seq sale,
                     const std::string& currency, Decision& decision) {
  BalanceChange change = change_of(member, currency);
  Points take = to_take(decision, currency);
  if (policy != engine::SpentPoints::allow_negative) {
    // Nothing is pending yet in these books, so only_pending takes nothing.
    const Points limit = policy == engine::SpentPoints::only_pending
                             ? Points()
                             : std::max(Points(), member.available(currency));
    if (take > limit) cut_back(decision, currency, limit);
    take = std::min(take, limit);
  }
  change.reversed = take;
  change.deficit_after += draw(member, currency, take, sale, DrawKind::reversed, decision.drawn);
  for (LotOpened& lot : decision.opened) {
    if (lot.currency != currency) continue;
    change.issued += lot.issued;
    const Points paid = std::min(change.deficit_after, lot.remaining);
    lot.remaining -= paid;
    change.deficit_after -= paid;
  }
  change.available_after += change.issued - change.reversed;
  decision.balances.push_back(std::move(change));
}

}  // namespace

void settle(const Member& member, engine::SpentPoints policy, Seq sale, Decision& decision) {
  const auto settled_before = static_cast<std::ptrdiff_t>(decision.balances.size());
  // Each currency once, in the order of the awards; those settled stand in the balances.
  for (std::size_t i = 0; i < decision.awards.size(); ++i) {
    const std::string& currency = decision.awards[i].currency;
    const bool is_settled =
        std::any_of(decision.balances.begin() + settled_before, decision.balances.end(),
                    [&](const BalanceChange& change) { return change.currency == currency; });
    if (!is_settled) settle_currency(member, policy, sale, currency, decision);
  }
  std::erase_if(decision.awards, [](const Award& award) { return award.points == Points(); });
}

}  // namespace accrue::ledger
