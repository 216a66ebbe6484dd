// The journal's writer: appends groups of records to segment files and returns when they are on
// the disk. What it has acknowledged is there after any crash. Format: docs/formats/journal.md.
// One thread at a time.
#pragma once

#include "digest/sha256.hpp"
#include "journal/disk.hpp"
#include "journal/group.hpp"

#include <accrue/ids.hpp>
#include <accrue/result.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace accrue::journal {

class SegmentScan;

struct Options {
  /// A segment that has reached this size is followed by a new one.
  std::uint64_t segment_bytes = 256ull << 20;
  /// The file is extended by zeros in steps of this size, ahead of the records, because syncing
  /// bytes inside a file is faster than syncing a file that grows. 0: never.
  std::uint64_t extend_bytes = 1ull << 20;
  /// A record that is known to have been durable, because the ledger is posted up to it. A journal
  /// that ends before it is damaged, and nothing is cut. none: nobody knows.
  Seq known = Seq::none;
};

class Journal {
 public:
  /// Creates the folder when there is none, and takes its lock: a second writer is refused with
  /// conflict. Cuts a torn tail (bytes of a group whose write never returned) and keeps it in a
  /// file beside the segment. Fails with corrupt, file, offset and cure on any other damage in the
  /// newest segment, in a header or at a segment's end, and when a segment is missing.
  static Result<std::unique_ptr<Journal>> open(const std::filesystem::path& folder,
                                               Options options = {}, Disk& disk = Disk::real());
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  /// The newest durable record; none when there is none.
  Seq last() const { return last_; }
  /// Chain hash of the newest durable record; zeros when there is none.
  const Digest& chain() const { return chain_; }
  /// Size of the torn tail removed by open.
  std::uint64_t bytes_cut() const { return bytes_cut_; }

  /// Appends the group as records last()+1 … and syncs once. On success all of them are durable.
  /// On failure none is acknowledged. exhausted: there was no space, nothing of the group is in the
  /// journal, and it may be written again later. Anything else poisons the writer: every later
  /// write fails with the same error, and the process should exit, because after a failed sync
  /// nobody knows what the disk holds until the journal is opened anew.
  Result<void> write(const Group& group);

  /// Leaves in the folder how far the journal reaches, so that the next open knows that all of it
  /// was durable. For an end in peace; without it nothing is lost but that knowledge.
  Result<void> close();

 private:
  class Lock;  // The folder's lock file, held open.

  Journal(std::filesystem::path folder, Options options, Disk& disk, std::unique_ptr<Lock> lock);
  Result<void> recover();
  Result<void> cut_torn(SegmentScan& scan, std::uint64_t torn);
  Result<void> keep_aside(std::filesystem::path segment, std::string_view torn);
  Result<void> start_segment();
  Result<void> write_group(const Group& group);
  Result<void> make_room(std::uint64_t bytes);

  std::filesystem::path folder_;
  Options options_;
  Disk& disk_;
  std::unique_ptr<Lock> lock_;
  std::unique_ptr<File> file_;  // The newest segment; none before the first.
  std::uint64_t end_ = 0;       // Of the newest record in it.
  std::uint64_t size_ = 0;      // Of the file: end_ and zeros ahead.
  Seq last_ = Seq::none;
  Digest chain_{};
  std::uint64_t bytes_cut_ = 0;
  std::optional<Error> poisoned_;
  Sha256 hash_;
};

}  // namespace accrue::journal
