#include "pipeline/backfill.hpp"

#include "engine/watch.hpp"
#include "journal/reader.hpp"
#include "pipeline/road.hpp"

#include <algorithm>
#include <future>
#include <map>

namespace accrue::pipeline {
namespace {

using Marks = std::map<MemberId, std::map<std::uint64_t, Timestamp>>;

/// Members whose marks are recorded between two transactions: few, so that tills do not wait.
constexpr std::size_t kSlice = 200;

/// Runs on the sequencer's thread and waits until its effects are durable.
Result<Seq> between_transactions(Road& road, std::function<Result<void>(Decider&)> act) {
  auto reached = std::make_shared<std::promise<Result<Seq>>>();
  auto future = reached->get_future();
  const bool queued = road.queue().push_interlude([&act, reached](Decider& decider) {
    const auto acted = act(decider);
    const Result<Seq> result = acted ? Result<Seq>(decider.last()) : Result<Seq>(acted.error());
    return std::function<void()>([reached, result] { reached->set_value(result); });
  });
  if (!queued) return Error{ErrorCode::retry_later, "the daemon is stopping"};
  return future.get();
}

Result<void> scan(const std::filesystem::path& journal, Seq until,
                  const std::vector<engine::WatchedItems>& watches, Marks& marks) {
  if (until == Seq::none) return ok();
  auto reader = journal::Reader::open(journal, Seq::none);
  if (!reader) return reader.error();
  for (Seq at = Seq::none; at < until;) {
    auto record = reader.value().next();
    if (!record) return record.error();
    if (!record.value())
      return Error{ErrorCode::corrupt, "the journal ends before its newest record"};
    at = record.value()->seq;
    const auto bytes = ledger::transaction_of(record.value()->payload);
    if (!bytes) return bytes.error();
    auto transaction = ledger::decode_transaction(bytes.value());
    if (!transaction) return transaction.error();
    if (transaction.value().member.empty()) continue;
    for (const HistoryMark& mark : engine::marks_of(transaction.value(), watches)) {
      Timestamp& last = marks[transaction.value().member][mark.watch];
      last = std::max(last, mark.last);
    }
  }
  return ok();
}

Result<void> record_marks(Road& road, const Marks& marks, Seq until) {
  const std::string suffix = ':' + std::to_string(value_of(until));
  for (auto next = marks.begin(); next != marks.end();) {
    auto recorded = between_transactions(road, [&](Decider& decider) -> Result<void> {
      for (std::size_t i = 0; i < kSlice && next != marks.end(); ++i, ++next) {
        std::vector<HistoryMark> found;
        Timestamp latest{};
        for (const auto& [watch, last] : next->second) {
          found.push_back({watch, last});
          latest = std::max(latest, last);
        }
        auto marked = decider.mark("~history:" + next->first.text() + suffix, next->first, latest,
                                   std::move(found));
        if (!marked) return marked.error();
      }
      return ok();
    });
    if (!recorded) return recorded.error();
  }
  return ok();
}

/// Which watches' history becomes complete, and which is kept no more: at time 0.
std::vector<HistoryMark> flags(const std::vector<engine::WatchedItems>& missing,
                               const std::vector<std::uint64_t>& obsolete) {
  std::vector<HistoryMark> result;
  result.reserve(missing.size() + obsolete.size());
  for (const auto& watch : missing)
    result.push_back({watch.id, Timestamp(std::chrono::milliseconds(1))});
  for (const std::uint64_t watch : obsolete) result.push_back({watch, Timestamp()});
  return result;
}

/// Members keep what they have: a program may stop awarding a points currency, not forget it.
Result<void> check_owed(const engine::RuleSet& rules, const ledger::Totals& totals) {
  const auto& known = rules.terms().currencies;
  for (const ledger::Balance& owed : totals.currencies) {
    const bool kept = std::any_of(known.begin(), known.end(), [&](const PointsCurrency& currency) {
      return currency.name == owed.currency;
    });
    if (kept || owed.available() == Points()) continue;
    return Error{ErrorCode::reject_input,
                 "members hold " + std::to_string(owed.available().count()) + " points of \"" +
                     owed.currency + "\", which the program no longer has: keep it under " +
                     "currencies in program.yaml, without rules, until they are used or lapsed"};
  }
  return ok();
}

Result<void> check_money(const engine::RuleSet& before, const engine::RuleSet& next) {
  const Currency was = before.terms().currency;
  if (was == next.terms().currency) return ok();
  return Error{ErrorCode::reject_input,
               "the program counts in " + std::string(next.terms().currency.code()) +
                   " but what it was counted in so far is " + std::string(was.code()) +
                   ": a program keeps its money; begin another with a data folder of its own"};
}

}  // namespace

Result<void> complete_history(Road& road, const std::filesystem::path& journal,
                              std::shared_ptr<const engine::RuleSet> rules) {
  if (auto kept = check_owed(*rules, road.totals()); !kept) return kept;
  auto txn = road.store()->read();
  if (!txn) return txn.error();
  auto complete = ledger::watched(txn.value());
  if (!complete) return complete.error();
  std::vector<engine::WatchedItems> missing;
  std::vector<std::uint64_t> obsolete = complete.value();
  for (const engine::WatchedItems& watch : rules->watches()) {
    if (std::erase(obsolete, watch.id) == 0) missing.push_back(watch);
  }
  Marks marks;
  auto since = between_transactions(road, [&](Decider& decider) -> Result<void> {
    if (auto same = check_money(*decider.rules(), *rules); !same) return same;
    decider.also_watch(missing);
    return ok();
  });
  if (!since) return since.error();
  if (!missing.empty()) {
    if (auto scanned = scan(journal, since.value(), missing, marks); !scanned) return scanned;
    if (auto recorded = record_marks(road, marks, since.value()); !recorded) return recorded;
  }
  auto used = between_transactions(road, [&](Decider& decider) -> Result<void> {
    if (const auto changed = flags(missing, obsolete); !changed.empty()) {
      const std::string id = "~history::" + std::to_string(value_of(decider.last()));
      if (auto marked = decider.mark(id, MemberId(), Timestamp(), changed); !marked) return marked;
    }
    decider.also_watch({});
    decider.use(rules);
    return ok();
  });
  if (!used) return used.error();
  // The next activation reads from the ledger what is complete: let it be posted.
  while (road.applied() < used.value()) road.wait_applied(road.applied());
  return ok();
}

}  // namespace accrue::pipeline
