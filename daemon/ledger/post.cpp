#include "ledger/post.hpp"

#include "ledger/keys.hpp"

#include <algorithm>
#include <iterator>

namespace accrue::ledger {

using store::Table;

namespace {

/// A member's value holds no more; about 2 KiB, which LMDB still keeps in a page with others.
constexpr std::size_t kMostHeldLots = 32;

}  // namespace

Result<Posting> Posting::begin(store::WriteTxn& txn) {
  Posting posting(txn);
  auto reached = ledger::applied(txn);
  if (!reached) return reached.error();
  posting.applied_ = std::move(reached.value());
  auto sums = ledger::totals(txn);
  if (!sums) return sums.error();
  posting.totals_ = std::move(sums.value());
  return posting;
}

Result<Entry> Posting::add(Seq seq, std::string_view payload, std::string_view chain) {
  if (seq != next_after(applied_.seq)) {
    return Error{ErrorCode::corrupt,
                 "the ledger is posted up to " + std::to_string(value_of(applied_.seq)) +
                     " but the journal goes on with " + std::to_string(value_of(seq))};
  }
  auto entry = decode_entry(seq, payload);
  if (!entry) return entry.error();
  store::KeyWriter place;
  place.short_number(value_of(seq));
  if (auto put = txn_->put(Table::ids, entry.value().id.text(), place.view()); !put)
    return put.error();
  if (auto posted = add_to_member(entry.value(), payload); !posted) return posted.error();
  if (auto posted = add_returns(entry.value()); !posted) return posted.error();
  if (auto posted = add_watches(entry.value()); !posted) return posted.error();
  if (!entry.value().feed.empty()) {
    store::KeyWriter position;
    position.u64(entry.value().position.message).raw(entry.value().position.source);
    if (auto put = txn_->put(Table::feeds, entry.value().feed, position.view()); !put)
      return put.error();
  }
  applied_.seq = seq;
  applied_.chain = chain;
  ++records_;
  return entry;
}

Result<Posting::Held*> Posting::hold(const MemberId& id) {
  const auto known = members_.find(id);
  if (known != members_.end()) return &known->second;
  auto stored = find_member(*txn_, id);
  if (!stored) return stored.error();
  Held held;
  if (stored.value()) {
    held.member = std::move(*stored.value());
    held.due_before = held.member.due_at();
  }
  return &members_.emplace(id, std::move(held)).first->second;
}

Result<void> Posting::add_to_member(const Entry& entry, std::string_view record) {
  std::vector<Points> deficits;
  if (!entry.member.empty()) {
    auto held = hold(entry.member);
    if (!held) return held.error();
    Member& member = held.value()->member;
    for (const BalanceChange& change : entry.decision.balances) {
      deficits.push_back(member.deficit(change.currency));
    }
    std::optional<Transaction> profile;
    if (entry.type == TransactionType::member) {
      const auto transaction = transaction_of(record);
      if (!transaction) return transaction.error();
      auto decoded = decode_transaction(transaction.value());
      if (!decoded) return decoded.error();
      profile = std::move(decoded.value());
    }
    apply(entry, profile ? &*profile : nullptr, member, &held.value()->changed);
  }
  totals_.add(entry, deficits);
  apply(entry, campaign_);
  return ok();
}

Result<void> Posting::add_returns(const Entry& entry) {
  if (entry.decision.returned.empty()) return ok();
  auto sale = find_id(*txn_, entry.of);
  if (!sale) return sale.error();
  if (!sale.value())
    return Error{ErrorCode::corrupt, "a posted return names a sale that is not posted"};
  auto back = returned(*txn_, *sale.value());
  if (!back) return back.error();
  for (const ReturnedLine& line : entry.decision.returned)
    back.value()[line.line] += line.quantity_micros;
  std::string value;
  for (const auto& [line, quantity] : back.value()) {
    store::KeyWriter part;
    part.u32(line).u64(static_cast<std::uint64_t>(quantity));
    value += part.view();
  }
  const auto key = store::key_of(value_of(*sale.value()));
  return txn_->put(Table::returns, store::view(key), value);
}

/// A mark without a member says whether the history of a watch is complete (pipeline/backfill).
Result<void> Posting::add_watches(const Entry& entry) {
  if (!entry.member.empty()) return ok();
  for (const HistoryMark& mark : entry.decision.history) {
    const std::string key = watch_key(mark.watch);
    if (mark.last == Timestamp()) {
      if (auto erased = txn_->erase(Table::meta, key); !erased) return erased.error();
    } else if (auto put = txn_->put(Table::meta, key, "complete"); !put) {
      return put.error();
    }
  }
  return ok();
}

/// A value that holds all lots of a member who never spends would be written ever longer: the older
/// ones are put into rows of their own, which change when their points are spent or lapse.
void Posting::shelve(Held& held) {
  Member& member = held.member;
  std::vector<Seq> opened;
  for (const Lot& lot : member.lots) {
    if (lot.seq > member.shelved) opened.push_back(lot.seq);
  }
  if (opened.size() <= kMostHeldLots) return;
  const auto last = opened.end() - static_cast<std::ptrdiff_t>(kMostHeldLots / 2) - 1;
  std::nth_element(opened.begin(), last, opened.end());
  member.shelved = *last;
  std::copy_if(opened.begin(), last + 1, std::back_inserter(held.changed),
               [&](Seq seq) { return seq <= member.shelved; });
}

Result<void> Posting::write_lots(const MemberId& id, Held& held) {
  auto& changed = held.changed;
  std::sort(changed.begin(), changed.end());
  changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
  std::vector<Lot> left;
  for (const Seq opened_by : changed) {
    if (opened_by > held.member.shelved) break;  // In the member's value.
    left.clear();
    std::copy_if(held.member.lots.begin(), held.member.lots.end(), std::back_inserter(left),
                 [&](const Lot& lot) { return lot.seq == opened_by; });
    const store::KeyWriter name = lot_key(id, opened_by);
    if (left.empty()) {
      if (auto erased = txn_->erase(Table::lots, name.view()); !erased) return erased.error();
    } else if (auto put = txn_->put(Table::lots, name.view(), encode(left)); !put) {
      return put.error();
    }
  }
  return ok();
}

Result<void> Posting::write_member(const MemberId& id, Held& held) {
  shelve(held);
  if (auto put = txn_->put(Table::members, id.text(), encode(held.member)); !put)
    return put.error();
  if (auto written = write_lots(id, held); !written) return written.error();
  const auto due = held.member.due_at();
  if (due == held.due_before) return ok();
  if (held.due_before) {
    auto erased = txn_->erase(Table::due, due_key(*held.due_before, id).view());
    if (!erased) return erased.error();
  }
  if (due) return txn_->put(Table::due, due_key(*due, id).view(), "");
  return ok();
}

Result<void> Posting::finish() {
  for (auto& [id, held] : members_) {
    if (auto written = write_member(id, held); !written) return written.error();
  }
  for (const auto& [name, added] : campaign_) {
    const auto key = budget_key(name.first, name.second);
    auto before = txn_->get(Table::budgets, key.view());
    if (!before) return before.error();
    store::KeyReader used(before.value().value_or(std::string_view()));
    const std::int64_t points = static_cast<std::int64_t>(used.u64().value_or(0)) + added.points;
    const std::int64_t times = static_cast<std::int64_t>(used.u64().value_or(0)) + added.times;
    store::KeyWriter value;
    value.u64(static_cast<std::uint64_t>(points)).u64(static_cast<std::uint64_t>(times));
    if (auto put = txn_->put(Table::budgets, key.view(), value.view()); !put) return put.error();
  }
  store::KeyWriter reached;
  reached.u64(value_of(applied_.seq)).raw(applied_.chain);
  if (auto put = txn_->put(Table::meta, kApplied, reached.view()); !put) return put.error();
  return txn_->put(Table::meta, kTotals, encode(totals_));
}

}  // namespace accrue::ledger
