#include "journal/reader.hpp"

#include "journal/format.hpp"
#include "journal/segment.hpp"

#include <algorithm>

namespace accrue::journal {
namespace {

/// Looks again so often: a listing that was made while a file was packed may lack it.
constexpr int kLooks = 4;

bool begins_after(Seq from, const Result<std::vector<Segment>>& segments) {
  return from != Seq::none && segments && !segments.value().empty() &&
         from < segments.value().front().first;
}

}  // namespace

Reader::Reader(std::filesystem::path folder, Seq from, std::unique_ptr<SegmentScan> scan)
    : folder_(std::move(folder)), from_(from), scan_(std::move(scan)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

Result<Reader> Reader::open(const std::filesystem::path& folder, Seq from) {
  auto segments = list_segments(folder);
  for (int look = 1; look < kLooks && begins_after(from, segments); ++look) {
    segments = list_segments(folder);
  }
  if (!segments) return segments.error();
  const auto& all = segments.value();
  if (all.empty()) {
    return Error{ErrorCode::not_found, "there is no journal in " + folder.string()};
  }
  if (from == Seq::none) from = all.front().first;
  if (from < all.front().first) {
    return Error{ErrorCode::not_found, "record " + std::to_string(value_of(from)) +
                                           " is older than the journal in " + folder.string() +
                                           ", which begins with record " +
                                           std::to_string(value_of(all.front().first))};
  }
  auto after = std::upper_bound(all.begin(), all.end(), from,
                                [](Seq seq, const Segment& s) { return seq < s.first; });
  auto scan = SegmentScan::open(*std::prev(after));
  if (!scan) return scan.error();
  scan.value()->skip_to(from);
  return Reader(folder, from, std::move(scan.value()));
}

Result<std::optional<Record>> Reader::next() {
  std::optional<Segment> later;
  for (;;) {
    const auto step = scan_->next(from_);
    if (!step) return step.error();
    if (step.value() == Step::record) {
      const Frame& frame = scan_->frame();
      if (frame.seq < from_) continue;
      return std::optional<Record>(Record{frame.seq, scan_->payload(), frame.chain});
    }
    if (step.value() == Step::wrong) {
      return scan_->damage(scan_->offset(), scan_->problem());
    }
    if (later) {
      if (auto rolled = roll(step.value() == Step::broken, *later); !rolled) return rolled.error();
      later.reset();
      continue;
    }
    auto found = find_later();
    if (!found) return found.error();
    later = std::move(found.value());
    if (!later) return std::optional<Record>();
    // A segment is complete before the next is created. As there is a next one, what this one
    // holds is final; but it may have grown since we looked, so look once more before leaving it.
  }
}

Result<std::optional<Segment>> Reader::find_later() const {
  std::optional<Segment> later;
  for (int look = 0; look < kLooks; ++look) {
    auto segments = list_segments(folder_);
    if (!segments) return segments.error();
    const auto& all = segments.value();
    const auto next = std::find_if(all.begin(), all.end(), [this](const Segment& segment) {
      return segment.first > scan_->header().first;
    });
    if (next == all.end() && !scan_->is_packed()) break;
    if (next != all.end()) later = *next;
    if (later && later->first <= scan_->expected()) break;
  }
  return later;
}

Result<void> Reader::roll(bool broken, const Segment& later) {
  if (broken) return scan_->damage(scan_->offset(), scan_->problem());
  if (later.first != scan_->expected()) {
    return scan_->damage(
        scan_->offset(),
        "record " + std::to_string(value_of(scan_->expected())) +
            " belongs here or in a file of its own, and neither is there; the next file is " +
            later.path.filename().string());
  }
  auto scan = SegmentScan::open(later);
  if (!scan) return scan.error();
  scan_ = std::move(scan.value());
  return ok();
}

}  // namespace accrue::journal
