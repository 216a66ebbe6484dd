#include "pipeline/room.hpp"

#include <algorithm>
#include <system_error>

namespace accrue::pipeline {
namespace {

/// What posting a record may take on the disk: its entry, its id, and its share of the pages that
/// LMDB writes anew. The ledger of the real year (rules/giftshop) has 1.9 KiB a record.
constexpr std::uint64_t kBytesARecord = 4 << 10;

std::string mebibytes(std::uint64_t bytes) { return std::to_string(bytes >> 20) + " MiB"; }

}  // namespace

void Room::look(std::uint64_t unposted) {
  std::error_code failed;
  const auto space = std::filesystem::space(folder_, failed);
  if (failed) return;
  const std::uint64_t needed =
      std::min<std::uint64_t>(reserve_, space.capacity / 4) + unposted * kBytesARecord;
  free_.store(space.available);
  needed_.store(needed);
  short_.store(space.available < needed);
}

void Room::begin_waiting(const std::string& who, const Error& why) {
  const std::scoped_lock lock(mutex_);
  waits_[who] = why.message;
  waiting_.store(true);
}

void Room::end_waiting(const std::string& who) {
  const std::scoped_lock lock(mutex_);
  waits_.erase(who);
  waiting_.store(!waits_.empty());
}

std::string Room::why() const {
  const std::scoped_lock lock(mutex_);
  if (!waits_.empty()) return waits_.begin()->first + " waits: " + waits_.begin()->second;
  if (!short_.load()) return {};
  return "the disk of " + folder_.string() + " has " + mebibytes(free_.load()) + " free and " +
         mebibytes(needed_.load()) + " are kept for what is on its way: make room on it";
}

}  // namespace accrue::pipeline
