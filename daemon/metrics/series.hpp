// What a metric is made of: a table of series, one for each combination of label values, and the
// handles that count in them. Any thread may look up and count at any time without a lock; only the
// first sight of new label values takes one. Handles stay valid as long as their Metrics.
#pragma once

#include "metrics/names.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <initializer_list>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace accrue::metrics {

/// One line (or one histogram) of the output.
struct Series {
  Series(std::vector<std::string> label_values, std::size_t buckets)
      : labels(std::move(label_values)), counts(buckets) {}
  const std::vector<std::string> labels;
  std::atomic<std::int64_t> value{0};              ///< Count, level, or a histogram's sum.
  std::vector<std::atomic<std::uint64_t>> counts;  ///< Histograms: one for each bound, and +Inf.
};

/// Counts up. One made by default counts nowhere.
class Counter {
 public:
  Counter() = default;
  explicit Counter(Series& series) : value_(&series.value) {}
  /// A negative n counts nothing.
  void add(std::int64_t n = 1) const {
    if (value_ != nullptr && n > 0) value_->fetch_add(n, std::memory_order_relaxed);
  }

 private:
  std::atomic<std::int64_t>* value_ = nullptr;
};

/// A level that goes up and down. One made by default shows nowhere.
class Gauge {
 public:
  Gauge() = default;
  explicit Gauge(Series& series) : value_(&series.value) {}
  void set(std::int64_t value) const {
    if (value_ != nullptr) value_->store(value, std::memory_order_relaxed);
  }
  void add(std::int64_t n) const {
    if (value_ != nullptr) value_->fetch_add(n, std::memory_order_relaxed);
  }

 private:
  std::atomic<std::int64_t>* value_ = nullptr;
};

/// Sorts what it observes into buckets. One made by default observes nothing.
class Histogram {
 public:
  Histogram() = default;
  Histogram(Series& series, std::span<const std::int64_t> bounds)
      : series_(&series), bounds_(bounds) {}
  void observe(std::chrono::nanoseconds time) const { observe(time.count()); }
  /// A number of things; for latencies use the overload above.
  void observe(std::int64_t count) const;

 private:
  Series* series_ = nullptr;
  std::span<const std::int64_t> bounds_;
};

/// All series of one metric. Insert-only; looking up what is there takes no lock.
class Table {
 public:
  Table(const Name& name, std::atomic<std::int64_t>& dropped);

  const Name& name() const { return name_; }
  /// The series with these label values, made at first sight; the one whose values are all "other"
  /// when the metric has its full number of series or a value is not 1 to 128 printable
  /// characters. REQUIRES: as many values as the metric has labels.
  Series& at(std::initializer_list<std::string_view> values);
  /// Every series, in the order of their first sight.
  std::vector<const Series*> all() const;

 private:
  using Values = std::initializer_list<std::string_view>;
  Series* find(Values values, std::size_t hash) const;
  Series& insert(Values values, std::size_t hash);
  Series& other();

  const Name& name_;
  std::atomic<std::int64_t>& dropped_;
  std::vector<std::atomic<Series*>> slots_;  ///< Open addressing; at most half full.
  mutable std::mutex mutex_;                 ///< Guards the two below.
  std::deque<Series> series_;
  Series* other_ = nullptr;
};

}  // namespace accrue::metrics
