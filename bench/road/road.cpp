// `road`: puts load on accrued and tells how it bore it; see --help. Each thread has its own
// connections, requests and figures; the main thread only looks at what processes use.
#include "options.hpp"
#include "report.hpp"
#include "stream.hpp"

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <mutex>
#include <thread>

namespace {

using road::Clock;
using road::Job;
using road::Options;
using road::Plan;
using road::Window;

constexpr std::chrono::seconds kPatience{60};  // For answers after the last request.

/// `all` shared out between the threads, the first taking the rest.
template <class Number>
Number share(Number all, const Options& options, std::size_t thread) {
  const auto threads = static_cast<Number>(options.threads);
  return all / threads + (thread < all % threads ? 1 : 0);
}

std::vector<std::pair<std::string, Plan>> plan(const Options& options, std::size_t thread) {
  Plan first;
  first.port = options.port;
  first.connections = share(options.connections, options, thread);
  first.count = share(options.count, options, thread);
  first.rate = options.rate / static_cast<double>(options.threads);
  switch (options.job) {
    case Job::batch:
      first.kind = Plan::Kind::batch;
      first.batch_lines = options.batch_lines;
      first.rate /= static_cast<double>(options.batch_lines);
      return {{"batch", first}};
    case Job::reads:
      first.kind = Plan::Kind::read;
      return {{"reads", first}};
    case Job::mixed: {
      Plan sales = first;
      sales.connections = share(options.sale_connections, options, thread);
      first.kind = Plan::Kind::read;
      first.rate = 0;
      return {{"reads", first}, {"sales", sales}};
    }
    default:
      return {{"posts", first}};
  }
}

/// How many threads still run. Any thread.
class Running {
 public:
  explicit Running(std::size_t threads) : threads_(threads) {}
  void one_less() {
    const std::lock_guard lock(mutex_);
    --threads_;
    changed_.notify_all();
  }
  /// Until none runs, or until then.
  void wait_until(road::Moment then) {
    std::unique_lock lock(mutex_);
    changed_.wait_until(lock, then, [this] { return threads_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t threads_;
};

class Worker {
 public:
  Worker(const Options& options, std::size_t thread) : requests_(options, thread) {
    for (const auto& [name, planned] : plan(options, thread)) {
      // A thread with no share of a small count has nothing to do.
      const bool idle = options.count > 0 && planned.count == 0;
      streams_.emplace_back(
          name, idle ? nullptr : std::make_unique<road::Stream>(io_, planned, requests_));
    }
  }

  void connect() {
    for (const auto& [name, stream] : streams_) {
      const std::string trouble = stream ? stream->connect() : std::string();
      if (trouble.empty()) continue;
      std::fprintf(stderr, "road: cannot connect: %s\n", trouble.c_str());
      std::exit(2);
    }
  }

  void begin(road::Moment start, const Window& window, Running& running) {
    for (const auto& [name, stream] : streams_) {
      if (stream) stream->begin(start, window);
    }
    thread_ = std::thread([this, window, &running] {
      if (window.end == road::Moment::max()) {
        io_.run();
      } else {
        io_.run_until(window.end + kPatience);
      }
      running.one_less();
    });
  }

  void join() { thread_.join(); }

  void add_to(road::Report& report) {
    report.next_first = std::max(report.next_first, requests_.next_number());
    report.streams.resize(streams_.size());
    for (std::size_t i = 0; i < streams_.size(); ++i) {
      report.streams[i].first = streams_[i].first;
      if (streams_[i].second) report.streams[i].second.add(streams_[i].second->finish());
    }
  }

 private:
  boost::asio::io_context io_{1};
  road::Requests requests_;
  std::vector<std::pair<std::string, std::unique_ptr<road::Stream>>> streams_;
  std::thread thread_;
};

road::Report measure(const Options& options) {
  std::vector<std::unique_ptr<Worker>> workers;
  for (std::size_t i = 0; i < options.threads; ++i) {
    workers.push_back(std::make_unique<Worker>(options, i));
    workers.back()->connect();
  }
  const auto seconds = [](double value) {
    return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(value));
  };
  const road::Moment start = Clock::now() + std::chrono::milliseconds(20);
  Window window{start + seconds(options.warmup)};
  if (options.count == 0) window.end = window.begin + seconds(options.seconds);
  Running running(workers.size());
  for (const auto& worker : workers) worker->begin(start, window, running);

  std::this_thread::sleep_until(window.begin);
  const road::Usage own = road::own_usage();
  const road::Usage daemon = road::usage_of(options.pid);
  // A count has no end but its last answer. Nothing runs on when all connections are lost.
  running.wait_until(options.count == 0 ? window.end : start + std::chrono::hours(24));
  road::Report report;
  report.own_cpu_seconds = road::own_usage().cpu_seconds - own.cpu_seconds;
  report.sees_daemon = options.pid > 0;
  report.daemon = road::usage_of(options.pid);
  report.daemon_cpu_seconds = report.daemon.cpu_seconds - daemon.cpu_seconds;
  for (const auto& worker : workers) {
    worker->join();
    worker->add_to(report);
  }
  road::Moment end = window.begin;
  for (const auto& [name, tally] : report.streams) end = std::max(end, tally.last);
  if (options.count == 0) end = window.end;
  report.seconds = std::chrono::duration<double>(end - window.begin).count();
  return report;
}

int write_file(const Options& options) {
  constexpr std::size_t kBlock = std::size_t{1} << 20;
  Options one_thread = options;
  one_thread.threads = 1;
  road::Requests requests(one_thread, 0);
  std::ofstream out(options.file, std::ios::binary | std::ios::trunc);
  std::string block;
  for (std::uint64_t i = 0; i < options.count; ++i) {
    requests.add_line(block);
    if (block.size() < kBlock && i + 1 < options.count) continue;
    out << block;
    block.clear();
  }
  if (out.flush()) return 0;
  std::fprintf(stderr, "road: cannot write %s\n", options.file.c_str());
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = road::read_options(argc, argv);
  if (options.job == Job::write) return write_file(options);
  const road::Report report = measure(options);
  std::fputs((options.json ? as_json(report) : as_text(report)).c_str(), stdout);
  bool fine = true;
  for (const auto& [name, tally] : report.streams) fine = fine && tally.fine();
  return fine ? 0 : 1;
}
