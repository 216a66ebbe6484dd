// Offers: made by rules, accepted by a later basket, over after their time. Pure: any thread.
#pragma once

#include "engine/member_state.hpp"
#include "engine/rule_set.hpp"

namespace accrue::engine {

/// Most offers a member may have open; a rule's offer beyond it is not made.
inline constexpr std::size_t kMaxOpenOffers = 20;

/// Adds the offer to the decision unless the member has one of the rule open or too many. Its id is
/// given when the transaction has its place (name_offers).
void make_offer(const CompiledRule& rule, OfferTerms terms, const Transaction& transaction,
                const MemberState& member, Decision& decision);

/// Open offers that this sale accepts become awards; those whose time is over lapse.
void accept_offers(const RuleSet& rules, const Transaction& transaction, const MemberState& member,
                   Decision& decision);

/// Gives the decision's new offers their ids, "<seq>-<n>".
void name_offers(Seq seq, Decision& decision);

}  // namespace accrue::engine
