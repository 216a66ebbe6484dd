#include "http/answers.hpp"

#include "http/cards.hpp"
#include "http/json_text.hpp"

namespace accrue::http {
namespace {

/// Zero is left out but for what was earned: that is what everybody looks for.
void nonzero(JsonText& json, std::string_view name, Points points) {
  if (points.count() != 0) json.key(name).number(points.count());
}

void write_points(JsonText& json, const Decision& decision) {
  json.key("points").object();
  for (const BalanceChange& change : decision.balances) {
    json.key(change.currency).object().key("earned").number(change.issued.count());
    nonzero(json, "redeemed", change.redeemed);
    nonzero(json, "expired", change.expired);
    nonzero(json, "reversed", change.reversed);
    json.end_object();
  }
  json.end_object();
}

/// Nothing is ever pending yet: awards are available at once. Callers are told so already.
void write_balances(JsonText& json, const Decision& decision) {
  json.key("balances").object();
  for (const BalanceChange& change : decision.balances) {
    json.key(change.currency).object();
    json.key("available").number(change.available_after.count()).key("pending").number(0);
    json.end_object();
  }
  json.end_object();
}

void write_awards(JsonText& json, const Decision& decision) {
  json.key("awards").array();
  for (const Award& award : decision.awards) {
    json.object().key("rule").text(award.rule).key("currency").text(award.currency);
    json.key("points").number(award.points.count()).key("reason").text(award.reason);
    if (!award.offer.empty()) json.key("offer").text(award.offer);
    json.end_object();
  }
  json.end_array();
}

void write_offers_of(JsonText& json, const Decision& decision) {
  json.key("offers").array();
  for (const Offer& offer : decision.offers_made) write_offer(json, offer);
  json.end_array().key("accepted").array();
  for (const std::string& id : decision.offers_accepted) json.text(id);
  json.end_array();
}

void write_hints(JsonText& json, const pipeline::Entry& entry) {
  json.key("hints").array();
  for (const Hint& hint : entry.decision.hints) {
    json.object().key("rule").text(hint.rule).key("message").text(hint.message);
    json.key("award").number(hint.award.count());
    json.key("short_by").text(hint.short_by.to_string(entry.currency)).end_object();
  }
  json.end_array();
}

void write_seq_and_member(JsonText& json, const pipeline::Entry& entry) {
  if (entry.seq != Seq::none) json.key("seq").count(value_of(entry.seq));
  if (!entry.member.empty()) json.key("member_id").text(entry.member.text());
}

}  // namespace

std::string_view name_of(pipeline::Status status) {
  switch (status) {
    case pipeline::Status::posted:
      return "posted";
    case pipeline::Status::duplicate:
      return "duplicate";
    case pipeline::Status::quoted:
      return "quoted";
    case pipeline::Status::conflict:
      return "conflict";
    case pipeline::Status::full:
      return "full";
    case pipeline::Status::refused:
      break;
  }
  return "refused";
}

void write_answer(std::string& out, const pipeline::Answer& answer) {
  const pipeline::Entry& entry = answer.entry;
  JsonText json(out);
  json.object().key("id").text(entry.id.text()).key("status").text(name_of(answer.status));
  write_seq_and_member(json, entry);
  write_points(json, entry.decision);
  write_balances(json, entry.decision);
  write_awards(json, entry.decision);
  write_offers_of(json, entry.decision);
  write_hints(json, entry);
  json.end_object();
}

void write_failed_line(std::string& out, std::string_view status, std::uint64_t line,
                       const Refusal& refusal) {
  JsonText json(out);
  json.object().key("status").text(status).key("line").count(line).key("problem");
  write_problem(out, refusal);
  json.end_object();
}

void write_lot_key(JsonText& json, Seq seq, std::uint32_t number) {
  json.object().key("seq").count(value_of(seq)).key("number").count(number);
}

std::string_view name_of(DrawKind kind) {
  switch (kind) {
    case DrawKind::redeemed:
      return "redeemed";
    case DrawKind::expired:
      return "expired";
    case DrawKind::reversed:
      break;
  }
  return "reversed";
}

/// Which lots the entry opened, drew from or told of: the reason of every change of a balance.
void write_lots_of(JsonText& json, const pipeline::Entry& entry) {
  json.key("lots").object().key("opened").array();
  for (const LotOpened& lot : entry.decision.opened) {
    write_lot_key(json, entry.seq, lot.number);
    json.key("currency").text(lot.currency).key("points").number(lot.issued.count());
    if (lot.expires_at) json.key("expires_at").text(format_timestamp(*lot.expires_at));
    json.end_object();
  }
  json.end_array().key("drawn").array();
  for (const LotDrawn& lot : entry.decision.drawn) {
    write_lot_key(json, lot.seq, lot.number);
    json.key("why").text(name_of(lot.kind)).key("points").number(lot.points.count()).end_object();
  }
  json.end_array().key("reminded").array();
  for (const LotReminded& lot : entry.decision.reminded) {
    write_lot_key(json, lot.seq, lot.number);
    json.end_object();
  }
  json.end_array().end_object();
}

void write_returned(JsonText& json, const pipeline::Entry& entry) {
  if (!entry.of.empty()) json.key("of").text(entry.of.text());
  if (entry.decision.returned.empty()) return;
  json.key("returned").array();
  for (const ReturnedLine& line : entry.decision.returned) {
    json.object().key("line").count(line.line);
    json.key("quantity").text(Decimal::from_micros(line.quantity_micros).to_string()).end_object();
  }
  json.end_array();
}

void write_entry(std::string& out, const pipeline::Entry& entry) {
  JsonText json(out);
  json.object().key("id").text(entry.id.text()).key("type").text(accrue::name_of(entry.type));
  write_seq_and_member(json, entry);
  json.key("time").text(format_timestamp(entry.time));
  if (!entry.store.empty()) json.key("store").text(entry.store);
  if (!entry.event.empty()) json.key("event").text(entry.event);
  const bool of_goods =
      entry.type == TransactionType::sale || entry.type == TransactionType::goods_return;
  if (of_goods) json.key("currency").text(entry.currency.code());
  write_returned(json, entry);
  json.key("rule_set").text(entry.rule_set);
  write_points(json, entry.decision);
  write_balances(json, entry.decision);
  write_awards(json, entry.decision);
  write_offers_of(json, entry.decision);
  json.key("lapsed").array();
  for (const std::string& id : entry.decision.offers_lapsed) json.text(id);
  json.end_array();
  write_lots_of(json, entry);
  json.end_object();
}

}  // namespace accrue::http
