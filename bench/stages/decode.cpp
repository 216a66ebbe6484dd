// From bytes to a transaction that is ready to be decided: work of the threads before the
// sequencer.
#include "ledger/entry.hpp"
#include "pipeline/decoder.hpp"
#include "workshop.hpp"

#include <benchmark/benchmark.h>

namespace bench {
namespace {

accrue::RawMessage basket() {
  accrue::RawMessage message;
  message.bytes = Workshop::sale(1, 1);
  return message;
}

void decode(benchmark::State& state) {
  const auto& codec = Workshop::get().codec();
  const auto message = basket();
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(codec.decode(message));
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(message.bytes.size()));
}
BENCHMARK(decode)->Name("decode/json");

/// Also the bytes for the journal and the fingerprint by which a retry is known.
void receive(benchmark::State& state) {
  const accrue::pipeline::Decoder decoder({Workshop::get().codec(), nullptr, {}});
  const auto message = basket();
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(decoder.decode(message, ""));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(receive)->Name("decode/ready_to_decide");

void frame(benchmark::State& state) {
  std::string text;
  for (std::uint64_t i = 0; i < 1000; ++i) text += Workshop::sale(i, 1) + '\n';
  for ([[maybe_unused]] auto _ : state) {
    const auto framer = Workshop::get().codec().framer();
    std::string_view rest = text;
    for (;;) {
      auto frame = must(framer->next(rest, true));
      if (frame.consumed == 0 && !frame.message) break;
      rest.remove_prefix(frame.consumed);
      benchmark::DoNotOptimize(frame.message);
    }
  }
  state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(frame)->Name("decode/framing");

}  // namespace
}  // namespace bench
