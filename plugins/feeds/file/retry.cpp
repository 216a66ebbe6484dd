#include "retry.hpp"

#include <algorithm>

namespace accrue::file_feed {
namespace {

constexpr std::chrono::seconds kFirstPause{1};
constexpr std::chrono::seconds kLongestPause{60};

}  // namespace

bool Retry::until_done(const std::function<Result<void>()>& step) {
  for (auto pause = kFirstPause;; pause = std::min(2 * pause, kLongestPause)) {
    const Result<void> done = step();
    if (done) break;
    const std::string& why = done.error().message;
    if (why != trouble()) {
      log_.write(LogLevel::error, "feed " + feed_ + " is held up and will try again: " + why);
      set_trouble(why);
    }
    if (!in_flight_.pause(pause)) return false;
  }
  if (!trouble().empty()) {
    set_trouble({});
    log_.write(LogLevel::info, "feed " + feed_ + " goes on: what held it up is over");
  }
  return true;
}

void Retry::give_up(const std::string& why) {
  set_trouble(why);
  log_.write(LogLevel::error, "feed " + feed_ + " has ended until a restart: " + why);
}

std::string Retry::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

void Retry::set_trouble(const std::string& why) {
  const std::lock_guard lock(mutex_);
  trouble_ = why;
}

}  // namespace accrue::file_feed
