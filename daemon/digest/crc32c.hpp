// CRC32C (Castagnoli, RFC 3720 appendix B.4): the checksum of every stored record. It finds torn
// writes and flipped bits; it does not withstand an adversary, for that see sha256.hpp.
// Uses the processor's instruction where there is one. Pure: any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace accrue {

/// Checksum of `data`. To checksum pieces, pass the result for the bytes before as `seed`:
/// crc32c(b, crc32c(a)) == crc32c(a ‖ b).
std::uint32_t crc32c(std::string_view data, std::uint32_t seed = 0);

namespace digest {

/// The two ways to compute it, named so that tests can hold them against each other.
std::uint32_t crc32c_by_table(std::string_view data, std::uint32_t seed);
/// REQUIRES: has_crc32c_instruction().
std::uint32_t crc32c_by_instruction(std::string_view data, std::uint32_t seed);
bool has_crc32c_instruction();

}  // namespace digest
}  // namespace accrue
