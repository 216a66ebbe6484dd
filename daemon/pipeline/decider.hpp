// The sequencer's mind without its thread: gives each transaction its place, recognises what it has
// seen before, decides against members in memory and changes them. Deterministic: no clock, no
// randomness; the store is read only for what is not in memory. One thread.
#pragma once

#include "engine/rule_set.hpp"
#include "pipeline/answer.hpp"
#include "pipeline/books_source.hpp"
#include "pipeline/decide.hpp"
#include "pipeline/member_cache.hpp"
#include "pipeline/unposted.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace accrue::pipeline {

/// Where a transaction came from, kept in its entry.
struct Origin {
  std::string feed;
  FeedPosition position;
};

/// A transaction ready to be decided, with all that can be worked out off the sequencer's thread.
struct Received {
  Transaction transaction;
  std::string bytes;  ///< As the journal will hold it: how a retry is told from another.
  Origin origin;
};

Received receive(Transaction transaction, Origin origin);

class Decider {
 public:
  struct Options {
    std::size_t cache_bytes = 256u << 20;
    engine::NoticeRouting routing;
  };
  /// Called for each decided record, in order, with the journal payload.
  using OnRecord = std::function<void(const ledger::Entry& entry, std::string_view payload)>;

  Decider(BooksSource& books, Options options, OnRecord on_record);

  /// Continues behind the newest record; its campaign counters are the posted ones.
  void start(Seq last, ledger::CampaignCounters campaign) {
    last_ = last;
    campaign_ = std::move(campaign);
  }
  void use(std::shared_ptr<const engine::RuleSet> rules) { rules_ = std::move(rules); }
  /// Watches to keep history for beside the rule set's own, while a new set is being prepared.
  void also_watch(std::vector<engine::WatchedItems> watches) { also_watched_ = std::move(watches); }
  const std::shared_ptr<const engine::RuleSet>& rules() const { return rules_; }

  /// Decides, changes the member and emits the record (after ticks that were due for the member
  /// before it). Fails only when the books cannot be read, and then has changed nothing.
  Result<Answer> take(const Received& received);
  /// The answer take() would give; changes nothing.
  Result<Answer> quote(const Received& received);
  /// Emits the ticks due at or before `until`, at most `limit`. True when none is left.
  Result<bool> tick(Timestamp until, std::size_t limit);
  /// Emits a record that only sets history marks (pipeline/backfill). `id` is unique for ever.
  Result<void> mark(const std::string& id, const MemberId& member, Timestamp time,
                    std::vector<HistoryMark> marks);

  /// The newest state of a member; number 0 when there is none.
  Result<const ledger::Member*> member(const MemberId& id);
  /// The same, if it is in memory; nullptr otherwise.
  const ledger::Member* cached(const MemberId& id) { return cache_.find(id); }
  /// The poster has applied everything up to `applied`, and the books show it.
  void posted(Seq applied);

  Seq last() const { return last_; }
  std::size_t members_cached() const { return cache_.size(); }
  std::size_t unposted() const { return unposted_.size(); }
  std::vector<engine::Fault> take_faults() { return std::exchange(faults_, {}); }
  /// Stored bytes that could not be read and were passed over by ticks.
  std::vector<Error> take_damages() { return std::exchange(damages_, {}); }

 private:
  struct Sale {
    std::optional<ledger::Entry> entry;
    ledger::ReturnedSoFar returned;
  };
  Result<std::optional<Answer>> recall(const Received& received);
  Result<Sale> find_sale(const TransactionId& of);
  Result<std::optional<Seq>> find_id(const TransactionId& id);
  Result<std::string> find_record(Seq seq);
  Result<ledger::Member*> hold(const MemberId& id);
  Result<bool> passed_over(const Error& error);
  void tick_member(ledger::Member& member, Timestamp until);
  ledger::Entry entry_of(const Received& received, Decision decision) const;
  void record(const ledger::Entry& entry, const Received& received, ledger::Member* member);
  void keep_history(const Transaction& transaction, Decision& decision) const;

  BooksSource& books_;
  Options options_;
  OnRecord on_record_;
  std::shared_ptr<const engine::RuleSet> rules_;
  std::vector<engine::WatchedItems> also_watched_;
  MemberCache cache_;
  Unposted unposted_;
  ledger::CampaignCounters campaign_;
  Seq last_ = Seq::none;
  std::optional<ledger::Due> tick_reached_;  ///< In the store's list, during one sweep of ticks.
  ledger::Member nobody_;
  std::vector<engine::Fault> faults_;
  std::vector<Error> damages_;
};

}  // namespace accrue::pipeline
