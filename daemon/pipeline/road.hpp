// The road: queue, sequencer, journaler and poster as one, from an open data folder to a stop that
// loses nothing. Built by the daemon; submit and ask from any thread.
#pragma once

#include "pipeline/packer.hpp"
#include "pipeline/room.hpp"
#include "pipeline/sequencer.hpp"

#include <filesystem>
#include <memory>
#include <mutex>

namespace accrue::pipeline {

/// Where things lie in a data folder.
struct DataFolder {
  std::filesystem::path root;
  std::filesystem::path journal() const { return root / "journal"; }
  std::filesystem::path ledger() const { return root / "ledger"; }
  std::filesystem::path deliveries() const { return root / "deliveries"; }
  std::filesystem::path vault() const { return root / "vault"; }
  std::filesystem::path rule_sets() const { return root / "rule_sets"; }
  std::filesystem::path feed(const std::string& name) const { return root / "feeds" / name; }
};

struct RoadOptions {
  DataFolder data;
  journal::Options journal;
  store::Options store;
  CommitLimits commit;
  SequencerOptions sequencer;
  Decider::Options decider;
  std::size_t queue = 4096;
  std::uint64_t reserve_bytes = kReserveBytes;  ///< Kept free on the disk.
  bool pack = true;                             ///< Closed segments of the journal.
  PackerOptions packer{};                       ///< Folder and reserve are filled in by the road.
};

class Road {
 public:
  /// Opens ledger and journal and posts what a crash left unposted. `on_applied` is called after
  /// each commit, on the poster's thread. Fails with corrupt when the journal lacks what the ledger
  /// holds, or the vault the keys of contact data that the ledger holds.
  static Result<std::unique_ptr<Road>> open(RoadOptions options, metrics::Metrics& metrics,
                                            std::function<void(Seq)> on_applied, OnFatal on_fatal);
  ~Road();

  /// Starts the threads with this rule set and completes the history it watches. Once.
  Result<void> start(std::shared_ptr<const engine::RuleSet> rules);
  /// Exchanges the rule set between two transactions, after completing the history that the new
  /// one watches. One call at a time; takes as long as reading the journal when it watches more.
  Result<void> activate(std::shared_ptr<const engine::RuleSet> rules);

  WorkQueue& queue() { return queue_; }
  std::size_t waiting() const { return queue_.depth(); }
  /// Calls `show` with a member's newest state and its rules' terms, at once and on this thread;
  /// with nothing when there is no such member. False when that state is not durable yet: nobody
  /// may hear of it, ask through the queue.
  Result<bool> look_at(const MemberId& id,
                       const std::function<void(const ledger::Member*, const ProgramTerms&)>& show);
  /// Lets time pass up to `now` for every member.
  void tick(Timestamp now);
  void settle(std::vector<outbox::Outcome> outcomes) { poster_->settle(std::move(outcomes)); }

  Seq durable() const { return journaler_->durable(); }
  Seq applied() const { return poster_->applied(); }
  /// Waits until more than `seq` is posted, a second at most.
  void wait_applied(Seq seq) const { poster_->wait_applied(seq); }
  /// Calls `then` once everything up to `seq`, which is durable, is posted; on some thread of ours.
  void when_applied(Seq seq, std::function<void()> then) const {
    poster_->when_applied(seq, std::move(then));
  }
  ledger::Totals totals() const { return poster_->totals(); }
  /// Bytes of a half-written record that opening cut off the journal's end.
  std::uint64_t bytes_cut() const { return bytes_cut_; }
  /// Whether the disk has room for more; while it has not, new transactions are refused with
  /// exhausted and feeds wait.
  const Room& room() const { return room_; }
  const std::shared_ptr<store::Environment>& store() const { return store_; }
  /// Entries as they were recorded. Ask for posted ones only: newer ones may not be durable.
  ledger::Archive& archive() const { return *archive_; }

  /// Decides, journals and posts everything taken in, then ends the threads. May be called twice.
  void stop();

 private:
  Road(RoadOptions options, metrics::Metrics& metrics, std::function<void(Seq)> on_applied,
       OnFatal on_fatal);
  Result<void> open_parts();
  void start_packer();
  Result<std::unique_ptr<journal::Journal>> open_books();

  RoadOptions options_;
  metrics::Metrics& metrics_;
  std::function<void(Seq)> on_applied_;
  OnFatal on_fatal_;
  std::uint64_t bytes_cut_ = 0;
  std::shared_ptr<store::Environment> store_;
  std::unique_ptr<ledger::Archive> archive_;
  WorkQueue queue_;
  Room room_;
  std::unique_ptr<StoredBooks> books_;
  std::unique_ptr<Poster> poster_;
  std::unique_ptr<Journaler> journaler_;
  std::unique_ptr<Decider> decider_;
  std::unique_ptr<Sequencer> sequencer_;
  std::unique_ptr<Packer> packer_;
  std::mutex activating_;
};

}  // namespace accrue::pipeline
