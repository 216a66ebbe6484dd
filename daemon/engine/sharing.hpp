// Exact division of points over the lines that earned them. Pure: any thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace accrue::engine {

/// Shares that sum to `points`, in proportion to the weights, by largest remainder (ties: the
/// earlier line). Weights <= 0 get nothing; when none is positive, the first takes all.
/// REQUIRES: points >= 0, weights not empty.
std::vector<std::int64_t> share(std::int64_t points, std::span<const std::int64_t> weights);

/// The same, written over the weights.
void share_out(std::int64_t points, std::span<std::int64_t> weights);
/// The same, when it is known that no weight is below 0 and that they sum to `total` > 0.
void share_out(std::int64_t points, std::span<std::int64_t> weights, std::uint64_t total);

}  // namespace accrue::engine
