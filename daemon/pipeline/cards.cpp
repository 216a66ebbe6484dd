#include "pipeline/cards.hpp"

#include "engine/conditions.hpp"
#include "engine/rule_set.hpp"
#include "engine/worth.hpp"

#include <algorithm>

namespace accrue::pipeline {
namespace {

BalanceCard balance_of(const ledger::Member& member, const PointsCurrency& currency,
                       Currency money) {
  BalanceCard card;
  card.currency = currency.name;
  card.available = member.available(currency.name);
  card.deficit = member.deficit(currency.name);
  if (currency.spendable) {
    card.value = engine::worth(card.available, currency, money).to_string(money);
  }
  return card;
}

/// The soonest of lots' dates and inactivity deadlines, and what lapses then.
std::optional<NextExpiry> next_expiry_of(const ledger::Member& member) {
  std::optional<NextExpiry> next;
  const auto lapses_at = [&](const ledger::Lot& lot) {
    std::optional<Timestamp> at = lot.expires_at;
    for (const Deadline& deadline : member.deadlines) {
      if (deadline.currency == lot.currency && deadline.lapses_at &&
          (!at || *deadline.lapses_at < *at)) {
        at = deadline.lapses_at;
      }
    }
    return at;
  };
  for (const ledger::Lot& lot : member.lots) {
    const auto at = lapses_at(lot);
    if (!at) continue;
    if (next && next->at == *at && next->currency == lot.currency) {
      next->points += lot.remaining;
    } else if (!next || *at < next->at) {
      next = NextExpiry{lot.currency, lot.remaining, *at};
    }
  }
  return next;
}

}  // namespace

MemberCard card_of(const ledger::Member& member, const ProgramTerms& terms) {
  MemberCard card;
  card.id = member.id;
  card.enrolled_at = member.enrolled_at;
  card.last_activity = member.last_activity;
  card.language = member.language;
  for (const auto& attribute : member.attributes) {
    card.attributes.emplace_back(attribute.key, engine::text_of(ledger::value_of(attribute)));
  }
  card.contact_fields = member.contact_fields;
  for (const PointsCurrency& currency : terms.currencies) {
    card.balances.push_back(balance_of(member, currency, terms.currency));
  }
  for (const ledger::Lot& lot : member.lots) {
    card.lots.push_back({lot.seq, lot.number, lot.currency, lot.issued, lot.remaining,
                         lot.earned_at, lot.expires_at});
  }
  card.offers = member.offers;
  card.next_expiry = next_expiry_of(member);
  return card;
}

RuleSetCard card_of(const engine::RuleSet& rules, Timestamp loaded_at) {
  RuleSetCard card{rules.terms().name, rules.hash_text(), loaded_at, {}};
  for (const engine::RuleText& rule : rules.spec().rules) {
    const std::string& lane = rule.lane.empty() ? rules.spec().lanes.front().name : rule.lane;
    card.rules.push_back({rule.id, rule.type, rule.title, lane, rule.place.to_string()});
  }
  return card;
}

}  // namespace accrue::pipeline
