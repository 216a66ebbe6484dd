#include "journal/pack.hpp"

#include "digest/crc32c.hpp"
#include "journal/packed_format.hpp"
#include "journal/segment.hpp"
#include "journal/zstd.hpp"

#include <algorithm>

namespace accrue::journal {
namespace {

/// Synced in parts, so that no sync of the writer's waits long for ours.
constexpr std::uint64_t kSyncEvery = std::uint64_t{4} << 20;
/// Records that are read again between two questions whether to go on.
constexpr std::uint64_t kAskEvery = 256;

std::string number(Seq seq) { return std::to_string(value_of(seq)); }

/// Makes the packed file under a name of its own.
class Packing {
 public:
  Packing(SegmentScan& scan, const std::function<bool()>& go_on, std::unique_ptr<File> file)
      : scan_(scan), go_on_(go_on), file_(std::move(file)), block_(encode(scan.header())) {
    index_.header = scan.header();
    index_.chain = scan.header().chain;
  }

  /// False when told to stop.
  Result<bool> write() {
    for (;;) {
      const auto step = scan_.next();
      if (!step) return step.error();
      if (step.value() == Step::end) break;
      if (step.value() != Step::record) return scan_.damage(scan_.offset(), scan_.problem());
      if (auto added = add(); !added) return added.error();
      if (block_.size() < kBlockBytes) continue;
      if (auto flushed = flush(); !flushed) return flushed.error();
      if (!go_on_()) return false;
    }
    if (auto ended = check_end(); !ended) return ended.error();
    if (auto finished = finish(); !finished) return finished.error();
    return true;
  }

  const Index& index() const { return index_; }
  std::uint64_t records() const { return records_; }
  std::uint64_t size() const { return index_.packed() + index_size(index_.blocks.size()); }

 private:
  Result<void> add() {
    const Frame& frame = scan_.frame();
    index_.chain = next_chain(hash_, index_.chain, frame.seq, scan_.payload());
    if (index_.chain != frame.chain) {
      return scan_.damage(scan_.offset() - scan_.whole().size(),
                          "the chain hash of record " + number(frame.seq) +
                              " does not follow from the records before it");
    }
    if (first_ == Seq::none) first_ = frame.seq;
    index_.last = frame.seq;
    block_ += scan_.whole();
    ++records_;
    return ok();
  }

  Result<void> flush() {
    const auto frame = compressor_.pack(block_);
    if (!frame) return frame.error();
    Block block;
    block.first = first_;
    block.at = index_.blocks.empty() ? 0 : index_.packed();
    block.unpacked_at = index_.blocks.empty() ? 0 : index_.unpacked();
    block.size = static_cast<std::uint32_t>(frame.value().size());
    block.unpacked = static_cast<std::uint32_t>(block_.size());
    block.crc = crc32c(frame.value());
    if (auto written = file_->write(block.at, frame.value()); !written) return written.error();
    index_.blocks.push_back(block);
    block_.clear();
    first_ = Seq::none;
    if (index_.packed() - synced_ < kSyncEvery) return ok();
    synced_ = index_.packed();
    return file_->sync();
  }

  /// Nothing but zeros may follow the last record, and the next segment must follow from it.
  Result<void> check_end() {
    const std::uint64_t end = scan_.offset();
    const auto rest = scan_.rest(end);
    if (!rest) return rest.error();
    if (rest.value().find_first_not_of('\0') != std::string::npos) {
      return scan_.damage(end, "there are zeros where a record was");
    }
    if (records_ == 0) return scan_.damage(end, "it holds no record, and another file follows it");
    const auto folder = scan_.path().parent_path();
    const Seq first = next_after(index_.last);
    const auto next = SegmentScan::open({first, folder / segment_name(first)});
    if (!next && next.error().code == ErrorCode::not_found) {
      return scan_.damage(end, "record " + number(first) +
                                   " belongs here or in a file of its own, and neither is there");
    }
    if (!next) return next.error();
    if (next.value()->header().chain == index_.chain) return ok();
    return next.value()->damage(
        24, "the chain hash of the header does not follow from the file before it");
  }

