// Times in nanoseconds, counted in buckets that are at most 0.8 % wide: 128 of equal width for each
// power of two, so that recording costs a shift and an addition and no time is ever too long. The
// idea is Gil Tene's HdrHistogram (hdrhistogram.org). One thread.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace road {

class Histogram {
 public:
  void record(std::uint64_t value) {
    ++counts_[bucket_of(std::min(value, kMost))];
    ++total_;
    max_ = std::max(max_, value);
  }

  void add(const Histogram& other) {
    for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
    total_ += other.total_;
    max_ = std::max(max_, other.max_);
  }

  std::uint64_t total() const { return total_; }
  std::uint64_t max() const { return max_; }

  /// The least value that `share` of all do not exceed, to the end of its bucket; 0 without values.
  std::uint64_t quantile(double share) const {
    const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(total_)));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      seen += counts_[i];
      if (seen >= wanted && seen > 0) return std::min(last_of(i), max_);
    }
    return max_;
  }

 private:
  static constexpr int kBits = 7;
  static constexpr std::uint64_t kHalf = std::uint64_t{1} << kBits;
  static constexpr std::uint64_t kMost = (std::uint64_t{1} << 44) - 1;  // Almost five hours.

  static std::size_t bucket_of(std::uint64_t value) {
    const int shift = std::max(0, static_cast<int>(std::bit_width(value)) - kBits - 1);
    return (static_cast<std::size_t>(shift) << kBits) + static_cast<std::size_t>(value >> shift);
  }
  static std::uint64_t last_of(std::size_t bucket) {
    const std::uint64_t shift = bucket < 2 * kHalf ? 0 : (bucket >> kBits) - 1;
    const std::uint64_t first = (bucket - (shift << kBits)) << shift;
    return first + (std::uint64_t{1} << shift) - 1;
  }

  std::array<std::uint64_t, (44 - kBits + 1) * kHalf> counts_{};
  std::uint64_t total_ = 0;
  std::uint64_t max_ = 0;
};

}  // namespace road
