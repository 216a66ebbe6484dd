// What each stage of the road costs by itself, on one thread.
//
//   stages --plugins DIR --program DIR [--program DIR ...] [--folder F] [--members 100000]
//          [--transactions 120000] [--benchmark_filter=REGEX] [other options of Google Benchmark]
#include "stages.hpp"
#include "workshop.hpp"

#include <benchmark/benchmark.h>
#include <CLI/CLI.hpp>

#include <filesystem>

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  bench::Wanted wanted;
  wanted.folder = std::filesystem::temp_directory_path().string();
  CLI::App app("Measures each stage of the road by itself; also takes Google Benchmark's options");
  app.add_option("--plugins", wanted.plugins)->required()->check(CLI::ExistingDirectory);
  app.add_option("--program", wanted.programs, "Program folders; the first decides what is posted")
      ->required()
      ->check(CLI::ExistingDirectory);
  app.add_option("--folder", wanted.folder, "Where to write; on the disk that counts")
      ->take_last()
      ->check(CLI::ExistingDirectory);
  app.add_option("--members", wanted.members)->check(CLI::Range(1, 9'999'999));
  app.add_option("--transactions", wanted.transactions)->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  bench::Workshop::open(wanted);
  bench::register_decisions();
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  bench::Workshop::close();
}
