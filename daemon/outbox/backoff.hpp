// How long to wait before the next attempt: exponential back-off with full jitter, so that many
// retries do not arrive together
// (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). One thread at a
// time.
#pragma once

#include <chrono>
#include <cstdint>
#include <random>

namespace accrue::outbox {

class Backoff {
 public:
  Backoff(std::chrono::milliseconds first, std::chrono::milliseconds longest, std::uint64_t seed)
      : first_(first), longest_(longest), random_(seed) {}

  /// A pause after the n-th failure in a row, from 1: random between a tenth of `first` and
  /// first × 2^(n-1), at most `longest`. REQUIRES: failures >= 1.
  std::chrono::milliseconds pause(int failures);

 private:
  std::chrono::milliseconds first_, longest_;
  std::mt19937_64 random_;
};

}  // namespace accrue::outbox
