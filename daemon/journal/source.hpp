// The bytes of a segment as the writer wrote them, whichever way the file holds them: plain, or
// packed in blocks. Offsets are those of the plain segment. One thread at a time.
#pragma once

#include "journal/format.hpp"

#include <accrue/result.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace accrue::journal {

/// Where a record begins.
struct Start {
  Seq first;
  std::uint64_t offset;
};

/// How a segment ends, where its file says so by itself.
struct Ending {
  Seq last;
  Digest chain;
};

class Source {
 public:
  virtual ~Source() = default;
  /// Opens what is there of the segment: a plain file that was packed since it was listed is no
  /// obstacle. Fails with not_found when there is neither, and with corrupt or unsupported.
  static Result<std::unique_ptr<Source>> open(const Segment& segment);

  virtual const std::filesystem::path& path() const = 0;
  virtual bool is_packed() const = 0;
  /// Fails with corrupt or unsupported.
  virtual Result<SegmentHeader> header() = 0;
  /// From `offset` on `size` bytes, or more; as many as there are when the segment ends, or the
  /// block does: no record goes on in the next. Valid until the next call.
  virtual Result<std::string_view> read(std::uint64_t offset, std::size_t size) = 0;
  virtual Result<std::uint64_t> size() = 0;
  /// A place, cheap to find, where a record begins that is not after `seq`.
  virtual Start start_near(Seq seq) const = 0;
  /// Nothing when only reading the records tells.
  virtual std::optional<Ending> ending() const = 0;
  /// The offset for people: "byte 224".
  virtual std::string place(std::uint64_t offset) const = 0;

  Error damage(std::uint64_t offset, std::string_view what) const;
};

}  // namespace accrue::journal
