#include "metrics/metrics.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <limits>

namespace accrue::metrics {
namespace {

constexpr double kNanosPerSecond = 1e9;  // For show only: Prometheus text knows no integers.

prometheus::MetricType type_of(const Name& name) {
  switch (name.type) {
    case Type::counter:
      return prometheus::MetricType::Counter;
    case Type::gauge:
      return prometheus::MetricType::Gauge;
    case Type::histogram:
      return prometheus::MetricType::Histogram;
  }
  return prometheus::MetricType::Untyped;
}

double in_unit(const Name& name, std::int64_t value) {
  const bool seconds = name.type == Type::histogram && name.unit == "seconds";
  return static_cast<double>(value) / (seconds ? kNanosPerSecond : 1.0);
}

prometheus::ClientMetric labelled(const Name& name, const std::vector<std::string>& values) {
  prometheus::ClientMetric metric;
  const std::array labels{name.labels.first, name.labels.second};
  for (std::size_t i = 0; i < values.size(); ++i) {
    metric.label.push_back({std::string(labels[i]), values[i]});
  }
  return metric;
}

void fill_histogram(prometheus::ClientMetric& metric, const Name& name, const Series& series) {
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < series.counts.size(); ++i) {
    total += series.counts[i].load(std::memory_order_relaxed);
    const double bound = i < name.bounds.size() ? in_unit(name, name.bounds[i])
                                                : std::numeric_limits<double>::infinity();
    metric.histogram.bucket.push_back({total, bound});
  }
  metric.histogram.sample_count = total;
  metric.histogram.sample_sum = in_unit(name, series.value.load(std::memory_order_relaxed));
}

prometheus::MetricFamily family(const Name& name) {
  prometheus::MetricFamily made;
  made.name = name.name;
  made.help = name.help;
  made.type = type_of(name);
  return made;
}

prometheus::MetricFamily family(const Table& table) {
  const Name& name = table.name();
  prometheus::MetricFamily made = family(name);
  for (const Series* series : table.all()) {
    prometheus::ClientMetric metric = labelled(name, series->labels);
    if (name.type == Type::histogram) {
      fill_histogram(metric, name, *series);
    } else {
      const double value = in_unit(name, series->value.load(std::memory_order_relaxed));
      (name.type == Type::counter ? metric.counter.value : metric.gauge.value) = value;
    }
    made.metric.push_back(std::move(metric));
  }
  return made;
}

prometheus::MetricFamily single(const Name& name, const std::vector<std::string>& labels,
                                std::int64_t value) {
  prometheus::MetricFamily made = family(name);
  prometheus::ClientMetric metric = labelled(name, labels);
  const auto shown = static_cast<double>(value);
  (name.type == Type::counter ? metric.counter.value : metric.gauge.value) = shown;
  made.metric.push_back(std::move(metric));
  return made;
}

}  // namespace

Metrics::Metrics(std::string_view version) : version_(version) {
  // An alert on increase() sees the first failure only if the series stood at 0 before it.
  for (const std::string_view result : {"ok", "failed"}) (void)rule_set_reloads.with(result);
}

Table& Metrics::table(const Name& name) { return tables_.emplace_back(name, dropped_); }

void Metrics::set_rule_set(std::string_view program, std::string_view hash) {
  const std::lock_guard lock(rule_set_mutex_);
  rule_set_ = {std::string(program), std::string(hash)};
}

std::string Metrics::text() const {
  std::vector<prometheus::MetricFamily> families;
  for (const Table& table : tables_) {
    prometheus::MetricFamily made = family(table);
    if (!made.metric.empty()) families.push_back(std::move(made));
  }
  {
    const std::lock_guard lock(rule_set_mutex_);
    if (!rule_set_.empty()) families.push_back(single(names::rule_set_info, rule_set_, 1));
  }
  families.push_back(single(names::build_info, {version_}, 1));
  families.push_back(single(names::series_dropped, {}, dropped_.load(std::memory_order_relaxed)));
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace accrue::metrics
