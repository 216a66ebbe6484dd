#include "journal/journal.hpp"

#include "journal/format.hpp"
#include "journal/recover.hpp"
#include "journal/segment.hpp"

#include <accrue/assert.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace accrue::journal {

/// An flock on <folder>/lock. It goes with the process, however that ends.
class Journal::Lock {
 public:
  explicit Lock(int descriptor) : descriptor_(descriptor) {}
  ~Lock() { ::close(descriptor_); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

  static Result<std::unique_ptr<Lock>> take(const std::filesystem::path& folder) {
    const auto path = folder / "lock";
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (descriptor < 0) {
      return Error{ErrorCode::internal,
                   "cannot open " + path.string() + ": " + std::generic_category().message(errno)};
    }
    auto lock = std::make_unique<Lock>(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
      return Error{ErrorCode::conflict, "the journal in " + folder.string() +
                                            " is in use by another writer; stop the other accrued "
                                            "or give this one a data folder of its own"};
    }
    return lock;
  }

 private:
  int descriptor_;
};

Journal::Journal(std::filesystem::path folder, Options options, Disk& disk,
                 std::unique_ptr<Lock> lock)
    : folder_(std::move(folder)), options_(options), disk_(disk), lock_(std::move(lock)) {}

Journal::~Journal() = default;

Result<std::unique_ptr<Journal>> Journal::open(const std::filesystem::path& folder, Options options,
                                               Disk& disk) {
  std::error_code error;
  const auto place = std::filesystem::absolute(folder, error).lexically_normal();
  if (!error && std::filesystem::create_directories(place, error)) {
    if (auto synced = disk.sync_folder(place.parent_path()); !synced) return synced.error();
  }
  if (error) {
    return Error{ErrorCode::internal,
                 "cannot create the journal folder " + folder.string() + ": " + error.message()};
  }
  auto lock = Lock::take(place);
  if (!lock) return lock.error();
  std::unique_ptr<Journal> journal(new Journal(place, options, disk, std::move(lock.value())));
  if (auto recovered = journal->recover(); !recovered) return recovered.error();
  return journal;
}

Result<void> Journal::recover() {
  const auto segments = list_segments(folder_);
  if (!segments) return segments.error();
  if (segments.value().empty()) return start_segment();
  std::unique_ptr<SegmentScan> newest;
  for (const auto& segment : segments.value()) {
    auto scan = SegmentScan::open(segment);
    if (!scan) return scan.error();
    newest = std::move(scan.value());
  }
  Extent extent;
  extent.last = static_cast<Seq>(value_of(newest->header().first) - 1);
  extent.chain = newest->header().chain;
  if (auto measured = measure(*newest, true, extent); !measured) return measured.error();
  auto file = disk_.open(newest->path());
  if (!file) return file.error();
  file_ = std::move(file.value());
  last_ = extent.last;
  chain_ = extent.chain;
  end_ = extent.end;
  size_ = extent.size;
  bytes_cut_ = extent.torn;
  if (extent.torn > 0) {
    if (auto cut = file_->truncate(end_); !cut) return cut.error();
    size_ = end_;
  }
  // A process that died may have left records in the kernel's memory that were never synced.
  if (auto synced = file_->sync(); !synced) return synced.error();
  return disk_.sync_folder(folder_);
}

Result<void> Journal::start_segment() {
  if (file_ && size_ > end_) {
    // The reader goes on to the next file when this one ends.
    if (auto cut = file_->truncate(end_); !cut) return cut.error();
    if (auto synced = file_->sync(); !synced) return synced.error();
    size_ = end_;
  }
  // Under another name until it is whole, so that no one ever meets half a header.
  const auto path = folder_ / segment_name(next_after(last_));
  auto unfinished = path;
  unfinished += ".new";
  auto file = disk_.create(unfinished);
  if (!file) return file.error();
  const std::string header = encode({next_after(last_), chain_});
  if (auto written = file.value()->write(0, header); !written) return written.error();
  if (auto synced = file.value()->sync(); !synced) return synced.error();
  if (auto renamed = disk_.rename(unfinished, path); !renamed) return renamed.error();
  if (auto synced = disk_.sync_folder(folder_); !synced) return synced.error();
  file_ = std::move(file.value());
  end_ = size_ = header.size();
  return ok();
}

Result<void> Journal::write(const Group& group) {
  if (poisoned_) return *poisoned_;
  if (group.empty()) return ok();
  auto written = write_group(group);
  if (!written) {
    poisoned_ = written.error();
    // Leave nothing half written behind, above all on a full disk. If this fails too, the next
    // open cuts the tail.
    if (file_) static_cast<void>(file_->truncate(end_));
  }
  return written;
}

Result<void> Journal::write_group(const Group& group) {
  if (end_ >= options_.segment_bytes) {
    if (auto started = start_segment(); !started) return started.error();
  }
  buffer_.clear();
  Frame frame;
  frame.seq = last_;
  frame.group = next_after(last_);
  frame.chain = chain_;
  for (std::size_t i = 0; i < group.size(); ++i) {
    const std::string_view payload = group.payload(i);
    frame.seq = next_after(frame.seq);
    frame.chain = next_chain(hash_, frame.chain, frame.seq, payload);
    append_record(buffer_, frame, payload);
  }
  if (auto made = make_room(buffer_.size()); !made) return made.error();
  if (auto written = file_->write(end_, buffer_); !written) return written.error();
  if (auto synced = file_->sync(); !synced) return synced.error();
  end_ += buffer_.size();
  size_ = std::max(size_, end_);
  last_ = frame.seq;
  chain_ = frame.chain;
  return ok();
}

Result<void> Journal::make_room(std::uint64_t bytes) {
  if (end_ + bytes <= size_ || options_.extend_bytes == 0) return ok();
  static const std::string zeros(std::size_t{1} << 20, '\0');
  const std::uint64_t wanted = end_ + bytes + options_.extend_bytes;
  while (size_ < wanted) {
    const auto part =
        static_cast<std::size_t>(std::min<std::uint64_t>(zeros.size(), wanted - size_));
    if (auto written = file_->write(size_, std::string_view(zeros).substr(0, part)); !written) {
      return written.error();
    }
    size_ += part;
  }
  return ok();
}

}  // namespace accrue::journal
