// Reading the ledger: every question the store can answer, on one snapshot. The writing side is
// post.hpp. Any thread with its own transaction.
#pragma once

#include "ledger/account.hpp"
#include "ledger/member.hpp"
#include "ledger/returns.hpp"
#include "ledger/totals.hpp"
#include "store/environment.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace accrue::ledger {

/// How far the journal has been posted: the newest record applied, and its chain hash (32 bytes).
struct Applied {
  Seq seq = Seq::none;
  std::string chain;
};

Result<Applied> applied(const store::Txn& txn);
Result<Totals> totals(const store::Txn& txn);
/// With its lots; nothing when there is no such member.
Result<std::optional<Member>> find_member(const store::Txn& txn, const MemberId& id);
/// Place of the transaction with this id; nothing when it was never recorded.
Result<std::optional<Seq>> find_id(const store::Txn& txn, const TransactionId& id);
/// What is left of the lots that an entry opened for a member; empty when nothing is.
Result<std::vector<Lot>> find_lots(const store::Txn& txn, const MemberId& id, Seq opened_by);
Result<ReturnedSoFar> returned(const store::Txn& txn, Seq sale);
Result<CampaignCounters> campaign_counters(const store::Txn& txn);
Result<FeedPosition> feed_position(const store::Txn& txn, const std::string& feed);
/// Members for whom a tick is due at or before `until`, in order of time, beginning behind `after`;
/// at most `limit`.
struct Due {
  Timestamp at{};
  MemberId member;
};
Result<std::vector<Due>> due(const store::Txn& txn, const std::optional<Due>& after,
                             Timestamp until, std::size_t limit);
/// Calls fn for each member until it returns false.
Result<void> each_member(const store::Txn& txn, const std::function<bool(const Member&)>& fn);
/// Whether any of the first `members` members has contact data. What cannot be read has none.
bool hold_contact(const store::Txn& txn, std::size_t members);
/// Watches whose history is complete in the books.
Result<std::vector<std::uint64_t>> watched(const store::Txn& txn);

}  // namespace accrue::ledger
