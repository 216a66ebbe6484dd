#include "journal/finder.hpp"
#include "journal/group.hpp"

#include <algorithm>

namespace accrue::journal {
namespace {

constexpr std::uint64_t kStride = 8;
constexpr std::size_t kSmallRead = std::size_t{16} << 10;
constexpr std::size_t kLargeRead = std::size_t{256} << 10;

bool is_zero(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == '\0'; });
}

std::string number(Seq seq) { return std::to_string(value_of(seq)); }

}  // namespace

/// Opens the file only when the buffer does not hold what is asked for.
class PlainFinder::Sight {
 public:
  Sight(PlainFinder& finder, bool closed) : finder_(finder), closed_(closed) {}

  /// From `offset` on `size` bytes or more, or as many as the file has.
  Result<std::string_view> at(std::uint64_t offset, std::size_t size) {
    if (offset < finder_.buffer_at_ || offset + size > finder_.buffer_at_ + finder_.held_) {
      if (auto filled = fill(offset, size); !filled) return filled.error();
    }
    const std::string_view held = finder_.buffer_.bytes().substr(0, finder_.held_);
    return held.substr(static_cast<std::size_t>(offset - finder_.buffer_at_));
  }

 private:
  Result<void> fill(std::uint64_t offset, std::size_t size) {
    if (!file_) {
      auto opened = Input::open(finder_.segment_.path);
      if (!opened) return opened.error();
      file_ = std::move(opened.value());
    }
    finder_.buffer_at_ = offset;
    finder_.held_ = 0;
    auto read = file_->read(offset, std::max(read_, size), finder_.buffer_);
    if (!read) return read.error();
    finder_.held_ = finder_.buffer_.bytes().size();
    finder_.is_final_ = closed_;
    read_ = std::min(read_ * 2, kLargeRead);
    return ok();
  }

  PlainFinder& finder_;
  bool closed_;
  std::optional<Input> file_;
  std::size_t read_ = kSmallRead;
};

PlainFinder::PlainFinder(Segment segment) : segment_(std::move(segment)), next_(segment_.first) {}

Result<Frame> PlainFinder::frame_at(std::uint64_t offset, Seq seq, Sight& sight) const {
  const auto bytes = sight.at(offset, kRecordHeader);
  if (!bytes) return bytes.error();
  if (bytes.value().size() < kRecordHeader || is_zero(bytes.value().substr(0, kAlignment))) {
    return Frame{};
  }
  const Frame frame = decode_frame(bytes.value());
  if (frame.length == 0 || frame.length > kMaxPayload) {
    return damage(segment_.path, offset, "no record begins here");
  }
  if (frame.seq == seq) return frame;
  return damage(segment_.path, offset,
                "record " + number(frame.seq) + " stands where record " + number(seq) + " belongs");
}

/// False when the segment ends before the record.
Result<bool> PlainFinder::walk_to(Seq seq, Sight& sight) {
  while (next_ <= seq) {
    const auto frame = frame_at(end_, next_, sight);
    if (!frame) return frame.error();
    if (frame.value().seq == Seq::none) return false;
    const std::uint64_t passed = value_of(next_) - value_of(segment_.first);
    if (passed % kStride == 0) places_.push_back(end_);
    last_ = end_;
    end_ += framed_size(frame.value().length);
    next_ = next_after(next_);
  }
  return true;
}

Result<std::string_view> PlainFinder::record_at(std::uint64_t offset, Seq seq, Sight& sight) const {
  const auto frame = frame_at(offset, seq, sight);
  if (!frame) return frame.error();
  const std::size_t whole = framed_size(frame.value().length);
  const auto bytes = sight.at(offset, whole);
  if (!bytes) return bytes.error();
  const std::string_view record = bytes.value().substr(0, whole);
  if (record.size() == whole && has_right_checksum(record)) return record;
  return damage(segment_.path, offset, "the checksum of a record is wrong");
}

Result<std::optional<std::string_view>> PlainFinder::look(Seq seq, Sight& sight) {
  if (next_ <= seq) {
    const auto reached = walk_to(seq, sight);
    if (!reached) return reached.error();
    if (!reached.value()) return std::optional<std::string_view>();
  }
  std::uint64_t offset = last_;
  if (next_after(seq) != next_) {
    const std::uint64_t index = (value_of(seq) - value_of(segment_.first)) / kStride;
    offset = places_[index];
    for (Seq at{value_of(segment_.first) + index * kStride}; at < seq; at = next_after(at)) {
      const auto frame = frame_at(offset, at, sight);
      if (!frame) return frame.error();
      offset += framed_size(frame.value().length);
    }
  }
  const auto record = record_at(offset, seq, sight);
  if (!record) return record.error();
  return std::optional<std::string_view>(record.value());
}

Result<std::optional<std::string_view>> PlainFinder::find(Seq seq, bool closed) {
  // What lay behind the newest record asked for may have been read half written.
  if (!is_final_) held_ = end_ <= buffer_at_ ? 0 : std::min<std::size_t>(held_, end_ - buffer_at_);
  Sight sight(*this, closed);
  auto found = look(seq, sight);
  if (!found || !found.value()) held_ = 0;
  return found;
}

}  // namespace accrue::journal
