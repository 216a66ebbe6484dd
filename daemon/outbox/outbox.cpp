#include "outbox/outbox.hpp"

#include "outbox/deliveries.hpp"
#include "store/keys.hpp"

#include <utility>

namespace accrue::outbox {
namespace {

using store::Table;

constexpr std::string_view kSettledUntil = "deliveries_settled";
constexpr std::size_t kCatchUpBatch = 10'000;

Error damaged(Table table) {
  return {ErrorCode::corrupt, "table " + std::string(store::name(table)) +
                                  " holds a key that is no notice; run accrue rebuild"};
}

/// Calls fn(key, value) for a notifier's pairs behind `after`, until it returns false.
template <class Fn>
Result<void> each(const store::Txn& txn, Table table, const OutboxKey& after, Fn&& fn) {
  bool bad = false;
  const std::string from = encode(after) + '\0';  // The least key behind it.
  const auto visit = [&](std::string_view bytes, std::string_view value) {
    auto key = decode(bytes);
    bad = !key;
    if (bad || key->notifier != after.notifier) return false;
    return fn(std::move(*key), value);
  };
  if (auto done = txn.scan(table, from, visit); !done) return done;
  if (bad) return damaged(table);
  return ok();
}

}  // namespace

std::string encode(const OutboxKey& key) {
  store::KeyWriter writer;
  writer.text(key.notifier).u64(value_of(key.seq)).u32(key.number);
  return std::string(writer.view());
}

std::optional<OutboxKey> decode(std::string_view bytes) {
  store::KeyReader reader(bytes);
  const auto notifier = reader.text();
  const auto seq = reader.u64();
  const auto number = reader.u32();
  if (!notifier || !seq || !number || !reader.rest().empty()) return std::nullopt;
  return OutboxKey{std::string(*notifier), static_cast<Seq>(*seq), *number};
}

Result<void> enqueue(store::WriteTxn& txn, Seq seq, std::span<const Notice> notices) {
  for (std::uint32_t number = 0; number < notices.size(); ++number) {
    for (const std::string& notifier : notices[number].to) {
      if (auto put = txn.put(Table::outbox, encode({notifier, seq, number}), ""); !put) return put;
    }
  }
  return ok();
}

Result<void> settle(store::WriteTxn& txn, std::span<const Outcome> outcomes) {
  auto until = settled_until(txn);
  if (!until) return until.error();
  Seq newest = until.value();
  for (const Outcome& outcome : outcomes) {
    const std::string key = encode(outcome.key);
    auto erased = txn.erase(Table::outbox, key);
    if (!erased) return erased.error();
    if (erased.value() && !outcome.delivered) {
      if (auto put = txn.put(Table::dead, key, outcome.reason); !put) return put;
    }
    newest = std::max(newest, outcome.log);
  }
  if (newest == until.value()) return ok();
  return txn.put(Table::meta, kSettledUntil, store::view(store::key_of(value_of(newest))));
}

Result<Seq> settled_until(const store::Txn& txn) {
  const auto stored = txn.get(Table::meta, kSettledUntil);
  if (!stored) return stored.error();
  if (!stored.value()) return Seq::none;
  const auto seq = store::KeyReader(*stored.value()).u64();
  if (!seq) return damaged(Table::meta);
  return static_cast<Seq>(*seq);
}

Result<std::vector<OutboxKey>> due(const store::Txn& txn, const OutboxKey& after,
                                   std::size_t limit) {
  std::vector<OutboxKey> found;
  if (limit == 0) return found;
  const auto walked = each(txn, Table::outbox, after, [&](OutboxKey key, std::string_view) {
    found.push_back(std::move(key));
    return found.size() < limit;
  });
  if (!walked) return walked.error();
  return found;
}

Result<std::uint64_t> count_due(const store::Txn& txn, OutboxKey& after) {
  std::uint64_t count = 0;
  OutboxKey last = after;
  const auto walked = each(txn, Table::outbox, after, [&](OutboxKey key, std::string_view) {
    ++count;
    last = std::move(key);
    return true;
  });
  if (!walked) return walked.error();
  after = std::move(last);
  return count;
}

Result<std::vector<Dead>> dead(const store::Txn& txn, const OutboxKey& after, std::size_t limit) {
  std::vector<Dead> found;
  if (limit == 0) return found;
  const auto walked = each(txn, Table::dead, after, [&](OutboxKey key, std::string_view reason) {
    found.push_back({std::move(key), std::string(reason)});
    return found.size() < limit;
  });
  if (!walked) return walked.error();
  return found;
}

Result<std::uint64_t> catch_up(store::Environment& store,
                               const std::filesystem::path& deliveries_folder) {
  Seq from = Seq::none;
  {
    auto snapshot = store.read();
    if (!snapshot) return snapshot.error();
    auto until = settled_until(snapshot.value());
    if (!until) return until.error();
    from = next_after(until.value());
  }
  std::uint64_t applied = 0;
  std::vector<Outcome> batch;
  const auto apply = [&]() -> Result<void> {
    if (batch.empty()) return ok();
    auto txn = store.write();
    if (!txn) return txn.error();
    if (auto settled = settle(txn.value(), batch); !settled) return settled;
    applied += std::exchange(batch, {}).size();
    return std::move(txn.value()).commit();
  };
  const auto replayed = replay_deliveries(deliveries_folder, from, [&](Outcome outcome) {
    batch.push_back(std::move(outcome));
    return batch.size() < kCatchUpBatch ? ok() : apply();
  });
  if (!replayed) return replayed.error();
  if (auto rest = apply(); !rest) return rest.error();
  return applied;
}

}  // namespace accrue::outbox
