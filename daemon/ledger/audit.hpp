// Checks that the books balance: each member's lots against its balances, and all members against
// the ledger's sums. Any thread with its own transaction.
#pragma once

#include "ledger/totals.hpp"
#include "store/environment.hpp"

#include <string>
#include <vector>

namespace accrue::ledger {

struct Audit {
  std::uint64_t members = 0;
  std::uint64_t lots = 0;
  std::uint64_t entries = 0;
  std::uint64_t members_below_zero = 0;
  Totals totals;
  std::vector<std::string> findings;  ///< Sentences; empty when everything balances. At most 100.
};

/// Fails when the store cannot be read; what does not balance is a finding.
Result<Audit> audit(const store::Txn& txn);

}  // namespace accrue::ledger
