// Walks the records of one segment file in order, in large reads, and says at each step what it
// found. It may be asked again at the end of a file that is being written. Used by the reader, by
// recovery and by verify. One thread at a time.
#pragma once

#include "journal/format.hpp"
#include "journal/source.hpp"

#include <accrue/result.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace accrue::journal {

/// What stands at the current place of a segment.
enum class Step : std::uint8_t {
  record,  ///< A record; the scan has moved past it.
  end,     ///< Zeros, or the end of the file: no record yet.
  broken,  ///< Bytes that are no whole record: half written, or damaged.
  wrong,   ///< A whole record that does not belong here.
};

class SegmentScan {
 public:
  /// Reads and checks the header; fails with corrupt or unsupported, and not_found when there is
  /// no such file, plain or packed. The header's first record must be `segment.first`.
  static Result<std::unique_ptr<SegmentScan>> open(const Segment& segment);
  SegmentScan(const SegmentScan&) = delete;
  SegmentScan& operator=(const SegmentScan&) = delete;

  /// Goes on near before the record `seq`, as near as is cheap. REQUIRES: header().first <= seq.
  void skip_to(Seq seq);

  /// Checksums of records before `check_from` are not looked at. Fails when the file cannot be
  /// read.
  Result<Step> next(Seq check_from = Seq::none);

  /// Of the last Step::record; valid until next().
  const Frame& frame() const { return frame_; }
  std::string_view payload() const { return payload_; }
  /// All of its bytes, with the frame and the padding.
  std::string_view whole() const { return whole_; }
  /// Why the last step was broken or wrong.
  std::string_view problem() const { return problem_; }

  const SegmentHeader& header() const { return header_; }
  const std::filesystem::path& path() const { return source_->path(); }
  bool is_packed() const { return source_->is_packed(); }
  /// Where the next record begins or would begin in the plain segment, and its number.
  std::uint64_t offset() const { return offset_; }
  Seq expected() const { return expected_; }
  /// Size of the plain segment as it now is.
  Result<std::uint64_t> size() const { return source_->size(); }
  /// Last record and chain hash, where the file says so without being read.
  std::optional<Ending> ending() const { return source_->ending(); }
  /// Whatever the segment now holds from `from` on. What payload() gave is gone.
  Result<std::string> rest(std::uint64_t from);
  /// An error that names the file, the place and the cure.
  Error damage(std::uint64_t offset, std::string_view what) const {
    return source_->damage(offset, what);
  }

 private:
  SegmentScan(std::unique_ptr<Source> source, Seq first);
  Result<void> read_header();
  void forget();
  Result<void> fill(std::size_t at_least);
  Result<Step> step(Seq check_from);
  std::string_view buffered() const;
  Step judge(std::string_view record, Seq check_from);
  Step broken(std::string_view problem);

  std::unique_ptr<Source> source_;
  SegmentHeader header_;
  std::string_view buffer_;  // Of the segment from buffer_at_ on; the source's.
  std::uint64_t buffer_at_ = kSegmentHeader;
  bool fresh_ = false;  // Nothing was taken from the buffer since it was read.
  std::uint64_t offset_ = kSegmentHeader;
  Seq expected_;
  Frame frame_;
  std::string_view payload_;
  std::string_view whole_;
  std::string problem_;
};

}  // namespace accrue::journal
