// Finds records by number within one segment file. It remembers where records begin and keeps the
// bytes it read last, but no file open: a segment that is packed or moved away is let go of.
// One thread at a time.
#pragma once

#include "journal/blocks.hpp"
#include "journal/format.hpp"
#include "journal/input.hpp"

#include <accrue/result.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace accrue::journal {

class Finder {
 public:
  virtual ~Finder() = default;
  /// The whole record, its checksum checked, valid until the next call; nothing when the segment
  /// ends before it. `closed`: nothing more is written to this segment. Fails with not_found when
  /// the file is not there any more. REQUIRES: seq is not before the segment's first.
  virtual Result<std::optional<std::string_view>> find(Seq seq, bool closed) = 0;
};

/// Of a segment as the writer left it, or is still writing it. Walks it once, header by header,
/// never further than to the newest record that was asked for.
class PlainFinder final : public Finder {
 public:
  explicit PlainFinder(Segment segment);
  Result<std::optional<std::string_view>> find(Seq seq, bool closed) override;

 private:
  class Sight;  // The file's bytes during one call.

  Result<std::optional<std::string_view>> look(Seq seq, Sight& sight);
  Result<bool> walk_to(Seq seq, Sight& sight);
  Result<std::string_view> record_at(std::uint64_t offset, Seq seq, Sight& sight) const;
  Result<Frame> frame_at(std::uint64_t offset, Seq seq, Sight& sight) const;

  Segment segment_;
  std::vector<std::uint64_t> places_;   ///< Where each kStride-th record begins, from the first on.
  Seq next_;                            ///< First record that was not walked over.
  std::uint64_t end_ = kSegmentHeader;  ///< Where it begins.
  std::uint64_t last_ = 0;              ///< Where the record before it does.
  Buffer buffer_;
  std::uint64_t buffer_at_ = 0;
  std::size_t held_ = 0;   ///< Bytes of it that count.
  bool is_final_ = false;  ///< It was read when nothing more was being written.
};

/// Of a packed segment: by its index. Keeps the block that was read last.
class PackedFinder final : public Finder {
 public:
  explicit PackedFinder(Segment segment);
  Result<std::optional<std::string_view>> find(Seq seq, bool closed) override;

 private:
  Result<std::optional<std::string_view>> look(Seq seq);
  Result<std::optional<std::string_view>> walk_to(Seq seq, const Block& block) const;

  Segment segment_;
  std::optional<Blocks> blocks_;
};

}  // namespace accrue::journal
