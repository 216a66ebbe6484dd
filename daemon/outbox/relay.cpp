#include "outbox/relay.hpp"

#include <utility>

namespace accrue::outbox {

Relay::Relay(CourierParts parts, CourierSettings settings,
             std::function<void(const Error&)> on_fatal)
    : courier_(std::move(parts), settings), on_fatal_(std::move(on_fatal)) {}

Relay::~Relay() { stop(); }

Result<void> Relay::start() {
  if (auto counted = courier_.count(); !counted) return counted;
  courier_.show();
  thread_ = std::thread([this] { run(); });
  return ok();
}

void Relay::wake() {
  // Should it fail, the next commit counts these as well.
  (void)courier_.count();
  courier_.show();
  rouse();
}

void Relay::rouse() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_one();
}

void Relay::ask_to_stop() {
  stopping_ = true;
  courier_.stop();
  rouse();
}

void Relay::stop() {
  ask_to_stop();
  if (thread_.joinable()) thread_.join();
}

void Relay::run() {
  while (!stopping_) {
    const auto next = courier_.round(stopping_);
    if (!next) {
      if (on_fatal_) on_fatal_(next.error());
      return;
    }
    const auto has_news = [this] { return woken_ || stopping_; };
    std::unique_lock lock(mutex_);
    if (next.value() == Instant::max()) {
      changed_.wait(lock, has_news);
    } else {
      changed_.wait_until(lock, next.value(), has_news);
    }
    woken_ = false;
  }
}

}  // namespace accrue::outbox
