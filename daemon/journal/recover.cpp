#include "journal/recover.hpp"

#include "journal/group.hpp"

#include <algorithm>
#include <optional>

namespace accrue::journal {
namespace {

constexpr std::uint64_t kTellEvery = std::uint64_t{4} << 20;
constexpr const char* kCure =
    "; restore it from a backup or a replica (accrue verify tells how far the journal is sound)";

/// A whole record at the front of `bytes` whose group began after the record `last` + 1. The writer
/// begins a group only when the one before it is on the disk; so if there is such a record, then
/// record last + 1 was durable once, and its absence is damage.
bool is_of_later_group(std::string_view bytes, Seq last) {
  if (bytes.size() < kRecordHeader) return false;
  const Frame frame = decode_frame(bytes);
  if (frame.length == 0 || frame.length > kMaxPayload) return false;
  const std::size_t whole = framed_size(frame.length);
  if (whole > bytes.size()) return false;
  if (frame.group <= next_after(last) || frame.seq < frame.group) return false;
  return has_right_checksum(bytes.substr(0, whole));
}

/// Offset within `rest` of the first record of a later group. Records begin at multiples of 8.
std::optional<std::size_t> find_later_group(std::string_view rest, Seq last) {
  for (std::size_t at = 0; at + kRecordHeader <= rest.size(); at += kAlignment) {
    if (is_of_later_group(rest.substr(at), last)) return at;
  }
  return std::nullopt;
}

std::uint64_t without_zeros(std::string_view bytes) {
  const auto found = bytes.find_last_not_of('\0');
  return found == std::string_view::npos ? 0 : found + 1;
}

Error end_damage(const SegmentScan& scan, Step step, std::string_view evidence) {
  std::string what(step == Step::end ? "there are zeros where a record was" : scan.problem());
  return scan.damage(scan.offset(), what + std::string(evidence));
}

/// Judges what follows the last sound record. True when there is a record after all: the file was
/// being written while we looked.
Result<bool> judge_end(SegmentScan& scan, Step step, bool newest, Extent& extent) {
  const auto rest = scan.rest(extent.end);
  if (!rest) return rest.error();
  extent.size = extent.end + rest.value().size();
  extent.torn = without_zeros(rest.value());
  if (extent.torn == 0) return false;
  const auto later = find_later_group(rest.value(), extent.last);
  if (!later && newest) return false;
  const auto again = scan.next();
  if (!again) return again.error();
  if (again.value() == Step::record) return true;
  if (!later) return end_damage(scan, step, ", in a file that is not the newest");
  return end_damage(scan, step,
                    ", and a later write follows at byte " + std::to_string(extent.end + *later));
}

/// The record that ends exactly where `tail`, the end of a segment, does.
std::optional<Frame> last_in(std::string_view tail) {
  if (tail.size() < kRecordHeader || tail.size() % kAlignment != 0) return std::nullopt;
  for (std::size_t at = tail.size() - kRecordHeader;; at -= kAlignment) {
    const Frame frame = decode_frame(tail.substr(at));
    const bool fits = frame.length > 0 && frame.length <= kMaxPayload &&
                      at + framed_size(frame.length) == tail.size();
    if (fits && has_right_checksum(tail.substr(at))) return frame;
    if (at < kAlignment) return std::nullopt;
  }
}

/// How a finished segment ends; nothing when the file ends inside a record.
Result<std::optional<Ending>> ending_of(SegmentScan& scan) {
  if (const auto told = scan.ending()) return told;
  const auto size = scan.size();
  if (!size) return size.error();
  // Records are small: the last 64 KiB nearly always hold one. Else as much as the largest has.
  for (const std::uint64_t length : {std::uint64_t{64} << 10, std::uint64_t{kMaxPayload} + 4096}) {
    const std::uint64_t records =
        size.value() - std::min<std::uint64_t>(size.value(), kSegmentHeader);
    const auto tail = scan.rest(size.value() - std::min(records, length));
    if (!tail) return tail.error();
    if (const auto found = last_in(tail.value()))
      return std::optional(Ending{found->seq, found->chain});
    if (length >= records) break;
  }
  return std::optional<Ending>();
}

/// Whether `next` goes on where the segment before it ends.
Result<void> check_joint(SegmentScan& before, const SegmentScan& next) {
  const auto last = ending_of(before);
  if (!last) return last.error();
  const Seq first = next.header().first;
  const std::string file = "journal segment " + before.path().string();
  if (!last.value()) {
    return Error{ErrorCode::corrupt, file + " was cut short: it does not end with record " +
                                         std::to_string(value_of(first) - 1) + kCure};
  }
  if (next_after(last.value()->last) != first) {
    return Error{ErrorCode::corrupt,
                 file + " ends with record " + std::to_string(value_of(last.value()->last)) +
                     " and the next file begins with record " + std::to_string(value_of(first)) +
                     ": what lies between is missing" + kCure};
  }
  if (last.value()->chain == next.header().chain) return ok();
  return next.damage(24, "the chain hash of the header does not follow from the file before it");
}

}  // namespace

Result<std::unique_ptr<SegmentScan>> open_newest(const std::vector<Segment>& segments) {
  std::unique_ptr<SegmentScan> newest;
  for (const Segment& segment : segments) {
    auto scan = SegmentScan::open(segment);
    if (!scan) return scan.error();
    if (newest) {
      if (auto joined = check_joint(*newest, *scan.value()); !joined) return joined.error();
    }
    newest = std::move(scan.value());
  }
  if (auto open_end = check_open_end(*newest); !open_end) return open_end.error();
  return newest;
}

Result<void> check_open_end(const SegmentScan& newest) {
  const auto ending = newest.ending();
  if (!ending) return ok();
  return Error{ErrorCode::corrupt,
               "journal segment " + newest.path().string() +
                   " is packed, so another file followed it, which begins with record " +
                   std::to_string(value_of(ending->last) + 1) + " and is not there" + kCure};
}

Result<void> check_known(const SegmentScan& newest, const Extent& extent, const Witness& witness) {
  if (extent.last >= witness.seq) return ok();
  return newest.damage(extent.end, "the journal ends with record " +
                                       std::to_string(value_of(extent.last)) + ", but record " +
                                       std::to_string(value_of(witness.seq)) +
                                       " was on the disk: " + witness.says);
}

Result<void> measure(SegmentScan& scan, bool newest, Extent& extent,
                     const std::function<void(std::uint64_t)>& moved) {
  Sha256 hash;
  std::uint64_t told = 0;
  extent.end = scan.offset();
  auto step = scan.next();
  for (;;) {
    if (!step) return step.error();
    if (step.value() == Step::wrong) return scan.damage(extent.end, scan.problem());
    if (step.value() != Step::record) {
      const auto more = judge_end(scan, step.value(), newest, extent);
      if (!more) return more.error();
      if (!more.value()) return ok();
    }
    const Frame& frame = scan.frame();
    const Digest chain = next_chain(hash, extent.chain, frame.seq, scan.payload());
    if (chain != frame.chain) {
      return scan.damage(extent.end, "the chain hash of record " +
                                         std::to_string(value_of(frame.seq)) +
                                         " does not follow from the records before it");
    }
    extent.last = frame.seq;
    extent.chain = chain;
    extent.end = scan.offset();
    ++extent.records;
    if (moved && extent.end - told >= kTellEvery) moved(told = extent.end);
    step = scan.next();
  }
}

}  // namespace accrue::journal
