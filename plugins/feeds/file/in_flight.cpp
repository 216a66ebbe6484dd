#include "in_flight.hpp"

#include <algorithm>

namespace accrue::file_feed {
namespace {

/// The daemon's own queue fills long before; this bounds the copies should it not.
constexpr std::size_t kMostBytes = std::size_t{64} << 20;

}  // namespace

bool InFlight::add(const RawMessage& message) {
  Message copy{message.position.message, message.line, message.bytes};
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return stopped_ || bytes_ < kMostBytes; });
  if (stopped_) return false;
  bytes_ += copy.bytes.size();
  pushed_.push_back(std::move(copy));
  return true;
}

std::deque<InFlight::Message>::iterator InFlight::find(std::uint64_t message) {
  // Nearly always the first: messages are settled in the order of pushing.
  return std::find_if(pushed_.begin(), pushed_.end(),
                      [&](const Message& pushed) { return pushed.number == message; });
}

void InFlight::withdraw(std::uint64_t message) {
  const std::lock_guard lock(mutex_);
  const auto found = find(message);
  if (found == pushed_.end()) return;
  bytes_ -= found->bytes.size();
  pushed_.erase(found);
}

void InFlight::settle(std::uint64_t message, const Error* why) {
  const std::lock_guard lock(mutex_);
  const auto found = find(message);
  if (found == pushed_.end()) return;
  const bool was_full = bytes_ >= kMostBytes;
  bytes_ -= found->bytes.size();
  if (why != nullptr) {
    refused_.push_back({message, found->line, std::move(found->bytes), *why});
  }
  pushed_.erase(found);
  ++settled_;
  if (pushed_.empty() || was_full || why != nullptr) changed_.notify_all();
}

std::vector<Refused> InFlight::take_refused() {
  const std::lock_guard lock(mutex_);
  return std::exchange(refused_, {});
}

bool InFlight::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return stopped_ || pushed_.empty() || !refused_.empty(); });
  return !stopped_;
}

bool InFlight::pause(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, time, [&] { return stopped_; });
  return !stopped_;
}

bool InFlight::all_settled() const {
  const std::lock_guard lock(mutex_);
  return pushed_.empty() && refused_.empty();
}

void InFlight::stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  changed_.notify_all();
}

bool InFlight::stopped() const {
  const std::lock_guard lock(mutex_);
  return stopped_;
}

std::uint64_t InFlight::settled() const {
  const std::lock_guard lock(mutex_);
  return settled_;
}

}  // namespace accrue::file_feed
