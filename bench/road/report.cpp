#include "report.hpp"

#include <fmt/format.h>

namespace road {
namespace {

double per_second(const Tally& tally, double seconds) {
  return seconds > 0 ? static_cast<double>(tally.done) / seconds : 0;
}

double mib(std::uint64_t kib) { return static_cast<double>(kib) / 1024; }

double micros(std::uint64_t nanos) { return static_cast<double>(nanos) / 1e3; }

std::string times_json(const Histogram& times) {
  return fmt::format(
      R"({{"requests":{},"p50":{:.1f},"p90":{:.1f},"p99":{:.1f},"p999":{:.1f},"max":{:.1f}}})",
      times.total(), micros(times.quantile(0.5)), micros(times.quantile(0.9)),
      micros(times.quantile(0.99)), micros(times.quantile(0.999)), micros(times.max()));
}

std::string times_text(const char* name, const Histogram& times) {
  return fmt::format(
      "  {:<10} p50 {:>9.0f} us  p99 {:>9.0f} us  p99.9 {:>9.0f} us  max {:>9.0f} us\n", name,
      micros(times.quantile(0.5)), micros(times.quantile(0.99)), micros(times.quantile(0.999)),
      micros(times.max()));
}

std::string refused_json(const Tally& tally) {
  std::string text = "{";
  for (const auto& [status, count] : tally.refused) {
    text += fmt::format("{}\"{}\":{}", text.size() > 1 ? "," : "", status, count);
  }
  return text + "}";
}

}  // namespace

std::string as_json(const Report& report) {
  std::string text = fmt::format(R"({{"seconds":{:.3f},"next_first":{},"own_cpu_seconds":{:.3f})",
                                 report.seconds, report.next_first, report.own_cpu_seconds);
  if (report.sees_daemon) {
    text += fmt::format(R"(,"daemon":{{"cpu_seconds":{:.3f},"rss_mib":{:.1f},"own_rss_mib":{:.1f},)"
                        R"("peak_mib":{:.1f}}})",
                        report.daemon_cpu_seconds, mib(report.daemon.rss_kib),
                        mib(report.daemon.anonymous_kib), mib(report.daemon.peak_kib));
  }
  for (const auto& [name, tally] : report.streams) {
    text += fmt::format(R"(,"{}":{{"done":{},"per_second":{:.1f},"latency_us":{},"lateness_us":{},)"
                        R"("refused":{},"not_posted":{},"broken":{},"unanswered":{}}})",
                        name, tally.done, per_second(tally, report.seconds),
                        times_json(tally.latency), times_json(tally.lateness), refused_json(tally),
                        tally.not_posted, tally.broken, tally.unanswered);
  }
  return text + "}\n";
}

std::string as_text(const Report& report) {
  std::string text;
  for (const auto& [name, tally] : report.streams) {
    text += fmt::format("{}: {} in {:.2f} s, {:.0f}/s\n", name, tally.done, report.seconds,
                        per_second(tally, report.seconds));
    text += times_text("latency", tally.latency);
    if (tally.lateness.total() > 0) text += times_text("sent late", tally.lateness);
    for (const auto& [status, count] : tally.refused) {
      text += fmt::format("  status {}: {}\n", status, count);
    }
    if (!tally.fine()) {
      text += fmt::format("  not posted {}, connections lost {}, unanswered {}\n", tally.not_posted,
                          tally.broken, tally.unanswered);
    }
  }
  text += fmt::format("generator: {:.2f} s of CPU\n", report.own_cpu_seconds);
  if (report.sees_daemon) {
    text += fmt::format(
        "daemon: {:.2f} s of CPU, {:.0f} MiB ({:.0f} without files), at most {:.0f} MiB\n",
        report.daemon_cpu_seconds, mib(report.daemon.rss_kib), mib(report.daemon.anonymous_kib),
        mib(report.daemon.peak_kib));
  }
  return text;
}

}  // namespace road
