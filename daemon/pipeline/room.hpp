// Whether the disk has room for more: new transactions are refused while it has less than what is
// on its way needs, so that journal and ledger can always finish what was taken in. One object for
// a road. Any thread.
#pragma once

#include <accrue/result.hpp>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>

namespace accrue::pipeline {

/// What is kept free, whatever is on its way; on a disk smaller than four times this, a quarter.
inline constexpr std::uint64_t kReserveBytes = 64ull << 20;

class Room {
 public:
  explicit Room(std::filesystem::path folder, std::uint64_t reserve = kReserveBytes)
      : folder_(std::move(folder)), reserve_(reserve) {}

  /// Looks at the disk, about a microsecond. `unposted`: records that the ledger has yet to take.
  void look(std::uint64_t unposted);
  /// Someone ("the ledger") found no space and tries again until he says that he is done.
  void begin_waiting(const std::string& who, const Error& why);
  void end_waiting(const std::string& who);

  /// As last seen.
  bool full() const { return short_.load() || waiting_.load(); }
  /// Why nothing new is recorded, in a sentence with the cure; empty when there is room.
  std::string why() const;

 private:
  const std::filesystem::path folder_;
  const std::uint64_t reserve_;
  std::atomic<bool> short_{false};
  std::atomic<bool> waiting_{false};
  std::atomic<std::uint64_t> free_{0};
  std::atomic<std::uint64_t> needed_{0};
  mutable std::mutex mutex_;
  std::map<std::string, std::string> waits_;  ///< Who, and what he was told.
};

}  // namespace accrue::pipeline
