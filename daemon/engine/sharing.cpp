#include "engine/sharing.hpp"

#include <accrue/assert.hpp>
#include <accrue/money.hpp>

#include <algorithm>
#include <numeric>

namespace accrue::engine {

std::vector<std::int64_t> share(std::int64_t points, std::span<const std::int64_t> weights) {
  ACCRUE_ASSERT(points >= 0 && !weights.empty());
  std::vector<std::int64_t> shares(weights.size(), 0);
  Wide total = 0;
  for (const std::int64_t weight : weights) total += std::max<std::int64_t>(0, weight);
  if (total == 0) {
    shares.front() = points;
    return shares;
  }
  std::vector<Wide> remainders(weights.size(), 0);
  std::int64_t given = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Wide part = Wide(points) * std::max<std::int64_t>(0, weights[i]);
    shares[i] = static_cast<std::int64_t>(part / total);
    remainders[i] = part % total;
    given += shares[i];
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto left = static_cast<std::ptrdiff_t>(points - given);
  std::partial_sort(order.begin(), order.begin() + left, order.end(),
                    [&](std::size_t a, std::size_t b) {
                      return remainders[a] != remainders[b] ? remainders[a] > remainders[b] : a < b;
                    });
  for (std::ptrdiff_t i = 0; i < left; ++i) ++shares[order[static_cast<std::size_t>(i)]];
  return shares;
}

}  // namespace accrue::engine
