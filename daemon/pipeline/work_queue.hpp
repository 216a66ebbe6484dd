// What waits for the sequencer: a bounded queue that is emptied in one go, so that a loaded daemon
// takes its lock once a group. Any number of producers, one consumer.
#pragma once

#include "pipeline/decider.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <variant>
#include <vector>

namespace accrue::pipeline {

using OnAnswer = std::function<void(Answer)>;

/// A transaction to be recorded, or with `quote` only to be answered.
struct Submission {
  Received received;
  OnAnswer done;
  bool quote = false;
};
/// A message that never became a transaction: it keeps its place among the answers.
struct Rejection {
  Error error;
  OnAnswer done;
};
/// Something to be done between two transactions, on the sequencer's thread. What it returns, if
/// anything, is called once all that it may have seen is durable.
using Interlude = std::function<std::function<void()>(Decider&)>;
using Work = std::variant<Submission, Rejection, Interlude>;

class WorkQueue {
 public:
  explicit WorkQueue(std::size_t capacity) : capacity_(capacity) {}

  /// False when full or closed; the work is untouched then. `stretch`: how many times its capacity
  /// the queue may hold for this work.
  bool try_push(Work& work, std::size_t stretch = 1);
  /// Waits for room, and while held; false when closed.
  bool push(Work work);
  /// Interludes are never refused for want of room. False when closed.
  bool push_interlude(Interlude interlude);

  /// Waits until there is work, `wake` is called or the queue is closed, then takes all of it.
  /// False when closed and empty.
  bool take(std::vector<Work>& batch);
  void wake();
  /// While held, who waits for room (push) goes on waiting, and take() returns now and then though
  /// there is no work, so that the holder can look again.
  void hold(bool held);
  /// No more work is taken in; what is queued is still handed out.
  void close();
  std::size_t depth() const;

 private:
  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::condition_variable filled_;
  std::condition_variable emptied_;
  std::vector<Work> waiting_;
  bool woken_ = false;
  bool held_ = false;
  bool closed_ = false;
};

}  // namespace accrue::pipeline
