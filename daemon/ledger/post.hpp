// Posting: applies journal records to the store, many in one commit. This is recovery and normal
// running alike. One writer thread.
#pragma once

#include "ledger/apply.hpp"
#include "ledger/books.hpp"
#include "ledger/entry.hpp"

#include <string_view>
#include <unordered_map>

namespace accrue::ledger {

class Posting {
 public:
  /// Reads how far the ledger is posted. `txn` outlives the posting.
  static Result<Posting> begin(store::WriteTxn& txn);

  /// The next record of the journal; fails with corrupt when it is not the next. The entry is
  /// returned for whoever posts along (the outbox).
  Result<Entry> add(Seq seq, std::string_view payload, std::string_view chain);

  /// Writes members, lots, sums and how far it came. The caller commits.
  Result<void> finish();

  const Totals& totals() const { return totals_; }
  const Applied& applied() const { return applied_; }
  std::size_t records() const { return records_; }

 private:
  struct Held {
    Member member;
    std::vector<Seq> changed;  ///< Entries whose lots changed.
    std::optional<Timestamp> due_before;
  };

  explicit Posting(store::WriteTxn& txn) : txn_(&txn) {}
  Result<Held*> hold(const MemberId& id);
  Result<void> add_to_member(const Entry& entry, std::string_view record);
  Result<void> add_returns(const Entry& entry);
  Result<void> add_watches(const Entry& entry);
  Result<void> write_member(const MemberId& id, Held& held);
  static void shelve(Held& held);
  Result<void> write_lots(const MemberId& id, Held& held);

  store::WriteTxn* txn_;
  Applied applied_;
  Totals totals_;
  CampaignCounters campaign_;
  std::unordered_map<MemberId, Held> members_;
  std::size_t records_ = 0;
};

}  // namespace accrue::ledger
