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

namespace {

/// The error of a sync: whatever its cause, nobody knows now what the disk holds.
Error unknown_state(Error error) {
  if (error.code == ErrorCode::exhausted) error.code = ErrorCode::internal;
  return error;
}

Result<void> sync(File& file) {
  if (auto synced = file.sync(); !synced) return unknown_state(synced.error());
  return ok();
}

}  // namespace

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
  const Witness witness = hear(folder_, options_.known);
  const auto segments = list_segments(folder_);
  if (!segments) return segments.error();
  if (segments.value().empty()) {
    if (witness.seq == Seq::none) return start_segment();
    return Error{ErrorCode::corrupt, "there is no journal in " + folder_.string() +
                                         ", but record " + std::to_string(value_of(witness.seq)) +
                                         " was in it: " + witness.says +
                                         "; restore the journal, or run accrue rebuild"};
  }
  auto newest = open_newest(segments.value());
  if (!newest) return newest.error();
  SegmentScan& scan = *newest.value();
  Extent extent;
  extent.last = static_cast<Seq>(value_of(scan.header().first) - 1);
  extent.chain = scan.header().chain;
  if (auto measured = measure(scan, true, extent); !measured) return measured.error();
  if (auto whole = check_known(scan, extent, witness); !whole) return whole.error();
  auto file = disk_.open(scan.path());
  if (!file) return file.error();
  file_ = std::move(file.value());
  last_ = extent.last;
  chain_ = extent.chain;
  end_ = extent.end;
  size_ = extent.size;
  if (extent.torn > 0) {
    if (auto cut = cut_torn(scan, extent.torn); !cut) return cut.error();
  }
  // A process that died may have left records in the kernel's memory that were never synced.
  if (auto synced = file_->sync(); !synced) return synced.error();
  return disk_.sync_folder(folder_);
}

Result<void> Journal::cut_torn(SegmentScan& scan, std::uint64_t torn) {
  const auto rest = scan.rest(end_);
  if (!rest) return rest.error();
  auto kept = keep_aside(scan.path(), std::string_view(rest.value()).substr(0, torn));
  if (!kept) return kept.error();
  if (auto cut = file_->truncate(end_); !cut) return cut.error();
  size_ = end_;
  bytes_cut_ = torn;
  return ok();
}

Result<void> Journal::keep_aside(std::filesystem::path segment, std::string_view torn) {
  segment += ".torn-" + std::to_string(value_of(last_) + 1);
  auto path = segment;
  std::error_code error;
  for (int i = 2; std::filesystem::exists(path, error); ++i) {
    path = segment;
    path += '.' + std::to_string(i);
  }
  auto file = disk_.create(path);
  if (!file) return file.error();
  if (auto written = file.value()->write(0, torn); !written) return written.error();
  if (auto synced = file.value()->sync(); !synced) return synced.error();
  return disk_.sync_folder(folder_);
}

Result<void> Journal::start_segment() {
  if (file_ && size_ > end_) {
    // The reader goes on to the next file when this one ends.
    if (auto cut = file_->truncate(end_); !cut) return cut.error();
    if (auto synced = sync(*file_); !synced) return synced.error();
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
  if (auto synced = sync(*file.value()); !synced) return synced.error();
  if (auto renamed = disk_.rename(unfinished, path); !renamed) return renamed.error();
  if (auto synced = disk_.sync_folder(folder_); !synced) return unknown_state(synced.error());
  file_ = std::move(file.value());
  end_ = size_ = header.size();
  return ok();
}

Result<void> Journal::write(const Group& group) {
  if (poisoned_) return *poisoned_;
  if (group.empty()) return ok();
  auto written = write_group(group);
  if (written) return written;
  // Leave nothing half written behind, above all on a full disk. If this fails too, the next open
  // cuts the tail.
  const bool undone = file_ && file_->truncate(end_);
  if (undone) size_ = end_;
  if (!undone || written.error().code != ErrorCode::exhausted) poisoned_ = written.error();
  return written;
}

Result<void> Journal::write_group(const Group& group) {
  if (end_ >= options_.segment_bytes) {
    if (auto started = start_segment(); !started) return started.error();
  }
  const std::string& records = group.records_;
  const Seq first = next_after(last_);
  Seq seq = last_;
  Digest chain = chain_;
  for (const Group::Place& place : group.places_) {
    seq = next_after(seq);
    chain = seal(group.records_.data() + place.at, place.length, seq, first, chain, hash_);
  }
  if (auto made = make_room(records.size()); !made) return made.error();
  if (auto written = file_->write(end_, records); !written) return written.error();
  if (auto synced = sync(*file_); !synced) return synced.error();
  end_ += records.size();
  size_ = std::max(size_, end_);
  last_ = seq;
  chain_ = chain;
  return ok();
}

Result<void> Journal::make_room(std::uint64_t bytes) {
  if (end_ + bytes <= size_ || options_.extend_bytes == 0) return ok();
  static const std::string zeros(std::size_t{1} << 20, '\0');
  const std::uint64_t before = size_;
  const std::uint64_t wanted = end_ + bytes + options_.extend_bytes;
  while (size_ < wanted) {
    const auto part =
        static_cast<std::size_t>(std::min<std::uint64_t>(zeros.size(), wanted - size_));
    if (auto written = file_->write(size_, std::string_view(zeros).substr(0, part)); !written) {
      if (written.error().code != ErrorCode::exhausted) return written.error();
      // There may still be room for the records alone.
      size_ = before;
      return file_->truncate(size_);
    }
    size_ += part;
  }
  return ok();
}

Result<void> Journal::close() {
  if (poisoned_) return *poisoned_;
  if (last_ == Seq::none) return ok();
  return leave_closed(disk_, folder_, last_);
}

}  // namespace accrue::journal
