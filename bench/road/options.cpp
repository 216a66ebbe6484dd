#include "options.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>

namespace road {
namespace {

const char* const kAbout =
    "A load generator for accrued: keep-alive connections that post baskets of an invented grocer "
    "or "
    "read members, in a closed loop (send, wait, send) or, with --rate, in an open one, where "
    "latency counts from the moment a request was due. Exit codes: 0 fine, 1 some answer was an "
    "error or is missing, 2 the run could not be made.";

void add_jobs(CLI::App& app, Options& options) {
  auto* jobs = app.add_option_group("job", "What to do")->require_option(1);
  const auto job = [&](const char* name, Job value, const char* about) {
    jobs->add_flag_callback(
        name, [&options, value] { options.job = value; }, about);
  };
  job("--posts", Job::posts, "One sale a request");
  job("--batch", Job::batch, "NDJSON batches of sales");
  job("--reads", Job::reads, "GET /v1/members/{id}");
  job("--mixed", Job::mixed, "Reads in a closed loop beside sales at --rate");
  jobs->add_option("--write", options.file, "Write --count sales to this file, as NDJSON");
}

void add_load(CLI::App& app, Options& options) {
  app.add_option("--port", options.port, "Where accrued listens, on 127.0.0.1");
  app.add_option("--connections", options.connections, "Connections")->capture_default_str();
  app.add_option("--sale-connections", options.sale_connections,
                 "--mixed: connections of the sales")
      ->capture_default_str();
  app.add_option("--rate", options.rate, "Requests a second (open loop); --batch: transactions");
  app.add_option("--seconds", options.seconds, "How long to measure");
  app.add_option("--count", options.count, "How many transactions or reads to measure");
  app.add_option("--warmup", options.warmup, "Seconds before that");
  app.add_option("--threads", options.threads, "Threads of the generator")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  app.add_option("--batch-lines", options.batch_lines, "Transactions of a batch")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--pid", options.pid, "Of accrued: also tell its CPU and memory");
  app.add_flag("--json", options.json, "Print one JSON object");
}

void add_sales(CLI::App& app, Options& options) {
  app.add_option("--members", options.members, "How many members there are")
      ->check(CLI::Range(1, 10'000'000))
      ->capture_default_str();
  app.add_option("--zipf", options.zipf, "Draw members by Zipf's law with this exponent")
      ->check(CLI::Range(0.01, 4.0));
  app.add_flag("--in-turn", options.in_turn, "Each member in turn instead of drawing");
  app.add_option("--lines", options.lines, "Lines of a basket")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  app.add_option("--first", options.first, "Running number of the first receipt")
      ->capture_default_str();
  app.add_option("--day", options.day, "Day of the first sale")->capture_default_str();
  app.add_option("--seed", options.seed, "Of what is drawn")->capture_default_str();
}

const char* wrong_with(const Options& options) {
  const bool writes = options.job == Job::write;
  if (!writes && options.port == 0) return "--port is missing";
  if (writes && options.count == 0) return "--write needs --count";
  if ((options.seconds > 0) == (options.count > 0)) return "give either --seconds or --count";
  if (options.rate < 0 || options.seconds < 0 || options.warmup < 0) return "no negative times";
  if (options.job == Job::mixed && (options.rate <= 0 || options.seconds <= 0)) {
    return "--mixed needs --rate and --seconds";
  }
  if (options.job == Job::mixed && options.sale_connections < options.threads) {
    return "each thread needs one of the --sale-connections";
  }
  if (!writes && options.connections < options.threads) return "each thread needs a connection";
  return nullptr;
}

}  // namespace

Options read_options(int argc, char** argv) {
  Options options;
  CLI::App app(kAbout);
  add_jobs(app, options);
  add_load(app, options);
  add_sales(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::exit(app.exit(error) == 0 ? 0 : 2);
  }
  if (!options.file.empty()) options.job = Job::write;
  if (const char* wrong = wrong_with(options)) {
    std::fprintf(stderr, "road: %s; see --help\n", wrong);
    std::exit(2);
  }
  return options;
}

}  // namespace road
