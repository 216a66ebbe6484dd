// From a request that was read to the desk, and from the desk's answers to responses.
#include <accrue/assert.hpp>

#include "http/answers.hpp"
#include "http/cards.hpp"
#include "http/member_body.hpp"
#include "http/query.hpp"
#include "http/session.hpp"

namespace accrue::http {
namespace {

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kPrometheusText = "text/plain; version=0.0.4; charset=utf-8";

/// A path that cannot be an id or a number: the request is malformed, not its content.
Refusal bad_path(const Error& error) {
  return {400, "bad_path", "in the path: " + error.message, error.problems};
}

}  // namespace

std::string& Session::page() {
  context_.scratch.clear();
  return context_.scratch;
}

void Session::send_page(std::uint64_t ticket) { replies_.answer(ticket, kJson, context_.scratch); }

void Session::dispatch() {
  const std::uint64_t ticket = replies_.expect(current_.to);
  if (current_.refusal) return replies_.refuse(ticket, *current_.refusal);
  switch (current_.to.route->route) {
    case Route::post_transactions:
    case Route::post_quotes:
      return post(ticket, MessageKind::any);
    case Route::post_events:
      return post(ticket, MessageKind::event);
    case Route::put_member:
      return put_member(ticket);
    case Route::get_member:
    case Route::get_member_lots:
    case Route::get_member_offers:
      return read_member(ticket);
    case Route::get_member_entries:
      return read_entries(ticket);
    case Route::get_entry:
      return read_entry(ticket);
    case Route::get_rules:
      return tell_rules(ticket, context_.desk.rules());
    case Route::reload_rules:
      return reload(ticket);
    case Route::metrics:
      return replies_.answer(ticket, kPrometheusText, context_.desk.metrics_text());
    case Route::livez:
      return replies_.answer(ticket, kJson, R"({"status":"alive"})");
    case Route::readyz:
      return tell_readiness(ticket);
  }
}

pipeline::Desk::OnAnswer Session::to_inbox(std::uint64_t ticket) const {
  return [inbox = context_.inbox, connection = connection_, ticket](pipeline::Answer answer) {
    inbox->put({connection, ticket, std::move(answer)});
  };
}

void Session::post(std::uint64_t ticket, MessageKind kind) {
  RawMessage message;
  context_.gathered -= body_.size();
  message.bytes = std::move(body_);
  body_.clear();
  message.kind = kind;
  const bool quote = current_.to.route->route == Route::post_quotes;
  if (quote) return context_.desk.quote(std::move(message), to_inbox(ticket));
  context_.desk.post(std::move(message), to_inbox(ticket));
}

std::optional<MemberId> Session::member_of_path(std::uint64_t ticket) {
  const auto text = percent_decoded(current_.argument);
  if (!text) {
    replies_.refuse(ticket, bad_path(text.error()));
    return std::nullopt;
  }
  const auto id = MemberId::parse(text.value());
  if (id) return id.value();
  replies_.refuse(ticket, bad_path(id.error()));
  return std::nullopt;
}

void Session::put_member(std::uint64_t ticket) {
  const auto id = member_of_path(ticket);
  if (!id) return;
  auto body = with_member_id(body_, *id);
  if (!body) return replies_.refuse(ticket, refusal_of(body.error()));
  RawMessage message;
  message.bytes = std::move(body.value());
  message.kind = MessageKind::member;
  context_.desk.post(std::move(message), to_inbox(ticket));
}

void Session::read_member(std::uint64_t ticket) {
  const auto id = member_of_path(ticket);
  if (!id) return;
  if (const auto known = context_.desk.member_now(*id)) {
    return deliver_member(*replies_.find(ticket), ticket, *known);
  }
  context_.desk.member(*id, [inbox = context_.inbox, connection = connection_,
                             ticket](Result<pipeline::MemberCard> member) {
    inbox->put({connection, ticket, std::move(member)});
  });
}

void Session::read_entries(std::uint64_t ticket) {
  const auto id = member_of_path(ticket);
  if (!id) return;
  const auto wanted = parse_page(current_.query);
  if (!wanted) {
    const Error& error = wanted.error();
    return replies_.refuse(ticket, {400, "bad_query", error.message, error.problems});
  }
  read_when_posted(ticket, {*id, wanted.value().before, wanted.value().limit});
}

void Session::read_entry(std::uint64_t ticket) {
  const auto seq = parse_seq(current_.argument);
  if (!seq) return replies_.refuse(ticket, bad_path(seq.error()));
  read_when_posted(ticket, {{}, seq.value(), 1});
}

void Session::read_when_posted(std::uint64_t ticket, Reading reading) {
  const MemberId member = reading.member;
  context_.desk.when_posted(member, [inbox = context_.inbox, connection = connection_, ticket,
                                     reading = std::move(reading)] {
    inbox->put({connection, ticket, reading});
  });
}

void Session::tell_reading(std::uint64_t ticket, const Reading& reading) {
  if (reading.member.empty()) {
    const auto entry = context_.desk.entry(reading.at);
    if (!entry) return replies_.refuse(ticket, refusal_of(entry.error()));
    write_entry(page(), entry.value());
  } else {
    const auto entries = context_.desk.entries(reading.member, reading.at, reading.limit);
    if (!entries) return replies_.refuse(ticket, refusal_of(entries.error()));
    write_entries(page(), reading.member, entries.value());
  }
  send_page(ticket);
}

void Session::reload(std::uint64_t ticket) {
  context_.desk.reload([inbox = context_.inbox, connection = connection_,
                        ticket](Result<pipeline::RuleSetCard> rules) {
    inbox->put({connection, ticket, std::move(rules)});
  });
}

void Session::tell_rules(std::uint64_t ticket, const Result<pipeline::RuleSetCard>& rules) {
  if (!rules) {
    Refusal refusal = refusal_of(rules.error());
    // The request was proper JSON or nothing: it is the program's files that are not in order.
    if (refusal.status == 400) refusal = {422, "refused", refusal.detail, refusal.problems};
    return replies_.refuse(ticket, refusal);
  }
  write_rules(page(), rules.value());
  send_page(ticket);
}

void Session::tell_readiness(std::uint64_t ticket) {
  const pipeline::Readiness readiness = context_.desk.readiness();
  if (readiness.ready) return replies_.answer(ticket, kJson, R"({"status":"ready"})");
  replies_.refuse(ticket, {503, "not_ready", readiness.reason});
}

void Session::deliver(Delivery& delivery) {
  const Replies::Place* place = replies_.find(delivery.ticket);
  if (place == nullptr) return;
  if (const auto* answer = std::get_if<pipeline::Answer>(&delivery.content)) {
    deliver_answer(*place, delivery.ticket, *answer);
  } else if (const auto* member = std::get_if<1>(&delivery.content)) {
    deliver_member(*place, delivery.ticket, *member);
  } else if (const auto* reading = std::get_if<Reading>(&delivery.content)) {
    tell_reading(delivery.ticket, *reading);
  } else {
    tell_rules(delivery.ticket, std::get<2>(delivery.content));
  }
  count_unread();
}

void Session::deliver_answer(const Replies::Place& place, std::uint64_t ticket,
                             const pipeline::Answer& answer) {
  const bool recorded = answer.status == pipeline::Status::posted ||
                        answer.status == pipeline::Status::duplicate ||
                        answer.status == pipeline::Status::quoted;
  std::string& out = page();
  if (recorded) {
    write_answer(out, answer);
  } else if (place.line > 0) {
    write_failed_line(out, name_of(answer.status), place.line, refusal_of(answer));
  } else {
    return replies_.refuse(ticket, refusal_of(answer));
  }
  if (place.line > 0) return replies_.answer_line(ticket, out);
  send_page(ticket);
}

void Session::deliver_member(const Replies::Place& place, std::uint64_t ticket,
                             const Result<pipeline::MemberCard>& member) {
  if (!member) return replies_.refuse(ticket, refusal_of(member.error()));
  std::string& out = page();
  switch (place.to.route->route) {
    case Route::get_member_lots:
      write_lots(out, member.value());
      break;
    case Route::get_member_offers:
      write_offers(out, member.value());
      break;
    default:
      write_member(out, member.value());
      break;
  }
  send_page(ticket);
}

}  // namespace accrue::http
