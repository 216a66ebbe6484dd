#include "journal/segment.hpp"

#include "journal/group.hpp"

#include <algorithm>

namespace accrue::journal {
namespace {

bool is_zero(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == '\0'; });
}

}  // namespace

SegmentScan::SegmentScan(std::unique_ptr<Source> source, Seq first)
    : source_(std::move(source)), expected_(first) {}

Result<std::unique_ptr<SegmentScan>> SegmentScan::open(const Segment& segment) {
  auto source = Source::open(segment);
  if (!source) return source.error();
  std::unique_ptr<SegmentScan> scan(new SegmentScan(std::move(source.value()), segment.first));
  auto read = scan->read_header();
  if (!read) return read.error();
  return scan;
}

Result<void> SegmentScan::read_header() {
  auto header = source_->header();
  if (!header) return header.error();
  header_ = header.value();
  if (header_.first == expected_) return ok();
  return damage(16, "the header says that record " + std::to_string(value_of(header_.first)) +
                        " is the first, the name says another");
}

void SegmentScan::skip_to(Seq seq) {
  const Start start = source_->start_near(seq);
  expected_ = start.first;
  offset_ = start.offset;
  forget();
}

void SegmentScan::forget() {
  buffer_ = {};
  buffer_at_ = offset_;
  fresh_ = false;
}

std::string_view SegmentScan::buffered() const {
  return buffer_.substr(static_cast<std::size_t>(offset_ - buffer_at_));
}

Result<void> SegmentScan::fill(std::size_t at_least) {
  forget();
  const auto read = source_->read(offset_, at_least);
  if (!read) return read.error();
  buffer_ = read.value();
  fresh_ = true;
  return ok();
}

Result<Step> SegmentScan::next(Seq check_from) {
  auto found = step(check_from);
  if (found.has_value() && found.value() != Step::record && !fresh_) {
    // The buffer may be older than the file: look again before saying so.
    if (auto filled = fill(0); !filled) return filled.error();
    found = step(check_from);
  }
  if (found.has_value() && found.value() == Step::record) {
    fresh_ = false;
  } else {
    forget();
  }
  return found;
}

Result<Step> SegmentScan::step(Seq check_from) {
  if (buffered().size() < kRecordHeader) {
    if (auto filled = fill(0); !filled) return filled.error();
  }
  std::string_view bytes = buffered();
  if (is_zero(bytes.substr(0, kAlignment))) return Step::end;
  if (bytes.size() < kRecordHeader) return broken("the last record is incomplete");
  const std::uint32_t length = decode_frame(bytes).length;
  if (length == 0 || length > kMaxPayload) return broken("no record begins here");
  const std::size_t whole = framed_size(length);
  if (bytes.size() < whole) {
    if (auto filled = fill(whole); !filled) return filled.error();
    bytes = buffered();
    if (bytes.size() < whole) return broken("the last record is incomplete");
    if (decode_frame(bytes).length != length) return broken("no record begins here");
  }
  return judge(bytes.substr(0, whole), check_from);
}

Step SegmentScan::judge(std::string_view record, Seq check_from) {
  frame_ = decode_frame(record);
  const bool checked = expected_ >= check_from || frame_.seq != expected_;
  if (checked && !has_right_checksum(record)) return broken("the checksum of a record is wrong");
  if (frame_.seq != expected_) {
    broken("record " + std::to_string(value_of(frame_.seq)) + " stands where record " +
           std::to_string(value_of(expected_)) + " belongs");
    return Step::wrong;
  }
  whole_ = record;
  payload_ = record.substr(kRecordHeader, frame_.length);
  offset_ += record.size();
  expected_ = next_after(expected_);
  return Step::record;
}

Step SegmentScan::broken(std::string_view problem) {
  problem_ = problem;
  return Step::broken;
}

Result<std::string> SegmentScan::rest(std::uint64_t from) {
  forget();
  std::string bytes;
  const auto size = source_->size();
  if (!size) return size.error();
  while (from + bytes.size() < size.value()) {
    const std::uint64_t at = from + bytes.size();
    const auto read = source_->read(at, static_cast<std::size_t>(size.value() - at));
    if (!read) return read.error();
    if (read.value().empty()) break;
    bytes += read.value();
  }
  return bytes;
}

}  // namespace accrue::journal
