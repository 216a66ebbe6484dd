// Everything that reads bytes from outside, as functions that take any bytes and must neither
// crash, nor hang, nor answer differently when the bytes come in other pieces. Used by libFuzzer
// (scripts/fuzz) and by the replay that runs in the suite. One thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace accrue::fuzz {

struct Target {
  const char* name;
  void (*run)(std::string_view bytes);
  /// Inputs that are read well: what mutation starts from.
  std::vector<std::string> (*seeds)();
};

extern const Target kJson;
extern const Target kCsv;
extern const Target kProgram;
extern const Target kRecords;
extern const Target kRequests;

std::span<const Target* const> targets();

}  // namespace accrue::fuzz
