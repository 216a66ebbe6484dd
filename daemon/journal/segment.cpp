#include "journal/segment.hpp"

#include "journal/group.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace accrue::journal {
namespace {

/// Reads begin small, for a reader that follows a writer, and grow while it has much to catch up.
constexpr std::size_t kSmallBlock = std::size_t{64} << 10;
constexpr std::size_t kLargeBlock = std::size_t{2} << 20;

Error unreadable(const std::filesystem::path& path, int code) {
  ErrorCode kind = ErrorCode::internal;
  if (code == ENOENT) kind = ErrorCode::not_found;
  if (code == EMFILE || code == ENFILE) kind = ErrorCode::exhausted;
  return Error{kind, "cannot read journal segment " + path.string() + ": " +
                         std::generic_category().message(code)};
}

/// Reads until `size` bytes or the end of the file; appends to `out`.
int read_at(int descriptor, std::uint64_t offset, std::size_t size, std::string& out) {
  const std::size_t before = out.size();
  out.resize(before + size);
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = ::pread(descriptor, out.data() + before + done, size - done,
                                static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  out.resize(before + done);
  return 0;
}

bool is_zero(std::string_view bytes) {
  return bytes.find_first_not_of('\0') == std::string_view::npos;
}

}  // namespace

SegmentScan::SegmentScan(int descriptor, Segment segment)
    : descriptor_(descriptor),
      path_(std::move(segment.path)),
      block_(kSmallBlock),
      expected_(segment.first) {}

SegmentScan::~SegmentScan() { ::close(descriptor_); }

Result<std::unique_ptr<SegmentScan>> SegmentScan::open(const Segment& segment) {
  const int descriptor = ::open(segment.path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return unreadable(segment.path, errno);
  std::unique_ptr<SegmentScan> scan(new SegmentScan(descriptor, segment));
  auto read = scan->read_header();
  if (!read) return read.error();
  return scan;
}

Result<void> SegmentScan::read_header() {
  std::string bytes;
  if (const int code = read_at(descriptor_, 0, kSegmentHeader, bytes); code != 0) {
    return unreadable(path_, code);
  }
  auto header = decode_header(bytes);
  if (!header) {
    if (header.error().code == ErrorCode::corrupt) return damage(path_, 0, header.error().message);
    return Error{header.error().code,
                 "journal segment " + path_.string() + " " + header.error().message};
  }
  if (header.value().first != expected_) {
    return damage(path_, 16,
                  "the header says that record " + std::to_string(value_of(header.value().first)) +
                      " is the first, the name says another");
  }
  header_ = header.value();
  return ok();
}

std::string_view SegmentScan::buffered() const {
  return std::string_view(buffer_).substr(static_cast<std::size_t>(offset_ - buffer_at_));
}

Result<void> SegmentScan::fill(std::size_t at_least) {
  buffer_.clear();
  buffer_at_ = offset_;
  const std::size_t size = std::max(block_, at_least);
  if (const int code = read_at(descriptor_, offset_, size, buffer_); code != 0) {
    buffer_.clear();
    return unreadable(path_, code);
  }
  block_ = buffer_.size() == size ? std::min(block_ * 2, kLargeBlock) : kSmallBlock;
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
    buffer_.clear();
    buffer_at_ = offset_;
    block_ = kSmallBlock;
    fresh_ = false;
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
  payload_ = record.substr(kRecordHeader, frame_.length);
  offset_ += record.size();
  expected_ = next_after(expected_);
  return Step::record;
}

Step SegmentScan::broken(std::string_view problem) {
  problem_ = problem;
  return Step::broken;
}

Result<std::string> SegmentScan::rest(std::uint64_t from) const {
  struct ::stat info {};
  if (::fstat(descriptor_, &info) != 0) return unreadable(path_, errno);
  std::string bytes;
  const auto size = static_cast<std::uint64_t>(info.st_size);
  if (size <= from) return bytes;
  if (const int code = read_at(descriptor_, from, size - from, bytes); code != 0) {
    return unreadable(path_, code);
  }
  return bytes;
}

}  // namespace accrue::journal
