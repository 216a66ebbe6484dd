#include "outbox/backoff.hpp"

#include <accrue/assert.hpp>

#include <algorithm>

namespace accrue::outbox {

std::chrono::milliseconds Backoff::pause(int failures) {
  ACCRUE_ASSERT(failures >= 1);
  std::chrono::milliseconds most = first_;
  for (int i = 1; i < failures && most < longest_; ++i) most *= 2;
  most = std::min(most, longest_);
  const std::chrono::milliseconds least = std::min(first_ / 10, most);
  std::uniform_int_distribution<std::int64_t> draw(least.count(), most.count());
  return std::chrono::milliseconds(draw(random_));
}

}  // namespace accrue::outbox
