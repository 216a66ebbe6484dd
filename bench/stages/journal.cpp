// The journal: groups of real records appended and synced, a journal read again, plain and packed,
// from end to end and by number.
#include "journal/journal.hpp"

#include "journal/lookup.hpp"
#include "journal/pack.hpp"
#include "journal/reader.hpp"
#include "ledger/entry.hpp"
#include "workshop.hpp"

#include <benchmark/benchmark.h>

#include <random>

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

/// The workshop's journal, closed and packed, whole.
const std::filesystem::path& packed_journal() {
  static std::filesystem::path folder;
  if (!folder.empty()) return folder;
  const auto& workshop = Workshop::get();
  folder = workshop.folder() / "packed";
  journal::Options options;
  options.segment_bytes = 1 << 20;
  const auto writer = must(journal::Journal::open(folder, options));
  auto reader = must(journal::Reader::open(Workshop::get().journal(), Seq::none));
  journal::Group group;
  for (bool more = true; more;) {
    const auto record = must(reader.next());
    more = record.has_value();
    if (more) group.add(record->payload);
    if (more && group.size() < 1000) continue;
    must(writer->write(group));
    group.clear();
  }
  for (const auto& segment : must(journal::packable(folder, writer->last()))) {
    must(journal::pack(segment, [] { return true; }));
  }
  return folder;
}

template <bool Decode, bool Packed>
void scan(benchmark::State& state) {
  auto& workshop = Workshop::get();
  const auto& folder = Packed ? packed_journal() : workshop.journal();
  std::uint64_t records = 0;
  for ([[maybe_unused]] auto _ : state) {
    auto reader = must(journal::Reader::open(folder, Seq::none));
    for (records = 0;; ++records) {
      const auto record = must(reader.next());
      if (!record) break;
      if constexpr (Decode) {
        const auto bytes = must(ledger::transaction_of(record->payload));
        benchmark::DoNotOptimize(must(ledger::decode_entry(record->seq, record->payload)));
        benchmark::DoNotOptimize(must(ledger::decode_transaction(bytes)));
      }
    }
  }
  if (records != workshop.wanted().transactions) stop("the journal was not read to its end");
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(records));
}
BENCHMARK(scan<false, false>)->Name("journal/scan")->Unit(benchmark::kMillisecond);
BENCHMARK(scan<true, false>)->Name("journal/scan_and_decode")->Unit(benchmark::kMillisecond);
BENCHMARK(scan<false, true>)->Name("journal/scan_packed")->Unit(benchmark::kMillisecond);
BENCHMARK(scan<true, true>)->Name("journal/scan_packed_and_decode")->Unit(benchmark::kMillisecond);

/// Any record, as an answer to a retry finds it; or a run of them, as a statement might.
template <bool Packed, bool Run>
void look_up(benchmark::State& state) {
  const auto& folder = Packed ? packed_journal() : Workshop::get().journal();
  auto lookup = must(journal::Lookup::open(folder));
  std::mt19937_64 random(1);
  std::uint64_t number = 0;
  for ([[maybe_unused]] auto _ : state) {
    number = Run ? number % Workshop::get().wanted().transactions + 1
                 : random() % Workshop::get().wanted().transactions + 1;
    benchmark::DoNotOptimize(must(lookup.find(Seq{number})).payload.data());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(look_up<false, false>)->Name("journal/look_up");
BENCHMARK(look_up<true, false>)->Name("journal/look_up_packed");
BENCHMARK(look_up<false, true>)->Name("journal/look_up_in_order");
BENCHMARK(look_up<true, true>)->Name("journal/look_up_packed_in_order");

void pack(benchmark::State& state) {
  const auto& journal = Workshop::get().journal();
  const auto folder = Workshop::get().folder() / "to_pack";
  std::uint64_t plain = 0, packed = 0;
  for ([[maybe_unused]] auto _ : state) {
    state.PauseTiming();
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const auto segment = must(journal::list_segments(journal)).front();
    std::filesystem::copy(segment.path, folder / segment.path.filename());
    {
      // One record more, in a segment of its own.
      journal::Options options;
      options.segment_bytes = 1;
      journal::Group group;
      group.add("the next segment");
      must(must(journal::Journal::open(folder, options))->write(group));
    }
    const auto all = must(journal::packable(folder, Seq{Workshop::get().wanted().transactions}));
    state.ResumeTiming();
    const auto done = must(journal::pack(all.front(), [] { return true; }));
    plain += done->plain_bytes;
    packed += done->packed_bytes;
  }
  std::filesystem::remove_all(folder);
  state.SetBytesProcessed(static_cast<std::int64_t>(plain));
  state.counters["ratio"] = static_cast<double>(plain) / static_cast<double>(packed);
}
BENCHMARK(pack)->Name("journal/pack")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace bench
