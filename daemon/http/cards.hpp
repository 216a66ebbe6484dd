// What may be read back, as JSON: members, lots, offers, statements, the rule set. Pure: any
// thread.
#pragma once

#include <string>

#include "http/json_text.hpp"
#include "pipeline/answer.hpp"
#include "pipeline/desk.hpp"

namespace accrue::http {

void write_member(std::string& out, const pipeline::MemberCard& member);
/// {"member_id","lots":[…]}: lots with points left, in draw order.
void write_lots(std::string& out, const pipeline::MemberCard& member);
/// {"member_id","offers":[…]}: the open ones.
void write_offers(std::string& out, const pipeline::MemberCard& member);
/// {"member_id","entries":[…],"next":"<cursor>"}; no next on the last page.
void write_entries(std::string& out, const MemberId& member, const pipeline::EntryPage& page);
void write_rules(std::string& out, const pipeline::RuleSetCard& rules);

/// {"id","rule","message","award","currency","valid_until"}, as a value of `json`.
void write_offer(JsonText& json, const Offer& offer);

}  // namespace accrue::http
