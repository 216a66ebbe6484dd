// The sequencer's thread: takes what waits in groups, has each transaction decided, and hands the
// group to the journaler. One order, one thread, no lock on the way.
#pragma once

#include "metrics/metrics.hpp"
#include "pipeline/journaler.hpp"
#include "pipeline/poster.hpp"
#include "pipeline/work_queue.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>

namespace accrue::pipeline {

struct SequencerOptions {
  std::size_t group_max = 512;           ///< Records that share one sync, at most about.
  std::uint64_t unposted_max = 50'000;  ///< Records the poster may be behind.
  /// Ticks follow the transactions' own time (replays) instead of the clock.
  bool ticks_from_feed = false;
  /// Told of each fault of a rule the first time that it happens, on the sequencer's thread.
  std::function<void(const engine::Fault&)> on_fault{};
  /// Told of stored bytes that cannot be read, once each, on the sequencer's thread: the
  /// transactions that need them are refused, the others go on.
  std::function<void(const Error&)> on_damage{};
};

class Sequencer {
 public:
  Sequencer(WorkQueue& queue, Decider& decider, StoredBooks& books, Journaler& journaler,
            Poster& poster, metrics::Metrics& metrics, Room& room, SequencerOptions options,
            OnFatal on_fatal);
  ~Sequencer();

  /// Called by the decider for each record; only from within this object's thread or before start.
  void record(const ledger::Entry& entry, std::string_view payload);

  /// Calls `look` with the decider between two transactions. Any thread; the sequencer waits.
  void between(const std::function<void(Decider&)>& look);

  void start();
  /// Decides what is queued, then ends the thread. The queue must be closed.
  void stop();

 private:
  void run();
  Result<void> work(Work& item);
  Result<void> answer(Submission& submission);
  Result<Answer> decide(const Submission& submission);
  void tell_damage(const Error& damage);
  void look_for_room();
  Result<void> pass_days(Timestamp time);
  void count_faults();
  void wait_for_poster();
  void hand_over();

  WorkQueue& queue_;
  std::mutex deciding_;  ///< Held while the decider is changed.
  Decider& decider_;
  StoredBooks& books_;
  Journaler& journaler_;
  Poster& poster_;
  metrics::Metrics& metrics_;
  Room& room_;
  SequencerOptions options_;
  OnFatal on_fatal_;
  std::unique_ptr<Group> group_ = std::make_unique<Group>();
  std::optional<Timestamp> next_day_;  ///< In feed time: midnight at which ticks are due.
  std::set<std::string> told_faults_;  ///< And damages.
  std::thread thread_;
};

}  // namespace accrue::pipeline
