#include "pipeline/decider.hpp"

#include "engine/watch.hpp"
#include "ledger/apply.hpp"

#include <accrue/assert.hpp>

#include <algorithm>
#include <utility>

namespace accrue::pipeline {

Received receive(Transaction transaction, Origin origin) {
  Received received{std::move(transaction), {}, std::move(origin)};
  // Their order means nothing, and a retry may write another.
  std::ranges::sort(received.transaction.attributes, {}, &Attribute::key);
  received.bytes = ledger::encode(received.transaction);
  return received;
}

namespace {

/// Whether the record is of the same transaction, also when an older version wrote it.
Result<bool> is_of(std::string_view record, std::string_view sent) {
  const auto recorded = ledger::transaction_of(record);
  if (!recorded) return recorded.error();
  if (recorded.value() == sent) return true;
  const auto decoded = ledger::decode_transaction(recorded.value());
  if (!decoded) return decoded.error();
  return ledger::encode(decoded.value()) == sent;
}

}  // namespace

Decider::Decider(BooksSource& books, Options options, OnRecord on_record)
    : books_(books),
      options_(std::move(options)),
      on_record_(std::move(on_record)),
      cache_(options_.cache_bytes) {}

Result<Answer> Decider::take(const Received& received) {
  const Transaction& transaction = received.transaction;
  auto known = recall(received);
  if (!known) return known.error();
  if (known.value()) return std::move(*known.value());
  // All that may fail is read before anything is changed.
  auto sale = find_sale(transaction.of);
  if (!sale) return sale.error();
  ledger::Member* member = nullptr;
  if (!transaction.member.empty()) {
    auto held = hold(transaction.member);
    if (!held) return held.error();
    member = held.value();
    tick_member(*member, transaction.time);
  }
  const Situation situation{member ? *member : nobody_, campaign_,
                            sale.value().entry ? &*sale.value().entry : nullptr,
                            sale.value().returned};
  auto decision =
      decide(*rules_, options_.routing, transaction, next_after(last_), situation, faults_);
  if (!decision) {
    Answer answer;
    answer.error = decision.error();
    return answer;
  }
  keep_history(transaction, decision.value());
  Answer answer;
  answer.status = Status::posted;
  answer.entry = entry_of(received, std::move(decision.value()));
  if (member) answer.entry.previous = member->last_entry;
  if (!answer.entry.decision.returned.empty()) {
    for (const ReturnedLine& line : answer.entry.decision.returned) {
      sale.value().returned[line.line] += line.quantity_micros;
    }
    unposted_.set_returned(sale.value().entry->seq, answer.entry.seq,
                           std::move(sale.value().returned));
  }
  record(answer.entry, received, member);
  return answer;
}

Result<std::optional<Answer>> Decider::recall(const Received& received) {
  const Transaction& transaction = received.transaction;
  auto known = find_id(transaction.id);
  if (!known) return known.error();
  if (!known.value()) return std::optional<Answer>();
  auto record = find_record(*known.value());
  if (!record) return record.error();
  const auto same = is_of(record.value(), received.bytes);
  if (!same) return same.error();
  Answer answer;
  if (!same.value()) {
    answer.status = Status::conflict;
    answer.error =
        Error{ErrorCode::conflict,
              "transaction " + transaction.id.text() +
                  " was recorded before with other content: give a new transaction a new id",
              {{"/id", "id_taken", "recorded before with other content"}}};
    return std::optional<Answer>(std::move(answer));
  }
  auto entry = ledger::decode_entry(*known.value(), record.value());
  if (!entry) return entry.error();
  answer.status = Status::duplicate;
  answer.entry = std::move(entry.value());
  return std::optional<Answer>(std::move(answer));
}

Result<Answer> Decider::quote(const Received& received) {
  const Transaction& transaction = received.transaction;
  auto known = recall(received);
  if (!known) return known.error();
  if (known.value()) return std::move(*known.value());
  ledger::Member copy;
  if (!transaction.member.empty()) {
    auto held = hold(transaction.member);
    if (!held) return held.error();
    copy = *held.value();
  }
  for (auto due = copy.due_at(); due && *due <= transaction.time; due = copy.due_at()) {
    ledger::Entry tick;
    tick.seq = last_;
    tick.type = TransactionType::tick;
    tick.time = *due;
    tick.decision = decide_tick(*rules_, options_.routing, copy, *due);
    ledger::apply(tick, nullptr, copy);
  }
  auto sale = find_sale(transaction.of);
  if (!sale) return sale.error();
  const Situation situation{copy, campaign_, sale.value().entry ? &*sale.value().entry : nullptr,
                            sale.value().returned};
  auto decision =
      decide(*rules_, options_.routing, transaction, next_after(last_), situation, faults_);
  Answer answer;
  if (!decision) {
    answer.error = decision.error();
    return answer;
  }
  answer.status = Status::quoted;
  answer.entry = entry_of(received, std::move(decision.value()));
  answer.entry.seq = Seq::none;
  // An offer gets its id when it is made.
  for (Offer& offer : answer.entry.decision.offers_made) offer.id.clear();
  return answer;
}

Result<void> Decider::mark(const std::string& id, const MemberId& member, Timestamp time,
                           std::vector<HistoryMark> marks) {
  Transaction transaction;
  transaction.id = TransactionId::trusted(id);
  transaction.type = TransactionType::tick;
  transaction.member = member;
  transaction.time = time;
  ledger::Member* held = nullptr;
  if (!member.empty()) {
    auto found = hold(member);
    if (!found) return found.error();
    held = found.value();
    if (!held->exists()) return ok();
  }
  Decision decision;
  decision.history = std::move(marks);
  const Received received = receive(std::move(transaction), {});
  ledger::Entry entry = entry_of(received, std::move(decision));
  if (held) entry.previous = held->last_entry;
  record(entry, received, held);
  return ok();
}

Result<const ledger::Member*> Decider::member(const MemberId& id) {
  auto held = hold(id);
  if (!held) return held.error();
  return static_cast<const ledger::Member*>(held.value());
}

void Decider::posted(Seq applied) {
  unposted_.forget(applied);
  cache_.trim(applied);
}

void Decider::keep_history(const Transaction& transaction, Decision& decision) const {
  if (transaction.member.empty()) return;
  for (const HistoryMark& mark : engine::marks_of(transaction, also_watched_)) {
    decision.history.push_back(mark);
  }
}

Result<std::optional<Seq>> Decider::find_id(const TransactionId& id) {
  if (auto known = unposted_.find(id)) return known;
  return books_.id(id);
}

Result<std::string> Decider::find_record(Seq seq) {
  if (const std::string* unposted = unposted_.record(seq)) return *unposted;
  auto record = books_.record(seq);
  if (record) return record;
  // Whatever it is that one old record cannot be read for, others can do without it.
  const bool moved = record.error().code == ErrorCode::not_found;
  return Error{ErrorCode::corrupt,
               record.error().message + (moved ? ": put its segment back" : "")};
}

Result<Decider::Sale> Decider::find_sale(const TransactionId& of) {
  Sale sale;
  if (of.empty()) return sale;
  auto known = find_id(of);
  if (!known) return known.error();
  if (!known.value()) return sale;
  auto record = find_record(*known.value());
  if (!record) return record.error();
  auto entry = ledger::decode_entry(*known.value(), record.value());
  if (!entry) return entry.error();
  if (const auto* so_far = unposted_.returned(entry.value().seq)) {
    sale.returned = *so_far;
  } else {
    auto posted = books_.returned(entry.value().seq);
    if (!posted) return posted.error();
    sale.returned = std::move(posted.value());
  }
  sale.entry = std::move(entry.value());
  return sale;
}

Result<ledger::Member*> Decider::hold(const MemberId& id) {
  if (ledger::Member* cached = cache_.find(id)) return cached;
  auto stored = books_.member(id);
  if (!stored) return stored.error();
  if (stored.value()) return &cache_.put(std::move(*stored.value()));
  // Not kept: an id somebody asks for costs no memory until it is a member's.
  nobody_ = ledger::Member();
  nobody_.id = id;
  return &nobody_;
}

ledger::Entry Decider::entry_of(const Received& received, Decision decision) const {
  const Transaction& transaction = received.transaction;
  ledger::Entry entry;
  entry.seq = next_after(last_);
  entry.id = transaction.id;
  entry.type = transaction.type;
  entry.member = transaction.member;
  entry.time = transaction.time;
  entry.store = transaction.store;
  entry.event = transaction.event;
  const bool of_goods =
      entry.type == TransactionType::sale || entry.type == TransactionType::goods_return;
  const bool unsaid = transaction.currency == Currency();
  entry.currency = of_goods && unsaid ? rules_->terms().currency : transaction.currency;
  entry.rule_set = rules_->hash_text();
  entry.of = transaction.of;
  if (transaction.type == TransactionType::sale) {
    entry.lines.reserve(transaction.lines.size());
    for (const Line& line : transaction.lines) {
      entry.lines.push_back({line.quantity.micros(), line.amount.minor()});
    }
  }
  entry.feed = received.origin.feed;
  entry.position = received.origin.position;
  entry.decision = std::move(decision);
  return entry;
}

void Decider::record(const ledger::Entry& entry, const Received& received, ledger::Member* member) {
  last_ = entry.seq;
  if (member) {
    const bool enrols = !member->exists();
    ledger::apply(entry, entry.type == TransactionType::member ? &received.transaction : nullptr,
                  *member);
    cache_.changed(enrols ? cache_.put(*member) : *member, entry.seq);
  }
  ledger::apply(entry, campaign_);
  std::string encoded = ledger::record_of(entry, received.bytes);
  on_record_(entry, encoded);
  unposted_.add(entry, std::move(encoded));
}

}  // namespace accrue::pipeline
