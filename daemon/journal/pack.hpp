// Replaces segments that are closed by packed ones, which hold the same bytes in a fifth of the
// space. A crash at any step leaves a readable journal: the packed file is made under another name,
// made durable and read again, before the plain one goes. Readers may be at work meanwhile.
// One thread at a time, beside the writer's.
#pragma once

#include "journal/disk.hpp"
#include "journal/format.hpp"

#include <accrue/result.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

namespace accrue::journal {

/// What packing one segment gave.
struct Packed {
  std::uint64_t plain_bytes = 0;   ///< Of the file that is gone.
  std::uint64_t packed_bytes = 0;  ///< Of the file that took its place.
  std::uint64_t records = 0;
};

/// The plain segments that another one follows and that hold no record after `posted`, oldest
/// first.
Result<std::vector<Segment>> packable(const std::filesystem::path& folder, Seq posted);

/// Packs one of them. `go_on` is asked after each block; nothing when it says no. Fails with
/// corrupt when the segment is damaged, which leaves it as it is, and with exhausted on a full
/// disk. What a failure left half done is done anew by the next call.
Result<std::optional<Packed>> pack(const Segment& segment, const std::function<bool()>& go_on,
                                   Disk& disk = Disk::real());

}  // namespace accrue::journal
