// Which member shops next: all alike, by Zipf's law (the n-th most loyal comes 1/n^s times as often
// as the most loyal), or each in turn. One thread.
#pragma once

#include "cli/generate_random.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace road {

using accrue::cli::Random;

inline double draw_share(Random& random) {
  return static_cast<double>(random.next() >> 11) * 0x1.0p-53;
}

/// Ranks from 1 to n by rejection-inversion, in constant time and without a table: W. Hörmann and
/// G. Derflinger, "Rejection-inversion to generate variates from monotone discrete distributions",
/// ACM TOMACS 6 (1996), 169-184. Names follow the paper: H is the integral of h(x) = x^-s.
class Zipf {
 public:
  Zipf(std::uint64_t n, double exponent)
      : n_(static_cast<double>(n)),
        exponent_(exponent),
        h_first_(integral(1.5) - 1),
        h_last_(integral(n_ + 0.5)),
        accept_(2 - inverse(integral(2.5) - h(2))) {}

  std::uint64_t draw(Random& random) const {
    for (;;) {
      const double u = h_last_ + draw_share(random) * (h_first_ - h_last_);
      const double x = inverse(u);
      const double k = std::clamp(std::floor(x + 0.5), 1.0, n_);
      if (k - x <= accept_ || u >= integral(k + 0.5) - h(k)) return static_cast<std::uint64_t>(k);
    }
  }

 private:
  double h(double x) const { return std::exp(-exponent_ * std::log(x)); }
  double integral(double x) const {
    const double t = (1 - exponent_) * std::log(x);
    return (std::abs(t) > 1e-8 ? std::expm1(t) / t : 1 + t / 2) * std::log(x);
  }
  double inverse(double y) const {
    const double t = std::max(-1.0, y * (1 - exponent_));
    return std::exp((std::abs(t) > 1e-8 ? std::log1p(t) / t : 1 - t / 2) * y);
  }

  double n_;
  double exponent_;
  double h_first_;
  double h_last_;
  double accept_;
};

class Members {
 public:
  enum class Order : std::uint8_t { uniform, zipf, in_turn };

  /// In turn: `first`, and then every `step`-th.
  Members(Order order, std::uint64_t count, double exponent, std::uint64_t first,
          std::uint64_t step)
      : order_(order), count_(count), zipf_(count, exponent), next_(first), step_(step) {}

  std::uint64_t draw(Random& random) {
    if (order_ == Order::uniform) {
      return random.below(static_cast<std::uint32_t>(count_));
    }
    if (order_ == Order::zipf) {
      // The most loyal are spread over all numbers: neighbours would share pages of the ledger. A
      // prime beyond any count maps the ranks one to one.
      constexpr std::uint64_t kPrime = 2'654'435'761;
      return zipf_.draw(random) * kPrime % count_;
    }
    const std::uint64_t member = next_ % count_;
    next_ += step_;
    return member;
  }

 private:
  Order order_;
  std::uint64_t count_;
  Zipf zipf_;
  std::uint64_t next_;
  std::uint64_t step_;
};

}  // namespace road
