// The relay of one notifier: a thread that lets its courier work whenever there is something to do,
// so that one slow or dead receiver delays no other. start, wake and stop may come from any thread.
#pragma once

#include "outbox/courier.hpp"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace accrue::outbox {

class Relay {
 public:
  /// `on_fatal` is called at most once, on the relay's thread, when log or store failed: the relay
  /// has ended and the process should exit.
  Relay(CourierParts parts, CourierSettings settings, std::function<void(const Error&)> on_fatal);
  ~Relay();
  Relay(const Relay&) = delete;

  /// After catch_up(). Once.
  Result<void> start();
  /// There may be new notices: called after each commit of the poster, before its next. Cheap.
  void wake();
  /// Brings the metrics of what is owed up to date, also while a delivery hangs.
  void show() const { courier_.show(); }
  /// Tells the notifier to end the delivery it is in; returns at once.
  void ask_to_stop();
  /// Ends the thread, after that delivery: one of a notifier that cannot be interrupted takes its
  /// own time limit. May be called twice.
  void stop();

 private:
  void run();
  void rouse();

  Courier courier_;
  std::function<void(const Error&)> on_fatal_;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;  // Guards woken_.
  std::condition_variable changed_;
  bool woken_ = false;
  std::thread thread_;
};

}  // namespace accrue::outbox
