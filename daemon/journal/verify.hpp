// Checks a journal from its first byte to its last: every checksum, sequence number and chain
// hash. Reads only; the journal may be in use. Any thread.
#pragma once

#include "digest/sha256.hpp"

#include <accrue/ids.hpp>
#include <accrue/result.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

namespace accrue::journal {

struct Report {
  Seq last = Seq::none;  ///< The newest record that is sound, with all before it.
  Digest chain{};        ///< Its chain hash: equal chains mean equal journals.
  std::uint64_t records = 0;
  std::uint64_t segments = 0;
  std::uint64_t bytes = 0;       ///< Of headers and records; not of zeros ahead.
  std::uint64_t torn_bytes = 0;  ///< An unfinished write at the end; not damage.
  std::optional<Error> damage;   ///< The first place found: file, offset, cure.
};

/// Fails only when the folder cannot be read; damage is reported in the report.
Result<Report> verify(
    const std::filesystem::path& folder,
    const std::function<void(std::uint64_t bytes_done, std::uint64_t bytes_total)>& progress = {});

}  // namespace accrue::journal
