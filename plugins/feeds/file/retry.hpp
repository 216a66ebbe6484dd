// Does what must be done before the feed can go on, again and again until it succeeds: a folder
// that cannot be written today can be tomorrow, and nobody shall have to restart the daemon for it.
// The feed's thread; trouble() any.
#pragma once

#include "in_flight.hpp"

#include <accrue/plugin.hpp>

#include <functional>
#include <mutex>
#include <string>

namespace accrue::file_feed {

class Retry {
 public:
  /// Both outlive it. `feed`: its name, for log lines.
  Retry(Log& log, std::string feed, InFlight& in_flight)
      : log_(log), feed_(std::move(feed)), in_flight_(in_flight) {}

  /// Pauses 1 s, 2 s, 4 s … 60 s between attempts. Logs each cause once, and once that it is over.
  /// False when the feed is stopped first.
  bool until_done(const std::function<Result<void>()>& step);
  /// Nothing will be tried again.
  void give_up(const std::string& why);
  /// What holds the feed up; empty when nothing does.
  std::string trouble() const;

 private:
  void set_trouble(const std::string& why);

  Log& log_;
  std::string feed_;
  InFlight& in_flight_;
  mutable std::mutex mutex_;
  std::string trouble_;
};

}  // namespace accrue::file_feed
