// Packs the journal's closed segments once the ledger has all that is in them, on a thread of the
// lowest priority: sales never wait for it. What is left when the daemon stops, or what fails on a
// full disk, is packed later. Owns one thread.
#pragma once

#include "journal/disk.hpp"
#include "metrics/metrics.hpp"

#include <accrue/ids.hpp>
#include <accrue/result.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>

namespace accrue::journal {
struct Segment;
}

namespace accrue::pipeline {

struct PackerOptions {
  std::filesystem::path journal;
  std::uint64_t reserve_bytes = 0;             ///< Never made less on the disk.
  std::chrono::milliseconds look_every{1000};  ///< For segments to be packed.
  std::chrono::milliseconds retry_after{60'000};
  /// Told of what keeps it from packing, once each time that it is something else: corrupt is
  /// damage, which leaves the segment plain; all else is tried again. On the packer's thread.
  std::function<void(const Error&)> on_error{};
  journal::Disk* disk = &journal::Disk::real();
};

class Packer {
 public:
  /// `applied` says how far the ledger is posted; it is called on the packer's thread.
  Packer(PackerOptions options, metrics::Metrics& metrics, std::function<Seq()> applied);
  ~Packer();

  /// Ends the thread within the time of a block. What it was at is done anew at the next start.
  void stop();

 private:
  void run();
  bool pause(std::chrono::milliseconds time);
  Result<void> pack_all();
  Result<void> pack(const journal::Segment& segment);
  std::uint64_t least_kept() const;
  bool has_room(std::uint64_t bytes) const;
  void tell(const Error& error);

  const PackerOptions options_;
  metrics::Metrics& metrics_;
  const std::function<Seq()> applied_;
  std::set<Seq> damaged_;  ///< First records of segments that stay as they are.
  std::string told_;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::thread thread_;
};

}  // namespace accrue::pipeline