  Result<void> finish() {
    if (!block_.empty()) {
      if (auto flushed = flush(); !flushed) return flushed.error();
    }
    if (auto written = file_->write(index_.packed(), encode(index_)); !written) {
      return written.error();
    }
    return file_->sync();
  }

  SegmentScan& scan_;
  const std::function<bool()>& go_on_;
  std::unique_ptr<File> file_;
  Compressor compressor_;
  Sha256 hash_;
  Index index_;
  std::string block_;      // What the next block will hold, unpacked.
  Seq first_ = Seq::none;  // Its first record.
  std::uint64_t records_ = 0;
  std::uint64_t synced_ = 0;
};

/// Reads what was made from its first record to its last: it alone will be left. False when told to
/// stop.
Result<bool> is_sound(const Segment& made, const Packing& packing,
                      const std::function<bool()>& go_on) {
  const auto scan = SegmentScan::open(made);
  if (!scan) return scan.error();
  std::uint64_t records = 0;
  for (;;) {
    const auto step = scan.value()->next();
    if (!step) return step.error();
    if (step.value() != Step::record) break;
    if (++records % kAskEvery == 0 && !go_on()) return false;
  }
  const auto ending = scan.value()->ending();
  const bool whole = records == packing.records() && ending &&
                     ending->last == packing.index().last &&
                     scan.value()->frame().chain == packing.index().chain &&
                     scan.value()->offset() == packing.index().unpacked();
  if (whole) return true;
  return Error{ErrorCode::corrupt, "it ends early"};
}

/// A copy that went wrong says nothing against the segment.
Result<bool> read_again(const Segment& made, const Packing& packing,
                        const std::function<bool()>& go_on) {
  auto sound = is_sound(made, packing, go_on);
  if (sound || sound.error().code != ErrorCode::corrupt) return sound;
  return Error{ErrorCode::internal, "what was written to " + made.path.string() +
                                        " is not what is read from it, and the plain segment "
                                        "stays: " +
                                        sound.error().message};
}

}  // namespace

Result<std::vector<Segment>> packable(const std::filesystem::path& folder, Seq posted) {
  auto segments = list_segments(folder);
  if (!segments) return segments.error();
  std::vector<Segment> found;
  for (std::size_t i = 0; i + 1 < segments.value().size(); ++i) {
    const auto& segment = segments.value()[i];
    if (!segment.packed && segments.value()[i + 1].first <= next_after(posted)) {
      found.push_back(segment);
    }
  }
  return found;
}

Result<std::optional<Packed>> pack(const Segment& segment, const std::function<bool()>& go_on,
                                   Disk& disk) {
  const auto scan = SegmentScan::open(segment);
  if (!scan) return scan.error();
  const auto plain_bytes = scan.value()->size();
  if (!plain_bytes) return plain_bytes.error();
  const auto folder = segment.path.parent_path();
  const auto path = folder / packed_name(segment.first);
  auto unfinished = path;
  unfinished += ".new";
  auto file = disk.create(unfinished);
  if (!file) return file.error();
  Packing packing(*scan.value(), go_on, std::move(file.value()));
  auto made = packing.write();
  if (made && made.value()) made = read_again({segment.first, unfinished, true}, packing, go_on);
  // Moved elsewhere meanwhile, it is not to come back.
  if (made && made.value()) made = std::filesystem::exists(segment.path);
  if (made && made.value()) {
    if (auto renamed = disk.rename(unfinished, path); !renamed) made = renamed.error();
  }
  if (!made || !made.value()) {
    // On a full disk its space is needed. If this fails, the next attempt overwrites it.
    static_cast<void>(disk.remove(unfinished));
    if (!made) return made.error();
    return std::optional<Packed>();
  }
  if (auto synced = disk.sync_folder(folder); !synced) return synced.error();
  if (auto removed = disk.remove(segment.path); !removed) return removed.error();
  return std::optional(Packed{plain_bytes.value(), packing.size(), packing.records()});
}

}  // namespace accrue::journal
