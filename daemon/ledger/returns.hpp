// Returns that name their sale: takes back exactly what the returned goods earned, whatever the
// rules say today and in whatever parts the goods come back. Pure: any thread.
#pragma once

#include "ledger/entry.hpp"

#include <map>

namespace accrue::ledger {

/// Millionths of a unit that came back so far, by line of the sale (from 1).
using ReturnedSoFar = std::map<std::uint32_t, std::int64_t>;

/// The decision of a linked return: awards with negative points and the returned lines.
/// After R of Q units of a line are back, floor(P × R / Q) of its P points have been taken, so that
/// any split of a full return takes all. Fails with reject_input and a problem for each wrong line.
Result<Decision> take_back(const Entry& sale, const ReturnedSoFar& before,
                           const Transaction& goods_return);

}  // namespace accrue::ledger
