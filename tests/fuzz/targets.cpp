#include "fuzz/targets.hpp"

#include <array>

namespace accrue::fuzz {

std::span<const Target* const> targets() {
  static const std::array all{&kJson, &kCsv, &kProgram, &kRecords, &kRequests};
  return all;
}

}  // namespace accrue::fuzz
