// Random numbers for `accrue generate`: xoshiro256** (Blackman and Vigna, 2018) seeded by
// splitmix64. The standard library's engines would do, but its distributions differ between
// libraries, and a feed must be the same everywhere. One thread.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace accrue::cli {

class Random {
 public:
  explicit Random(std::uint64_t seed) {
    for (std::uint64_t& word : state_) {
      seed += 0x9E3779B97F4A7C15U;
      std::uint64_t mixed = seed;
      mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9U;
      mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBU;
      word = mixed ^ (mixed >> 31);
    }
  }

  std::uint64_t next() {
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }

  /// 0 to bound - 1. REQUIRES: bound > 0.
  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32);
  }
  /// first to last, both included. REQUIRES: first <= last.
  std::uint32_t between(std::uint32_t first, std::uint32_t last) {
    return first + below(last - first + 1);
  }
  /// True in `permille` of 1,000 cases.
  bool chance(std::uint32_t permille) { return below(1000) < permille; }

 private:
  std::array<std::uint64_t, 4> state_{};
};

}  // namespace accrue::cli
