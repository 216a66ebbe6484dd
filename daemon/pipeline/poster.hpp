// Reads the journal behind the sequencer and applies it to the store in large commits. The same
// code is recovery: catch_up() at start-up, the thread afterwards. Owns the store's only writer.
#pragma once

#include "journal/reader.hpp"
#include "ledger/post.hpp"
#include "metrics/metrics.hpp"
#include "outbox/outbox.hpp"
#include "pipeline/journaler.hpp"
#include "store/environment.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace accrue::pipeline {

/// Caps of one commit, whichever is reached first. A record changes one or two pages as a rule,
/// five at most (id, member, lots, two places in the list of due members). LMDB keeps changed pages
/// in memory, and begins to spill at 131,071 (store::WriteTxn::dirty_pages_at_most).
struct CommitLimits {
  std::size_t records = 20'000;
  std::size_t bytes = 64u << 20;
  std::size_t pages = 16'384;
  /// Commits begin at least so far apart, unless one is full or somebody waits for it: a page is
  /// written once for all the records that changed it meanwhile.
  std::chrono::milliseconds pace{500};
};

/// Called after each commit, with how long the commit took from its first record on.
using Committed = std::function<void(const ledger::Posting&, std::chrono::nanoseconds)>;

/// Applies records of the journal that are not posted yet, up to `until`, each commit within the
/// limits; returns when there is nothing more to read.
Result<void> post_journal(store::Environment& store, const std::filesystem::path& journal,
                          Seq until, const CommitLimits& limits, const Committed& committed = {});

class Poster {
 public:
  /// `on_applied` is called on the poster's thread after each commit.
  Poster(std::shared_ptr<store::Environment> store, std::filesystem::path journal,
         CommitLimits limits, metrics::Metrics& metrics, Room& room,
         std::function<void(Seq)> on_applied, OnFatal on_fatal);
  ~Poster();

  /// Everything the journal holds is posted when this returns. Before start().
  Result<void> catch_up(Seq last);
  void start();
  /// Records up to `seq` are durable and may be posted.
  void follow(Seq seq);
  /// What became of notices, to be noted in the next commit.
  void settle(std::vector<outbox::Outcome> outcomes);
  Seq applied() const { return applied_.load(std::memory_order_acquire); }
  /// Calls `then` once everything up to `seq`, which is durable, is posted: at once when it is,
  /// otherwise on the poster's thread. A full disk is not waited for: reading goes on.
  void when_applied(Seq seq, std::function<void()> then);
  /// Waits until more than `seq` is posted, a second at most.
  void wait_applied(Seq seq);
  /// Sums of the posted ledger.
  ledger::Totals totals() const;
  /// Posts what is durable, then ends the thread. What a full disk does not let it post is in the
  /// journal, for the next start.
  void stop();

 private:
  void run();
  bool is_worth_a_commit() const;
  Result<void> round(Seq until, std::vector<outbox::Outcome>& outcomes);
  bool wait_for_room(const Error& error, std::vector<outbox::Outcome> unsettled);
  Result<void> post(Seq until);
  void call_waiting();
  void set_stuck(bool stuck);
  void show(const ledger::Posting& posting, std::chrono::nanoseconds took);

  std::shared_ptr<store::Environment> store_;
  std::filesystem::path journal_;
  std::optional<journal::Reader> reader_;  // Stands behind the newest posted record.
  CommitLimits limits_;
  metrics::Metrics& metrics_;
  Room& room_;
  std::function<void(Seq)> on_applied_;
  OnFatal on_fatal_;
  std::atomic<Seq> applied_{Seq::none};
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::condition_variable committed_;
  Seq durable_ = Seq::none;
  std::vector<outbox::Outcome> outcomes_;
  std::vector<std::pair<Seq, std::function<void()>>> waiting_;  ///< For what is to be posted.
  ledger::Totals totals_;
  bool stopping_ = false;
  bool pacing_ = false;  ///< Letting a commit fill.
  int in_a_hurry_ = 0;   ///< Who waits in wait_applied.
  std::chrono::steady_clock::time_point next_commit_{};
  bool stuck_ = false;                  ///< On a full disk.
  std::chrono::milliseconds pause_{0};  ///< Since the disk was found full; the thread's own.
  std::thread thread_;
};

}  // namespace accrue::pipeline
