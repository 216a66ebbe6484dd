#include "ledger/totals.hpp"

#include "ledger/stored.hpp"
#include "totals_generated.h"

#include <algorithm>

namespace accrue::ledger {

CurrencyTotals& Totals::of(const std::string& currency) {
  const auto found = std::find_if(currencies.begin(), currencies.end(),
                                  [&](const CurrencyTotals& c) { return c.currency == currency; });
  if (found != currencies.end()) return *found;
  return currencies.emplace_back(CurrencyTotals{currency, {}, {}, {}, {}, {}});
}

void Totals::add(const Entry& entry, const std::vector<Points>& deficit_before) {
  const Decision& decision = entry.decision;
  const bool anonymous = entry.member.empty();
  switch (entry.type) {
    case TransactionType::sale:
      ++sales;
      ++(anonymous ? anonymous_sales : member_sales);
      break;
    case TransactionType::goods_return:
      ++returns;
      if (!anonymous) ++member_returns;
      break;
    case TransactionType::event:
      ++events;
      break;
    case TransactionType::member:
      ++member_changes;
      break;
    case TransactionType::tick:
      ++ticks;
      break;
  }
  if (decision.enrols) ++members;
  offers_made += decision.offers_made.size();
  offers_accepted += decision.offers_accepted.size();
  offers_lapsed += decision.offers_lapsed.size();
  notices += decision.notices.size();
  latest = std::max(latest, entry.time);
  for (std::size_t i = 0; i < decision.balances.size(); ++i) {
    const BalanceChange& change = decision.balances[i];
    CurrencyTotals& sum = of(change.currency);
    sum.issued += change.issued;
    sum.redeemed += change.redeemed;
    sum.expired += change.expired;
    sum.reversed += change.reversed;
    sum.deficit += change.deficit_after - deficit_before[i];
  }
}

std::string encode(const Totals& totals) {
  Builder to(512);
  const auto currencies =
      tables<stored::CurrencyTotals>(to, totals.currencies, [&](const CurrencyTotals& sum) {
        return stored::CreateCurrencyTotals(to, text(to, sum.currency), sum.issued.count(),
                                            sum.redeemed.count(), sum.expired.count(),
                                            sum.reversed.count(), sum.deficit.count());
      });
  to.Finish(stored::CreateTotals(to, totals.members, totals.sales, totals.anonymous_sales,
                                 totals.returns, totals.events, totals.member_changes, totals.ticks,
                                 totals.offers_made, totals.offers_accepted, totals.offers_lapsed,
                                 totals.notices, millis(totals.latest), currencies,
                                 totals.member_sales, totals.member_returns));
  return std::string(reinterpret_cast<const char*>(to.GetBufferPointer()), to.GetSize());
}

Result<Totals> decode_totals(std::string_view stored_bytes) {
  const auto* from = root_of<stored::Totals>(stored_bytes);
  if (!from) return unreadable("totals");
  Totals totals;
  totals.members = from->members();
  totals.sales = from->sales();
  totals.anonymous_sales = from->anonymous_sales();
  totals.returns = from->returns();
  totals.member_sales = from->member_sales();
  totals.member_returns = from->member_returns();
  totals.events = from->events();
  totals.member_changes = from->member_changes();
  totals.ticks = from->ticks();
  totals.offers_made = from->offers_made();
  totals.offers_accepted = from->offers_accepted();
  totals.offers_lapsed = from->offers_lapsed();
  totals.notices = from->notices();
  totals.latest = instant(from->latest());
  each(from->currencies(), [&](const stored::CurrencyTotals& sum) {
    totals.currencies.push_back({string(sum.currency()), Points(sum.issued()),
                                 Points(sum.redeemed()), Points(sum.expired()),
                                 Points(sum.reversed()), Points(sum.deficit())});
  });
  return totals;
}

}  // namespace accrue::ledger
