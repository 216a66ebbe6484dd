// One fingerprint of everything the ledger holds: equal ledgers have equal hashes, whatever order
// unrelated transactions came in, and whatever notices have been delivered. Any thread with its
// own transaction.
#pragma once

#include "store/environment.hpp"

#include <accrue/result.hpp>

#include <filesystem>
#include <string>

namespace accrue::ledger {

/// 32 hex digits: the sums, modulo 2^64, of the halves of a 128-bit hash of each entry, member
/// and lot. An entry counts by what came in, member, time and awards, not by its place; a lot by
/// the id of the transaction that opened it; contact data by the names of its fields, because each
/// data folder seals it with keys of its own. `journal`: the folder that the entries are read from;
/// not_found when its first records were moved elsewhere.
Result<std::string> state_hash(const store::Txn& txn, const std::filesystem::path& journal);

}  // namespace accrue::ledger
