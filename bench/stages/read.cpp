// Reading the posted ledger: members, statements, ids, each through a snapshot of its own as a
// request takes one.
#include "ledger/archive.hpp"
#include "ledger/books.hpp"
#include "workshop.hpp"

#include <benchmark/benchmark.h>

#include <random>

namespace bench {
namespace {

using namespace accrue;

/// Members that have bought something, in an order that no cache likes.
class Customers {
 public:
  explicit Customers(store::Environment& store) {
    const auto snapshot = must(store.read());
    must(ledger::each_member(snapshot, [&](const ledger::Member& member) {
      found_.push_back({member.id, member.last_entry});
      return true;
    }));
    std::shuffle(found_.begin(), found_.end(), std::mt19937_64(1));
  }
  const std::pair<MemberId, Seq>& next() { return found_[++at_ % found_.size()]; }

 private:
  std::vector<std::pair<MemberId, Seq>> found_;
  std::size_t at_ = 0;
};

void member(benchmark::State& state) {
  const auto store = Workshop::get().posted();
  Customers customers(*store);
  for ([[maybe_unused]] auto _ : state) {
    const auto snapshot = must(store->read());
    const auto found = must(ledger::find_member(snapshot, customers.next().first));
    if (!found) stop("a member is missing");
    benchmark::DoNotOptimize(found->lots.size());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(member)->Name("read/member");

void statement(benchmark::State& state) {
  const auto store = Workshop::get().posted();
  const auto archive = must(ledger::Archive::open(Workshop::get().journal()));
  Customers customers(*store);
  for ([[maybe_unused]] auto _ : state) {
    const auto found = must(archive->statement(customers.next().second, 20));
    if (found.entries.empty()) stop("a statement is empty");
    benchmark::DoNotOptimize(found.entries.size());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(statement)->Name("read/statement");

void id(benchmark::State& state) {
  const auto store = Workshop::get().posted();
  const auto count = Workshop::get().wanted().transactions;
  std::uint64_t receipt = 0;
  for ([[maybe_unused]] auto _ : state) {
    const auto snapshot = must(store->read());
    receipt = (receipt + 7919) % count;
    const auto name = TransactionId::trusted(Workshop::id_of(receipt));
    if (!must(ledger::find_id(snapshot, name))) stop("a transaction is missing");
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(id)->Name("read/id");

}  // namespace
}  // namespace bench
