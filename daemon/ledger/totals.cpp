#include "ledger/totals.hpp"

#include "ledger/decision_fields.hpp"

#include <algorithm>

namespace accrue::ledger {

Balance& Totals::of(const std::string& currency) {
  const auto found = std::find_if(currencies.begin(), currencies.end(),
                                  [&](const Balance& c) { return c.currency == currency; });
  if (found != currencies.end()) return *found;
  return currencies.emplace_back(Balance{currency, {}, {}, {}, {}, {}});
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
    Balance& sum = of(change.currency);
    sum.issued += change.issued;
    sum.redeemed += change.redeemed;
    sum.expired += change.expired;
    sum.reversed += change.reversed;
    sum.deficit += change.deficit_after - deficit_before[i];
  }
}

template <class As, Like<Totals> Sums>
void fields(As& as, Sums& totals) {
  as.count(1, totals.members);
  as.count(2, totals.sales);
  as.count(3, totals.anonymous_sales);
  as.count(4, totals.returns);
  as.count(5, totals.events);
  as.count(6, totals.member_changes);
  as.count(7, totals.ticks);
  as.count(8, totals.offers_made);
  as.count(9, totals.offers_accepted);
  as.count(10, totals.offers_lapsed);
  as.count(11, totals.notices);
  as.time(12, totals.latest);
  as.many(13, totals.currencies);
  as.count(14, totals.member_sales);
  as.count(15, totals.member_returns);
}

std::string encode(const Totals& totals) {
  std::string bytes;
  write_to(bytes, totals);
  return bytes;
}

Result<Totals> decode_totals(std::string_view stored_bytes) {
  Totals totals;
  if (auto read = read_from(stored_bytes, totals, "totals"); !read) return read.error();
  return totals;
}

}  // namespace accrue::ledger
