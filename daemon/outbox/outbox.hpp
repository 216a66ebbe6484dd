// The outbox: notices owed, in the same store and the same commit as the decisions that made them.
// What became of them is applied here after it is safe in the deliveries log. Changing calls belong
// to the poster's thread; reading calls to any.
#pragma once

#include "outbox/outcome.hpp"
#include "store/environment.hpp"

#include <accrue/notice.hpp>
#include <accrue/result.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace accrue::outbox {

/// Key of Table::outbox and Table::dead: notifier, 0, seq u64, number u32, big-endian.
std::string encode(const OutboxKey& key);
/// Nothing when the bytes are no such key.
std::optional<OutboxKey> decode(std::string_view bytes);

/// Notes each notice of a decision as owed by each notifier it names.
Result<void> enqueue(store::WriteTxn& txn, Seq seq, std::span<const Notice> notices);

/// Takes notices out of the outbox; dead ones are kept with their reason. Also notes how far the
/// deliveries log is applied. Applying an outcome again changes nothing.
/// REQUIRES: the transactions of these notices have been posted, in this commit or before.
Result<void> settle(store::WriteTxn& txn, std::span<const Outcome> outcomes);

/// Newest record of the deliveries log that settle() has applied; none when there is none.
Result<Seq> settled_until(const store::Txn& txn);

/// Notices that a notifier owes, in order, behind `after`; at most `limit`.
Result<std::vector<OutboxKey>> due(const store::Txn& txn, const OutboxKey& after,
                                   std::size_t limit);
/// How many there are behind `after`, which moves to the last of them. Walks over them.
Result<std::uint64_t> count_due(const store::Txn& txn, OutboxKey& after);

struct Dead {
  OutboxKey key;
  std::string reason;
};
/// Notices of a notifier that were given up, in order, behind `after`; at most `limit`.
Result<std::vector<Dead>> dead(const store::Txn& txn, const OutboxKey& after, std::size_t limit);

/// Applies what the deliveries log holds beyond settled_until. At start-up, after Deliveries::open
/// (which cuts a torn tail), after the poster has caught up, and before any relay starts. Returns
/// how many outcomes it applied.
Result<std::uint64_t> catch_up(store::Environment& store,
                               const std::filesystem::path& deliveries_folder);

}  // namespace accrue::outbox
