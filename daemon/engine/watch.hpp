// Watches: what rules ask of a member's past, kept as one time for each item filter so that a
// decision never scans. Pure: any thread.
#pragma once

#include <accrue/rule.hpp>

#include <cstdint>
#include <vector>

namespace accrue::engine {

/// One item filter that the active rule set watches, with the longest horizon any rule asks for.
struct WatchedItems {
  std::uint64_t id =
      0;  ///< Of the filter alone: the same goods have the same id in every rule set.
  ItemFilter items;
  Period horizon;
};

/// First 64 bits of the SHA-256 of the filter's canonical text, never 0.
std::uint64_t watch_id(const ItemFilter& items);

/// True when any line of the basket matches the filter.
bool buys(const Transaction& transaction, const ItemFilter& items);

/// The marks a transaction leaves: one for each watched filter it buys of. Only sales leave marks.
std::vector<HistoryMark> marks_of(const Transaction& transaction,
                                  const std::vector<WatchedItems>& watches);

}  // namespace accrue::engine
