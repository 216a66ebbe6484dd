// How much the whole road costs beside merely decoding: a feed file is decoded by the codec alone,
// then played through accrued until everything is journalled and posted. Prints medians of both,
// their ratio, and accrued's peak memory.
//
//   bench/year FEED.ndjson ACCRUED PLUGINS PROGRAM [runs]
#include "host/plugin_objects.hpp"
#include "host/plugin_set.hpp"

#include <accrue/plugin.hpp>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Seconds = std::chrono::duration<double>;

class Silent : public accrue::Log {
 public:
  void write(accrue::LogLevel, std::string_view) override {}
};

[[noreturn]] void fail(const std::string& why) {
  std::fprintf(stderr, "bench/year: %s\n", why.c_str());
  std::exit(2);
}

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) fail("cannot read " + file.string());
  return std::string(std::istreambuf_iterator<char>(in), {});
}

/// Frames and decodes the whole feed. The number of transactions and of basket lines.
std::pair<std::size_t, std::size_t> decode(const accrue::Codec& codec, const std::string& feed) {
  std::size_t transactions = 0;
  std::size_t lines = 0;
  const auto framer = codec.framer();
  for (std::string_view rest = feed;;) {
    auto frame = framer->next(rest, true);
    if (!frame) fail(frame.error().message);
    if (frame.value().consumed == 0 && !frame.value().message) break;
    rest.remove_prefix(frame.value().consumed);
    if (!frame.value().message) continue;
    accrue::RawMessage message;
    message.bytes = std::move(*frame.value().message);
    const auto transaction = codec.decode(message);
    if (!transaction) fail(transaction.error().message);
    ++transactions;
    lines += transaction.value().lines.size();
  }
  return {transactions, lines};
}

struct Run {
  double seconds = 0;
  double peak_mib = 0;
};

Run play(const std::vector<std::string>& command, const fs::path& data) {
  fs::remove_all(data);
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const auto begun = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) {
    execv(arguments[0], arguments.data());
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  if (wait4(child, &status, 0, &usage) != child || status != 0)
    fail("accrued did not play the feed");
  return {Seconds(std::chrono::steady_clock::now() - begun).count(),
          static_cast<double>(usage.ru_maxrss) / 1024};
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) fail("usage: year FEED.ndjson ACCRUED PLUGINS PROGRAM [runs]");
  const fs::path feed_file = fs::absolute(argv[1]);
  const int runs = argc > 5 ? std::atoi(argv[5]) : 5;
  auto plugins = accrue::host::PluginSet::load(argv[3]);
  if (!plugins) fail(plugins.error().message);
  const auto* library = plugins.value().find(ACCRUE_CODEC, "json");
  if (!library) fail("there is no codec plugin json");
  Silent log;
  auto codec = accrue::host::make_codec(
      *library, std::make_shared<accrue::host::ContextBox>("json", accrue::Settings(), log));
  if (!codec) fail(codec.error().message);

  const fs::path folder = fs::temp_directory_path() / ("accrue-bench-" + std::to_string(getpid()));
  fs::create_directories(folder);
  const fs::path config = folder / "accrued.yaml";
  std::ofstream(config)
      << "data: { folder: " << folder / "data"
      << " }\nprogram: { folder: " << fs::absolute(argv[4])
      << " }\nplugins: { folder: " << fs::absolute(argv[3])
      << " }\nhttp: { listen: \"127.0.0.1:0\" }\nticks: { source: feed }\n"
      << "log: { level: warning }\nstore: { allow_any_filesystem: true }\n"
      << "feeds:\n  - { name: year, plugin: file, codec: json, quiet_ms: 0, path: " << feed_file
      << " }\n";
  const std::string feed = read(feed_file);
  std::vector<double> decoding, playing, peaks;
  std::pair<std::size_t, std::size_t> counts;
  for (int run = 0; run < runs; ++run) {
    const auto begun = std::chrono::steady_clock::now();
    counts = decode(*codec.value(), feed);
    decoding.push_back(Seconds(std::chrono::steady_clock::now() - begun).count());
    const Run played = play({argv[2], "--config", config.string(), "--until-fed"}, folder / "data");
    playing.push_back(played.seconds);
    peaks.push_back(played.peak_mib);
  }
  fs::remove_all(folder);
  const double decoded = median(decoding);
  const double played = median(playing);
  std::printf("feed: %zu transactions, %zu lines, %.1f MB; medians of %d runs\n", counts.first,
              counts.second, static_cast<double>(feed.size()) / 1e6, runs);
  std::printf("decoding alone: %.3f s (%.0f MB/s)\n", decoded,
              static_cast<double>(feed.size()) / 1e6 / decoded);
  std::printf("through accrued, journalled and posted: %.3f s (%.0f transactions/s)\n", played,
              static_cast<double>(counts.first) / played);
  std::printf("ratio: %.2f\npeak memory: %.0f MiB\n", played / decoded,
              *std::max_element(peaks.begin(), peaks.end()));
}
