// The journal: groups of real records appended and synced, and a journal read again.
#include "journal/journal.hpp"

#include "journal/reader.hpp"
#include "ledger/entry.hpp"
#include "workshop.hpp"

#include <benchmark/benchmark.h>

namespace bench {
namespace {

using namespace accrue;

void append(benchmark::State& state) {
  auto& workshop = Workshop::get();
  const auto size = static_cast<std::size_t>(state.range(0));
  journal::Group group;
  workshop.sell(size, [&](std::string_view payload) { group.add(payload); });
  const auto folder = workshop.folder() / "append";
  {
    const auto writer = must(journal::Journal::open(folder));
    for ([[maybe_unused]] auto _ : state) must(writer->write(group));
  }
  std::filesystem::remove_all(folder);
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.counters["record_bytes"] = static_cast<double>(group.bytes()) / static_cast<double>(size);
}
BENCHMARK(append)
    ->Name("journal/append_and_sync")
    ->Arg(1)
    ->Arg(8)
    ->Arg(32)
    ->Arg(64)
    ->Arg(128)
    ->Arg(512)
    ->UseRealTime();

template <bool kDecode>
void scan(benchmark::State& state) {
  auto& workshop = Workshop::get();
  const auto& folder = workshop.journal();
  std::uint64_t records = 0;
  for ([[maybe_unused]] auto _ : state) {
    auto reader = must(journal::Reader::open(folder, Seq::none));
    for (records = 0;; ++records) {
      const auto record = must(reader.next());
      if (!record) break;
      if constexpr (kDecode) {
        const auto bytes = must(ledger::transaction_of(record->payload));
        benchmark::DoNotOptimize(must(ledger::decode_entry(record->seq, record->payload)));
        benchmark::DoNotOptimize(must(ledger::decode_transaction(bytes)));
      }
    }
  }
  if (records != workshop.wanted().transactions) stop("the journal was not read to its end");
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(records));
}
BENCHMARK(scan<false>)->Name("journal/scan")->Unit(benchmark::kMillisecond);
BENCHMARK(scan<true>)->Name("journal/scan_and_decode")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace bench
