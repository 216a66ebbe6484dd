#include "engine/offers.hpp"

#include "engine/sharing.hpp"

#include <algorithm>

namespace accrue::engine {
namespace {

/// Amounts of the lines that count for the offer, 0 elsewhere; empty when none is bought. Lines
/// that take goods back within the sale count against it.
std::vector<std::int64_t> lines_accepting(const OfferTerms& terms, const Transaction& transaction) {
  std::vector<std::int64_t> amounts(transaction.lines.size(), 0);
  bool any = false;
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    const Line& line = transaction.lines[i];
    if (!terms.on.empty() && !terms.on.matches(line.sku, line.category)) continue;
    amounts[i] = line.amount.minor();
    any = any || line.quantity > Decimal();
  }
  if (!any) amounts.clear();
  return amounts;
}

}  // namespace

void make_offer(const CompiledRule& rule, OfferTerms terms, const Transaction& transaction,
                const MemberState& member, Decision& decision) {
  if (member.has_open_offer(rule.text->id)) return;
  if (member.open_offers().size() + decision.offers_made.size() >= kMaxOpenOffers) return;
  decision.offers_made.push_back(
      {"", rule.text->id, rule.currency, std::move(terms), transaction.time});
}

void accept_offers(const RuleSet& rules, const Transaction& transaction, const MemberState& member,
                   Decision& decision) {
  for (const Offer& offer : member.open_offers()) {
    if (offer.terms.valid_until <= transaction.time) {
      decision.offers_lapsed.push_back(offer.id);
      continue;
    }
    // Tills that tell the minute only send several sales of one instant; what is dated before the
    // offer, though it comes after it, is not what the offer led to.
    if (transaction.type != TransactionType::sale || offer.made_at > transaction.time) continue;
    const std::vector<std::int64_t> amounts = lines_accepting(offer.terms, transaction);
    if (amounts.empty()) continue;
    Money amount;
    for (const std::int64_t part : amounts) amount = amount + Money::from_minor(part);
    if (amount < offer.terms.spend || amount <= Money()) continue;
    decision.offers_accepted.push_back(offer.id);
    decision.awards.push_back({offer.rule, offer.currency, offer.terms.award,
                               "offer accepted with " + amount.to_string(rules.terms().currency),
                               share(offer.terms.award.count(), amounts), offer.id});
  }
}

void name_offers(Seq seq, Decision& decision) {
  int number = 0;
  for (Offer& offer : decision.offers_made) {
    offer.id = std::to_string(value_of(seq)) + '-' + std::to_string(number++);
  }
}

}  // namespace accrue::engine
