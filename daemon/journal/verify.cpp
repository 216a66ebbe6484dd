#include "journal/verify.hpp"

#include "journal/format.hpp"
#include "journal/recover.hpp"
#include "journal/segment.hpp"

#include <algorithm>
#include <vector>

namespace accrue::journal {
namespace {

std::uint64_t total_size(const std::vector<Segment>& segments) {
  std::uint64_t total = 0;
  for (const auto& segment : segments) {
    std::error_code error;
    const auto size = std::filesystem::file_size(segment.path, error);
    if (!error) total += size;
  }
  return total;
}

/// Whether a segment's header follows from the records before it.
Result<void> check_header(const SegmentScan& scan, const Extent& extent, bool oldest) {
  if (oldest && scan.header().first != Seq{1}) return ok();
  if (scan.header().first != next_after(extent.last)) {
    return damage(scan.path(), 16,
                  "records " + std::to_string(value_of(extent.last) + 1) + " to " +
                      std::to_string(value_of(scan.header().first) - 1) + " are missing before it");
  }
  if (scan.header().chain != extent.chain) {
    return damage(scan.path(), 24,
                  "the chain hash of the header does not follow from the records "
                  "before it");
  }
  return ok();
}

/// Adds one segment to the report. Damage goes into it; other errors are returned.
Result<void> verify_segment(const std::vector<Segment>& segments, std::size_t index,
                            const Witness& witness, Report& report,
                            const std::function<void(std::uint64_t)>& moved) {
  const auto note = [&report](const Error& error) -> Result<void> {
    if (error.code != ErrorCode::corrupt) return error;
    report.damage = error;
    return ok();
  };
  auto opened = SegmentScan::open(segments[index]);
  if (!opened) return note(opened.error());
  SegmentScan& scan = *opened.value();
  Extent extent{report.last, report.chain};
  if (auto follows = check_header(scan, extent, index == 0); !follows) return note(follows.error());
  extent.chain = scan.header().chain;
  const bool newest = index + 1 == segments.size();
  auto measured = measure(scan, newest, extent, moved);
  if (measured && newest) measured = check_known(scan, extent, witness);
  ++report.segments;
  report.records += extent.records;
  report.bytes += extent.end;
  if (extent.records > 0) report.last = extent.last;
  report.chain = extent.chain;
  report.torn_bytes = extent.torn;
  if (!measured) return note(measured.error());
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
  std::uint64_t before = 0;
  for (std::size_t i = 0; i < segments.size() && !report.damage; ++i) {
    const auto moved = [&](std::uint64_t offset) {
      if (progress) progress(std::min(before + offset, total), total);
    };
    if (auto added = verify_segment(segments, i, witness, report, moved); !added)
      return added.error();
    before = report.bytes;
    moved(0);
  }
  if (progress && !report.damage) progress(total, total);
  return report;
}

}  // namespace accrue::journal
