// Makes groups of decisions durable, and only then lets their answers out. While one group is being
// synced the sequencer fills the next. Owns the journal and one thread.
#pragma once

#include "journal/journal.hpp"
#include "metrics/metrics.hpp"
#include "pipeline/room.hpp"
#include "pipeline/work_queue.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace accrue::pipeline {

/// What a journal write or a commit that failed calls: it does not return to normal work. After a
/// failed sync nobody knows what the disk holds, until a fresh process reads it.
using OnFatal = std::function<void(const Error&)>;

/// Records that become durable together, and what is said once they are.
struct Group {
  journal::Group records;
  std::vector<std::pair<OnAnswer, Answer>> answers;
  std::vector<std::function<void()>> afterwards;
  void clear();
};

class Journaler {
 public:
  /// `on_durable` is called on the journaler's thread with the newest durable place.
  Journaler(std::unique_ptr<journal::Journal> journal, metrics::Metrics& metrics, Room& room,
            std::function<void(Seq)> on_durable, OnFatal on_fatal);
  ~Journaler();

  /// Takes the group and gives back an empty one. Waits while two are on their way. After a write
  /// failed, groups are dropped and their answers never sent.
  void submit(std::unique_ptr<Group>& group);
  Seq durable() const { return durable_.load(std::memory_order_acquire); }
  /// Finishes what was submitted, ends the thread and closes the journal.
  void stop();

 private:
  void run();
  bool write(Group& group);
  Result<void> append(const journal::Group& records);

  std::unique_ptr<journal::Journal> journal_;
  metrics::Metrics& metrics_;
  Room& room_;
  std::function<void(Seq)> on_durable_;
  OnFatal on_fatal_;
  std::atomic<Seq> durable_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::unique_ptr<Group>> waiting_;
  std::vector<std::unique_ptr<Group>> empty_;
  bool stopping_ = false;
  bool failed_ = false;
  std::thread thread_;
};

}  // namespace accrue::pipeline
