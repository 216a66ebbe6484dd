// Messages that were pushed and not settled yet, and those that came back refused. The feed's
// thread pushes and takes; the daemon's threads settle. Any thread; no call blocks but the waits.
#pragma once

#include "quarantine.hpp"

#include <accrue/codec.hpp>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <vector>

namespace accrue::file_feed {

class InFlight {
 public:
  /// Keeps a copy of the message, should it be refused. Waits while too many bytes are on the way;
  /// false when the feed is stopped.
  bool add(const RawMessage& message);
  /// The message was not taken after all.
  void withdraw(std::uint64_t message);
  /// `why` set: it was refused.
  void settle(std::uint64_t message, const Error* why);
  /// Refused ones since the last call.
  std::vector<Refused> take_refused();

  /// Waits until everything is settled or something was refused. False when the feed is stopped.
  bool wait();
  /// Waits for the time, or until the feed is stopped: false.
  bool pause(std::chrono::milliseconds time);
  bool all_settled() const;

  void stop();
  bool stopped() const;
  std::uint64_t settled() const;

 private:
  struct Message {
    std::uint64_t number = 0;
    std::uint64_t line = 0;
    std::string bytes;
  };
  std::deque<Message>::iterator find(std::uint64_t message);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Message> pushed_;
  std::size_t bytes_ = 0;
  std::vector<Refused> refused_;
  std::uint64_t settled_ = 0;
  bool stopped_ = false;
};

}  // namespace accrue::file_feed
