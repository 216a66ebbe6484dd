// Reads a journal's records in order, also while it is being written. A reader sees what is in the
// files, which may be more than is durable: whoever follows a live journal stops at the writer's
// newest durable record. Checks each record's checksum and place, not the hash chain (see verify).
// Any number of readers, each on one thread at a time.
#pragma once

#include "digest/sha256.hpp"

#include <accrue/ids.hpp>
#include <accrue/result.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

namespace accrue::journal {

class SegmentScan;
struct Segment;

/// Valid until the reader's next call.
struct Record {
  Seq seq;
  std::string_view payload;
  const Digest& chain;
};

class Reader {
 public:
  /// The first record given will be `from` (none: the oldest there is). Fails with not_found when
  /// there is no journal in the folder or `from` is older than its oldest record. A `from` beyond
  /// the newest record is waited for.
  static Result<Reader> open(const std::filesystem::path& folder, Seq from);
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;
  ~Reader();

  /// The next record, or nothing when there is no complete one yet; call again later. Fails with
  /// corrupt, file and offset on damage, and again on every later call.
  Result<std::optional<Record>> next();

 private:
  Reader(std::filesystem::path folder, Seq from, std::unique_ptr<SegmentScan> scan);
  Result<std::optional<Segment>> find_later() const;
  Result<void> roll(bool broken, const Segment& later);

  std::filesystem::path folder_;
  Seq from_;
  std::unique_ptr<SegmentScan> scan_;
};

}  // namespace accrue::journal
