// What came of a stream of requests. One thread; added up when the threads are done.
#pragma once

#include "histogram.hpp"

#include <chrono>
#include <cstdint>
#include <map>

namespace road {

using Clock = std::chrono::steady_clock;
using Moment = Clock::time_point;

/// What of a run is measured.
struct Window {
  Moment begin;
  Moment end = Moment::max();  ///< Or until all of a count are answered.
  bool holds(Moment moment) const { return begin <= moment && moment < end; }
};

struct Tally {
  Histogram latency;       ///< Of requests that began in the window.
  Histogram lateness;      ///< Open loop: of those, from due to sent.
  std::uint64_t done = 0;  ///< Transactions or reads that were well answered within the window.
  Moment last{};           ///< When the last of them was.
  // Of the whole run, what precedes the window included.
  std::map<int, std::uint64_t> refused;  ///< Requests by HTTP status.
  std::uint64_t not_posted = 0;          ///< Transactions answered 200, but not "posted".
  std::uint64_t broken = 0;              ///< Connections that were lost.
  std::uint64_t unanswered = 0;          ///< Requests.

  bool fine() const { return refused.empty() && not_posted + broken + unanswered == 0; }

  void add(const Tally& other) {
    latency.add(other.latency);
    lateness.add(other.lateness);
    done += other.done;
    last = std::max(last, other.last);
    for (const auto& [status, count] : other.refused) refused[status] += count;
    not_posted += other.not_posted;
    broken += other.broken;
    unanswered += other.unanswered;
  }
};

}  // namespace road
