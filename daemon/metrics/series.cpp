#include "metrics/series.hpp"

#include <accrue/assert.hpp>

#include <algorithm>
#include <bit>
#include <functional>

namespace accrue::metrics {
namespace {

constexpr std::size_t kMaxValue = 128;

std::size_t hash_of(std::initializer_list<std::string_view> values) {
  std::size_t hash = 0;
  for (const std::string_view value : values) {
    hash = hash * 1'099'511'628'211U + std::hash<std::string_view>{}(value);
  }
  return hash;
}

bool is_printable(std::string_view value) {
  return !value.empty() && value.size() <= kMaxValue &&
         std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

std::size_t labels_of(const Name& name) {
  return (name.labels.first.empty() ? 0U : 1U) + (name.labels.second.empty() ? 0U : 1U);
}

}  // namespace

void Histogram::observe(std::int64_t count) const {
  if (series_ == nullptr) return;
  const auto bound = std::lower_bound(bounds_.begin(), bounds_.end(), count);
  const auto bucket = static_cast<std::size_t>(bound - bounds_.begin());
  series_->counts[bucket].fetch_add(1, std::memory_order_relaxed);
  series_->value.fetch_add(count, std::memory_order_relaxed);
}

Table::Table(const Name& name, std::atomic<std::int64_t>& dropped)
    : name_(name), dropped_(dropped), slots_(std::bit_ceil(2 * name.series + 2)) {}

Series& Table::at(Values values) {
  ACCRUE_ASSERT(values.size() == labels_of(name_));
  const std::size_t hash = hash_of(values);
  if (Series* found = find(values, hash)) return *found;
  if (!std::all_of(values.begin(), values.end(), is_printable)) return other();
  return insert(values, hash);
}

Series* Table::find(Values values, std::size_t hash) const {
  for (std::size_t i = hash;; ++i) {
    Series* series = slots_[i % slots_.size()].load(std::memory_order_acquire);
    if (series == nullptr) return nullptr;
    if (std::equal(values.begin(), values.end(), series->labels.begin())) return series;
  }
}

Series& Table::insert(Values values, std::size_t hash) {
  {
    const std::lock_guard lock(mutex_);
    if (Series* found = find(values, hash)) return *found;  // Another thread was first.
    if (series_.size() - (other_ == nullptr ? 0 : 1) < name_.series) {
      const std::size_t buckets = name_.bounds.empty() ? 0 : name_.bounds.size() + 1;
      Series& made =
          series_.emplace_back(std::vector<std::string>(values.begin(), values.end()), buckets);
      std::size_t i = hash;
      while (slots_[i % slots_.size()].load(std::memory_order_relaxed) != nullptr) ++i;
      slots_[i % slots_.size()].store(&made, std::memory_order_release);
      return made;
    }
  }
  return other();
}

Series& Table::other() {
  dropped_.fetch_add(1, std::memory_order_relaxed);
  const std::lock_guard lock(mutex_);
  if (other_ == nullptr) {
    const std::size_t buckets = name_.bounds.empty() ? 0 : name_.bounds.size() + 1;
    other_ = &series_.emplace_back(std::vector<std::string>(labels_of(name_), "other"), buckets);
  }
  return *other_;
}

std::vector<const Series*> Table::all() const {
  const std::lock_guard lock(mutex_);
  std::vector<const Series*> all;
  for (const Series& series : series_) all.push_back(&series);
  return all;
}

}  // namespace accrue::metrics
