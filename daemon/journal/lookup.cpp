#include "journal/lookup.hpp"

#include "journal/finder.hpp"

#include <algorithm>

namespace accrue::journal {
namespace {

/// Segments whose places and newest bytes are kept.
constexpr std::size_t kKnown = 16;

/// Looks again so often: a listing that was made while a file got another name may lack it.
constexpr int kLooks = 4;

std::unique_ptr<Finder> make_finder(const Segment& segment) {
  if (segment.packed) return std::make_unique<PackedFinder>(segment);
  return std::make_unique<PlainFinder>(segment);
}

}  // namespace

Lookup::Lookup(std::filesystem::path folder)
    : folder_(std::move(folder)), frame_(std::make_unique<Frame>()) {}
Lookup::Lookup(Lookup&&) noexcept = default;
Lookup& Lookup::operator=(Lookup&&) noexcept = default;
Lookup::~Lookup() = default;

Result<Lookup> Lookup::open(const std::filesystem::path& folder) {
  Lookup lookup(folder);
  if (auto listed = lookup.list(); !listed) return listed.error();
  return lookup;
}

Result<void> Lookup::list() {
  auto segments = list_segments(folder_);
  if (!segments && segments.error().code != ErrorCode::not_found) return segments.error();
  segments_.clear();
  if (segments) segments_ = std::move(segments.value());
  // Files that were moved away, or packed, are known no more.
  std::erase_if(known_, [this](const Known& known) {
    return std::none_of(segments_.begin(), segments_.end(),
                        [&](const Segment& segment) { return segment.path == known.segment.path; });
  });
  return ok();
}

/// Places in the segment that is being written are kept: it is long to walk, and most asked for.
bool Lookup::is_newest(const Known& known) const {
  return known.segment.first == segments_.back().first;
}

Finder& Lookup::finder_of(const Segment& segment) {
  auto found = std::find_if(known_.begin(), known_.end(), [&](const Known& known) {
    return known.segment.first == segment.first;
  });
  if (found == known_.end()) {
    if (known_.size() >= kKnown) {
      known_.erase(
          std::min_element(known_.begin(), known_.end(), [this](const Known& a, const Known& b) {
            return std::pair(is_newest(a), a.used) < std::pair(is_newest(b), b.used);
          }));
    }
    known_.push_back({segment, make_finder(segment), 0});
    found = std::prev(known_.end());
  }
  found->used = ++calls_;
  return *found->finder;
}

/// Nothing when it is not where the last listing says that it should be.
Result<std::optional<std::string_view>> Lookup::try_find(Seq seq) {
  const auto after = std::upper_bound(segments_.begin(), segments_.end(), seq,
                                      [](Seq s, const Segment& next) { return s < next.first; });
  if (after == segments_.begin()) return std::optional<std::string_view>();
  auto found = finder_of(*std::prev(after)).find(seq, after != segments_.end());
  const bool gone = !found && found.error().code == ErrorCode::not_found;
  if (gone) return std::optional<std::string_view>();
  return found;
}

Result<Record> Lookup::find(Seq seq) {
  for (int look = 0; look < kLooks && seq != Seq::none; ++look) {
    if (look > 0) {
      if (auto listed = list(); !listed) return listed.error();
    }
    const auto found = try_find(seq);
    if (!found) return found.error();
    if (!found.value()) {
      if (look > 0 && !is_between(seq)) break;
      continue;
    }
    *frame_ = decode_frame(*found.value());
    return Record{seq, found.value()->substr(kRecordHeader, frame_->length), frame_->chain};
  }
  return missing(seq);
}

/// Whether a listed file begins before or with the record, and another after it.
bool Lookup::is_between(Seq seq) const {
  return seq != Seq::none && !segments_.empty() && segments_.front().first <= seq &&
         seq < segments_.back().first;
}

Error Lookup::missing(Seq seq) const {
  const std::string what = "record " + std::to_string(value_of(seq));
  if (is_between(seq)) {
    const auto next = std::find_if(segments_.begin(), segments_.end(),
                                   [&](const Segment& segment) { return segment.first > seq; });
    return Error{ErrorCode::corrupt, what + " is missing from the journal in " + folder_.string() +
                                         " before the file " + next->path.filename().string() +
                                         "; restore the journal from a backup or a replica"};
  }
  return Error{ErrorCode::not_found, "the journal in " + folder_.string() + " has no " + what};
}

}  // namespace accrue::journal
