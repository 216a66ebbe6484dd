#include "journal/verify.hpp"

#include "journal/format.hpp"
#include "journal/recover.hpp"
#include "journal/segment.hpp"

#include <algorithm>
#include <vector>

namespace accrue::journal {
namespace {

/// Looks again so often: a listing that was made while a file was packed may lack it.
constexpr int kLooks = 4;

/// Of the segments as they are unpacked.
std::uint64_t total_size(const std::vector<Segment>& segments) {
  std::uint64_t total = 0;
  for (const auto& segment : segments) {
    const auto source = Source::open(segment);
    const auto size = source ? source.value()->size() : Result<std::uint64_t>(source.error());
    if (size) total += size.value();
  }
  return total;
}

/// The segments after this one; the one that goes on after record `last` first, if it is there.
Result<std::vector<Segment>> segments_after(const std::filesystem::path& folder,
                                            const Segment& segment, Seq last) {
  std::vector<Segment> segments;
  for (int look = 0; look < kLooks; ++look) {
    auto listed = list_segments(folder);
    if (!listed) return listed.error();
    segments = std::move(listed.value());
    std::erase_if(segments, [&](const Segment& other) { return other.first <= segment.first; });
    if (!segments.empty() && segments.front().first == next_after(last)) break;
  }
  return segments;
}

/// Whether a segment's header follows from the records before it.
Result<void> check_header(const SegmentScan& scan, const Extent& extent, bool oldest) {
  if (oldest && scan.header().first != Seq{1}) return ok();
  if (scan.header().first != next_after(extent.last)) {
    return scan.damage(16, "records " + std::to_string(value_of(extent.last) + 1) + " to " +
                               std::to_string(value_of(scan.header().first) - 1) +
                               " are missing before it");
  }
  if (scan.header().chain != extent.chain) {
    return scan.damage(24,
                       "the chain hash of the header does not follow from the records "
                       "before it");
  }
  return ok();
}

using Moved = std::function<void(std::uint64_t)>;

/// Adds the next segment to the report. False when it is packed, so that another must follow.
Result<bool> verify_segment(const Segment& segment, bool newest, const Witness& witness,
                            Report& report, const Moved& moved) {
  auto opened = SegmentScan::open(segment);
  if (!opened) return opened.error();
  SegmentScan& scan = *opened.value();
  Extent extent{report.last, report.chain};
  const bool oldest = report.segments == 0;
  if (auto follows = check_header(scan, extent, oldest); !follows) return follows.error();
  extent.chain = scan.header().chain;
  const bool may_grow = newest && !scan.is_packed();
  auto measured = measure(scan, may_grow, extent, moved);
  if (measured && may_grow) measured = check_known(scan, extent, witness);
  ++report.segments;
  report.records += extent.records;
  report.bytes += extent.end;
  if (extent.records > 0) report.last = extent.last;
  report.chain = extent.chain;
  report.torn_bytes = extent.torn;
  if (!measured) return measured.error();
  return !scan.is_packed();
}

/// All segments of the folder, as they are when their turn comes.
Result<void> verify_all(const std::filesystem::path& folder, std::vector<Segment> segments,
                        const Witness& witness, Report& report, const Moved& moved) {
  while (!segments.empty()) {
    const Segment segment = segments.front();
    const std::uint64_t before = report.bytes;
    const auto ends = verify_segment(segment, segments.size() == 1, witness, report,
                                     [&](std::uint64_t offset) { moved(before + offset); });
    if (!ends) return ends.error();
    moved(report.bytes);
    segments.erase(segments.begin());
    const bool goes_on = !segments.empty() && segments.front().first == next_after(report.last);
    if (goes_on || (segments.empty() && ends.value())) continue;
    auto listed = segments_after(folder, segment, report.last);
    if (!listed) return listed.error();
    segments = std::move(listed.value());
    if (!segments.empty()) continue;
    const auto scan = SegmentScan::open(segment);
    if (!scan) return scan.error();
    return check_open_end(*scan.value());
  }
  return ok();
}

}  // namespace

Result<Report> verify(const std::filesystem::path& folder,
                      const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  // Heard first: the journal may be in use, and grow and be closed while we look.
  const Witness witness = hear(folder, Seq::none);
  const auto listed = list_segments(folder);
  if (!listed) return listed.error();
  const auto& segments = listed.value();
  if (segments.empty()) {
    return Error{ErrorCode::not_found, "there is no journal in " + folder.string()};
  }
  const std::uint64_t total = total_size(segments);
  Report report;
  // A journal whose oldest segments were moved away begins later than record 1.
  report.last = static_cast<Seq>(value_of(segments.front().first) - 1);
  const auto verified = verify_all(folder, segments, witness, report, [&](std::uint64_t offset) {
    if (progress) progress(std::min(offset, total), total);
  });
  if (!verified && verified.error().code != ErrorCode::corrupt) return verified.error();
  if (!verified) report.damage = verified.error();
  if (progress && verified) progress(total, total);
  return report;
}

}  // namespace accrue::journal
