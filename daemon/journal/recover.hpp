// What a crash left at the end of a journal: tells a torn tail, which may be cut, from damage,
// which may not. The rule and why it is safe: docs/formats/journal.md, "Recovery". Used when the
// writer opens and by verify. One thread at a time.
#pragma once

#include "journal/segment.hpp"
#include "journal/witness.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace accrue::journal {

/// The sound part of a segment and what follows it.
struct Extent {
  Seq last = Seq::none;  ///< Newest sound record of the journal so far.
  Digest chain{};        ///< Its chain hash.
  std::uint64_t records = 0;
  std::uint64_t end = 0;   ///< Where the next record belongs.
  std::uint64_t size = 0;  ///< Of the file.
  std::uint64_t torn = 0;  ///< Bytes from `end` to the last that is not zero.
};

/// Reads the segment to its end and checks checksums, sequence and chain; a torn tail is allowed in
/// the newest segment only. `extent` comes with last and chain of the record before the segment,
/// and holds what is sound also when this fails with corrupt, file and byte. Calls moved(offset)
/// now and then, when it is set.
Result<void> measure(SegmentScan& scan, bool newest, Extent& extent,
                     const std::function<void(std::uint64_t)>& moved = {});

/// Looks at all segments but reads only their headers and the last record of each that has a next
/// one, which must be the record before it: finds a file that is missing or was cut. Returns the
/// newest, which is never a packed one. REQUIRES: there are segments.
Result<std::unique_ptr<SegmentScan>> open_newest(const std::vector<Segment>& segments);

/// Fails with corrupt when the newest segment is packed: only one that others follow ever is.
Result<void> check_open_end(const SegmentScan& newest);

/// Fails with corrupt when the journal, whose newest segment was measured, ends before a record
/// that was durable.
Result<void> check_known(const SegmentScan& newest, const Extent& extent, const Witness& witness);

}  // namespace accrue::journal
