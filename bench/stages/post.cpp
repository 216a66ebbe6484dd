// Posting: a journal of sales into an empty store, in the poster's own commits.
#include "pipeline/poster.hpp"
#include "workshop.hpp"

#include <benchmark/benchmark.h>

namespace bench {
namespace {

using namespace accrue;

void post(benchmark::State& state) {
  auto& workshop = Workshop::get();
  const auto& journal = workshop.journal();
  const auto last = static_cast<Seq>(workshop.wanted().transactions);
  const auto folder = workshop.folder() / "post";
  store::Options options;
  options.allow_any_filesystem = true;
  for ([[maybe_unused]] auto _ : state) {
    state.PauseTiming();
    std::filesystem::remove_all(folder);
    {
      const auto store = must(store::Environment::open(folder, options));
      state.ResumeTiming();
      must(pipeline::post_journal(*store, journal, last, {}));
      state.PauseTiming();
      const auto snapshot = must(store->read());
      if (must(ledger::applied(snapshot)).seq != last)
        stop("the journal was not posted to its end");
      const auto stats = must(store->stats());
      state.counters["store_bytes"] = static_cast<double>(stats.used_bytes) /
                                      static_cast<double>(workshop.wanted().transactions);
    }
    state.ResumeTiming();
  }
  std::filesystem::remove_all(folder);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(value_of(last)));
}
BENCHMARK(post)->Name("post/into_empty_store")->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace bench
