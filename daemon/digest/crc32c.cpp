#include "digest/crc32c.hpp"

#include <accrue/assert.hpp>
#include <array>
#include <cstring>

#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

namespace accrue {
namespace digest {
namespace {

/// The Castagnoli polynomial, bits reversed.
constexpr std::uint32_t kPolynomial = 0x82F63B78u;

/// kTables[k][b]: what byte b does to the remainder when k more bytes follow it ("slicing by 8").
constexpr auto kTables = [] {
  std::array<std::array<std::uint32_t, 256>, 8> tables{};
  for (std::uint32_t b = 0; b < 256; ++b) {
    std::uint32_t remainder = b;
    for (int bit = 0; bit < 8; ++bit) {
      remainder = (remainder >> 1) ^ ((remainder & 1u) != 0 ? kPolynomial : 0u);
    }
    tables[0][b] = remainder;
  }
  for (std::size_t k = 1; k < 8; ++k) {
    for (std::size_t b = 0; b < 256; ++b) {
      const std::uint32_t before = tables[k - 1][b];
      tables[k][b] = (before >> 8) ^ tables[0][before & 0xFFu];
    }
  }
  return tables;
}();

std::uint64_t load64(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

}  // namespace

std::uint32_t crc32c_by_table(std::string_view data, std::uint32_t seed) {
  std::uint32_t remainder = ~seed;
  const char* at = data.data();
  std::size_t left = data.size();
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t word = load64(at) ^ remainder;
    remainder = 0;
    for (std::size_t k = 8; k-- > 0; word >>= 8) remainder ^= kTables[k][word & 0xFFu];
  }
  for (; left > 0; ++at, --left) {
    remainder = (remainder >> 8) ^ kTables[0][(remainder ^ static_cast<std::uint8_t>(*at)) & 0xFFu];
  }
  return ~remainder;
}

#if defined(__x86_64__)

namespace {

/// Three pieces of this many bytes are checksummed at once: the instruction gives a result each
/// cycle, but only after three.
constexpr std::size_t kPiece = 128;

/// kShift[k][b]: what byte k of a remainder, b, becomes when kPiece zero bytes follow. That is the
/// sum of what its bits become.
constexpr auto kShift = [] {
  std::array<std::array<std::uint32_t, 256>, 4> tables{};
  for (std::size_t bit = 0; bit < 32; ++bit) {
    std::uint32_t remainder = std::uint32_t{1} << bit;
    for (std::size_t i = 0; i < kPiece; ++i) {
      remainder = (remainder >> 8) ^ kTables[0][remainder & 0xFFu];
    }
    for (std::size_t b = 0; b < 256; ++b) {
      if ((b >> (bit % 8) & 1u) != 0) tables[bit / 8][b] ^= remainder;
    }
  }
  return tables;
}();

/// The remainder when kPiece more bytes follow, as far as the bytes before them make it.
std::uint32_t shift(std::uint64_t remainder) {
  return kShift[0][remainder & 0xFFu] ^ kShift[1][(remainder >> 8) & 0xFFu] ^
         kShift[2][(remainder >> 16) & 0xFFu] ^ kShift[3][(remainder >> 24) & 0xFFu];
}

}  // namespace

bool has_crc32c_instruction() { return __builtin_cpu_supports("sse4.2") != 0; }

__attribute__((target("sse4.2"))) std::uint32_t crc32c_by_instruction(std::string_view data,
                                                                      std::uint32_t seed) {
  std::uint64_t remainder = static_cast<std::uint32_t>(~seed);
  const char* at = data.data();
  std::size_t left = data.size();
  for (; left >= 3 * kPiece; at += 3 * kPiece, left -= 3 * kPiece) {
    std::uint64_t second = 0;
    std::uint64_t third = 0;
    for (std::size_t i = 0; i < kPiece; i += 8) {
      remainder = _mm_crc32_u64(remainder, load64(at + i));
      second = _mm_crc32_u64(second, load64(at + kPiece + i));
      third = _mm_crc32_u64(third, load64(at + 2 * kPiece + i));
    }
    remainder = shift(shift(remainder) ^ second) ^ third;
  }
  for (; left >= 8; at += 8, left -= 8) remainder = _mm_crc32_u64(remainder, load64(at));
  auto narrow = static_cast<std::uint32_t>(remainder);
  for (; left > 0; ++at, --left) narrow = _mm_crc32_u8(narrow, static_cast<std::uint8_t>(*at));
  return ~narrow;
}

#else

bool has_crc32c_instruction() { return false; }

std::uint32_t crc32c_by_instruction(std::string_view, std::uint32_t) {
  ACCRUE_ASSERT(has_crc32c_instruction());
  return 0;
}

#endif

}  // namespace digest

std::uint32_t crc32c(std::string_view data, std::uint32_t seed) {
  static const bool has_instruction = digest::has_crc32c_instruction();
  return has_instruction ? digest::crc32c_by_instruction(data, seed)
                         : digest::crc32c_by_table(data, seed);
}

}  // namespace accrue
