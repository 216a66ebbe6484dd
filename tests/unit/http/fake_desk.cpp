#include "unit/http/fake_desk.hpp"

namespace accrue::http::tests {
namespace {

/// The text of a string member, found the simple way: test bodies are written for it.
std::string member_text(const std::string& body, const std::string& name) {
  const std::string before = "\"" + name + "\":\"";
  const std::size_t at = body.find(before);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + before.size();
  return body.substr(begin, body.find('"', begin) - begin);
}

Offer biscuits() {
  Offer offer;
  offer.id = "123-0";
  offer.rule = "biscuits-with-tea";
  offer.currency = "points";
  offer.terms.award = Points(50);
  offer.terms.message = "50 points on your next \"biscuits\"";
  offer.terms.valid_until = Timestamp(std::chrono::seconds(1768608000));  // 2026-01-17T00:00:00Z
  return offer;
}

}  // namespace

pipeline::Entry FakeDesk::sale_of(const std::string& id) {
  pipeline::Entry entry;
  entry.seq = Seq{123};
  entry.id = TransactionId::trusted(id);
  entry.member = MemberId::trusted("M000123");
  entry.time = Timestamp(std::chrono::seconds(1767435072));  // 2026-01-03T10:11:12Z
  entry.store = "S001";
  entry.currency = Currency::parse("GBP").value();
  entry.rule_set = "0123456789abcdef0123456789abcdef";
  Decision& decision = entry.decision;
  decision.awards.push_back({"base", "points", Points(6), "6.98 at 1 for each 1.00", {6}, ""});
  BalanceChange change;
  change.currency = "points";
  change.issued = Points(6);
  change.available_after = Points(1240);
  decision.balances.push_back(change);
  decision.offers_made.push_back(biscuits());
  decision.offers_accepted.push_back("99-1");
  decision.hints.push_back({"reach-50", Points(100), Money::from_minor(302), "Spend 3.02 more"});
  return entry;
}

pipeline::Entry FakeDesk::return_of(const std::string& sale) {
  pipeline::Entry entry;
  entry.seq = Seq{124};
  entry.id = TransactionId::trusted("R1");
  entry.type = TransactionType::goods_return;
  entry.of = TransactionId::trusted(sale);
  entry.currency = Currency::parse("GBP").value();
  Decision& decision = entry.decision;
  decision.returned.push_back({2, 500'000});
  decision.offers_lapsed.push_back("99-2");
  decision.opened.push_back({0, "points", Points(3), Points(3), biscuits().terms.valid_until, {}});
  decision.drawn.push_back({Seq{123}, 1, DrawKind::reversed, Points(6)});
  decision.reminded.push_back({Seq{7}, 0, Timestamp{}});
  return entry;
}

pipeline::Answer FakeDesk::answer_to(const RawMessage& message, pipeline::Status status) {
  pipeline::Answer answer;
  answer.status = status;
  answer.entry = sale_of(member_text(message.bytes, "id"));
  const std::string wish = member_text(message.bytes, "wish");
  if (wish == "duplicate") answer.status = pipeline::Status::duplicate;
  if (wish == "conflict") {
    answer.status = pipeline::Status::conflict;
    answer.error = {ErrorCode::conflict, "the id is taken by other content", {}};
  } else if (wish == "full") {
    answer.status = pipeline::Status::full;
    answer.error = {ErrorCode::retry_later, "the queue is full", {}};
  } else if (wish == "exhausted") {
    answer.status = pipeline::Status::full;
    answer.error = {ErrorCode::exhausted, "storage full, nothing recorded", {}};
  } else if (wish == "refused") {
    answer.status = pipeline::Status::refused;
    answer.error = {ErrorCode::reject_input,
                    "the transaction is wrong",
                    {{"/lines/0/quantity", "not_an_integer", "write a whole number"}}};
  } else if (message.bytes.empty() || message.bytes.front() != '{') {
    answer.status = pipeline::Status::refused;
    answer.error = {ErrorCode::reject_input,
                    "the text is not JSON",
                    {{"", "not_json", "write one JSON object"}}};
  }
  return answer;
}

namespace {

Result<pipeline::MemberCard> card_of(const MemberId& id) {
  if (id.text() == "nobody") {
    return Error{ErrorCode::not_found, "there is no member nobody", {}};
  }
  pipeline::MemberCard card;
  card.id = id;
  card.language = "en";
  card.attributes = {{"tier", "gold"}};
  card.contact_fields = {"email"};
  card.balances.push_back({"points", Points(1240), Points(0), Points(0), "12.40"});
  card.lots.push_back({Seq{7}, 0, "points", Points(10), Points(4), Timestamp{}, std::nullopt});
  card.offers.push_back(biscuits());
  card.next_expiry = pipeline::NextExpiry{"points", Points(4), Timestamp{}};
  return card;
}

}  // namespace

void FakeDesk::member(const MemberId& id, std::function<void(Result<pipeline::MemberCard>)> done) {
  later([done = std::move(done), card = card_of(id)] { done(card); });
}

std::optional<Result<pipeline::MemberCard>> FakeDesk::member_now(const MemberId& id) {
  const std::lock_guard lock(mutex_);
  if (pace_ != Pace::at_once) return std::nullopt;
  return card_of(id);
}

Result<pipeline::EntryPage> FakeDesk::entries(const MemberId& id, Seq before, std::size_t limit) {
  if (id.text() == "nobody") return Error{ErrorCode::not_found, "there is no member nobody", {}};
  pipeline::EntryPage page;
  std::uint64_t seq = before == Seq::none ? 100 : value_of(before) - 1;
  for (; seq > 0 && page.entries.size() < limit; --seq) {
    page.entries.push_back(sale_of("S-" + std::to_string(seq)));
    page.entries.back().seq = Seq{seq};
  }
  if (seq > 0) page.next = page.entries.back().seq;
  return page;
}

Result<pipeline::Entry> FakeDesk::entry(Seq seq) {
  if (seq == Seq{124}) return return_of("S001-T03-000123");
  if (seq != Seq{123}) return Error{ErrorCode::not_found, "there is no entry of that number", {}};
  return sale_of("S001-T03-000123");
}

}  // namespace accrue::http::tests
