#include "engine/sharing.hpp"

#include <accrue/assert.hpp>
#include <accrue/money.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

namespace accrue::engine {
namespace {

/// A basket of more lines is rare enough for memory of its own.
constexpr std::size_t kFewLines = 32;

/// Products of two such numbers fit 64 bits: a hardware division instead of a call.
constexpr Wide kSmall = std::numeric_limits<std::uint32_t>::max();

/// Writes the whole shares over the weights (none below 0) and returns what is left of the points.
template <class Number>
std::int64_t share_whole(std::int64_t points, std::span<std::int64_t> weights, Number total,
                         Number* remainders) {
  std::int64_t left = points;
  for (std::int64_t& weight : weights) {
    const Number part = static_cast<Number>(points) * static_cast<Number>(weight);
    const Number whole = part / total;
    weight = static_cast<std::int64_t>(whole);
    *remainders++ = part - whole * total;
    left -= weight;
  }
  return left;
}

/// One more for each of the largest remainders, of which at least `left` are not 0.
template <class Number>
void share_rest(std::int64_t left, std::span<std::int64_t> shares, Number* remainders) {
  if (shares.size() <= kFewLines) {
    for (; left > 0; --left) {
      Number* const largest = std::max_element(remainders, remainders + shares.size());
      ++shares[static_cast<std::size_t>(largest - remainders)];
      *largest = 0;
    }
    return;
  }
  std::vector<std::size_t> order(shares.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::partial_sort(order.begin(), order.begin() + left, order.end(),
                    [&](std::size_t a, std::size_t b) {
                      return remainders[a] != remainders[b] ? remainders[a] > remainders[b] : a < b;
                    });
  for (std::int64_t i = 0; i < left; ++i) ++shares[order[static_cast<std::size_t>(i)]];
}

template <class Number>
void share_as(std::int64_t points, std::span<std::int64_t> weights, Number total) {
  std::array<Number, kFewLines> few;
  std::vector<Number> many(weights.size() > kFewLines ? weights.size() : 0);
  Number* const remainders = many.empty() ? few.data() : many.data();
  const std::int64_t left = share_whole(points, weights, total, remainders);
  share_rest(left, weights, remainders);
}

}  // namespace

void share_out(std::int64_t points, std::span<std::int64_t> weights, std::uint64_t total) {
  if (total <= kSmall && points <= kSmall) {
    share_as<std::uint64_t>(points, weights, total);
  } else {
    share_as<Wide>(points, weights, static_cast<Wide>(total));
  }
}

void share_out(std::int64_t points, std::span<std::int64_t> weights) {
  ACCRUE_ASSERT(points >= 0 && !weights.empty());
  Wide total = 0;
  for (std::int64_t& weight : weights) {
    weight = std::max<std::int64_t>(0, weight);
    total += weight;
  }
  if (total == 0) {
    weights.front() = points;
  } else if (total <= kSmall) {
    share_out(points, weights, static_cast<std::uint64_t>(total));
  } else {
    share_as<Wide>(points, weights, total);
  }
}

std::vector<std::int64_t> share(std::int64_t points, std::span<const std::int64_t> weights) {
  std::vector<std::int64_t> shares(weights.begin(), weights.end());
  share_out(points, shares);
  return shares;
}

}  // namespace accrue::engine
