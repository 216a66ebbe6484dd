// Points: a whole number of a points currency. Arithmetic is checked; overflow is a bug, because
// every amount that enters is bounded (kMaxPoints an award). Plain values: any thread.
#pragma once

#include <accrue/assert.hpp>

#include <compare>
#include <cstdint>

namespace accrue {

class Points {
 public:
  /// The most points one award, lot or draw may carry; proposals beyond it are refused.
  static constexpr std::int64_t kMax = 1'000'000'000'000;

  constexpr Points() = default;
  constexpr explicit Points(std::int64_t count) : count_(count) {}

  constexpr std::int64_t count() const { return count_; }
  friend constexpr auto operator<=>(Points, Points) = default;
  friend Points operator+(Points a, Points b) {
    std::int64_t sum = 0;
    ACCRUE_ASSERT(!__builtin_add_overflow(a.count_, b.count_, &sum));
    return Points(sum);
  }
  friend Points operator-(Points a, Points b) {
    std::int64_t difference = 0;
    ACCRUE_ASSERT(!__builtin_sub_overflow(a.count_, b.count_, &difference));
    return Points(difference);
  }
  friend constexpr Points operator-(Points a) { return Points(-a.count_); }
  Points& operator+=(Points other) { return *this = *this + other; }
  Points& operator-=(Points other) { return *this = *this - other; }

 private:
  std::int64_t count_ = 0;
};

}  // namespace accrue
