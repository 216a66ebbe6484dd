#include "http/cards.hpp"

#include "http/answers.hpp"

namespace accrue::http {
namespace {

void write_time(JsonText& json, std::string_view name, const std::optional<Timestamp>& time) {
  if (time) json.key(name).text(format_timestamp(*time));
}

void write_balances(JsonText& json, const pipeline::MemberCard& member) {
  json.key("balances").object();
  for (const pipeline::BalanceCard& balance : member.balances) {
    json.key(balance.currency).object().key("available").number(balance.available.count());
    json.key("pending").number(balance.pending.count());
    if (balance.deficit.count() != 0) json.key("deficit").number(balance.deficit.count());
    if (balance.value) json.key("value").text(*balance.value);
    json.end_object();
  }
  json.end_object();
}

}  // namespace

void write_offer(JsonText& json, const Offer& offer) {
  json.object();
  if (!offer.id.empty()) json.key("id").text(offer.id);  // A quote makes none.
  json.key("rule").text(offer.rule);
  json.key("message").text(offer.terms.message);
  json.key("award").number(offer.terms.award.count()).key("currency").text(offer.currency);
  json.key("valid_until").text(format_timestamp(offer.terms.valid_until)).end_object();
}

void write_member(std::string& out, const pipeline::MemberCard& member) {
  JsonText json(out);
  json.object().key("member_id").text(member.id.text());
  write_time(json, "enrolled_at", member.enrolled_at);
  write_time(json, "last_activity", member.last_activity);
  if (!member.language.empty()) json.key("language").text(member.language);
  json.key("attributes").object();
  for (const auto& [name, value] : member.attributes) json.key(name).text(value);
  json.end_object().key("contact_fields").array();
  for (const std::string& field : member.contact_fields) json.text(field);
  json.end_array();
  write_balances(json, member);
  json.key("open_offers").count(member.offers.size());
  if (member.next_expiry) {
    json.key("next_expiry").object().key("currency").text(member.next_expiry->currency);
    json.key("points").number(member.next_expiry->points.count());
    write_time(json, "at", member.next_expiry->at);
    json.end_object();
  }
  json.end_object();
}

void write_lots(std::string& out, const pipeline::MemberCard& member) {
  JsonText json(out);
  json.object().key("member_id").text(member.id.text()).key("lots").array();
  for (const pipeline::LotCard& lot : member.lots) {
    json.object().key("seq").count(value_of(lot.seq)).key("number").count(lot.number);
    json.key("currency").text(lot.currency).key("issued").number(lot.issued.count());
    json.key("remaining").number(lot.remaining.count());
    write_time(json, "earned_at", lot.earned_at);
    write_time(json, "expires_at", lot.expires_at);
    json.end_object();
  }
  json.end_array().end_object();
}

void write_offers(std::string& out, const pipeline::MemberCard& member) {
  JsonText json(out);
  json.object().key("member_id").text(member.id.text()).key("offers").array();
  for (const Offer& offer : member.offers) write_offer(json, offer);
  json.end_array().end_object();
}

void write_entries(std::string& out, const MemberId& member, const pipeline::EntryPage& page) {
  JsonText json(out);
  json.object().key("member_id").text(member.text()).key("entries").array();
  bool first = true;
  for (const pipeline::Entry& entry : page.entries) {
    if (!first) out += ',';
    first = false;
    write_entry(out, entry);
  }
  json.end_array();
  if (page.next != Seq::none) json.key("next").text(std::to_string(value_of(page.next)));
  json.end_object();
}

void write_rules(std::string& out, const pipeline::RuleSetCard& rules) {
  JsonText json(out);
  json.object().key("program").text(rules.program).key("hash").text(rules.hash);
  json.key("loaded_at").text(format_timestamp(rules.loaded_at)).key("rules").array();
  for (const pipeline::RuleCard& rule : rules.rules) {
    json.object().key("id").text(rule.id).key("type").text(rule.type);
    json.key("title").text(rule.title).key("lane").text(rule.lane);
    json.key("place").text(rule.place).end_object();
  }
  json.end_array().end_object();
}

}  // namespace accrue::http
