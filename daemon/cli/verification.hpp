// What there is to find in a data folder: journal, ledger, vault and deliveries are each looked at,
// whatever is wrong with the others. Changes nothing; the daemon may be running. One thread.
#pragma once

#include "cli/data_folder.hpp"
#include "journal/verify.hpp"
#include "ledger/audit.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace accrue::cli {

struct Verification {
  journal::Report journal;
  Seq first = Seq::none;  ///< Oldest record of the journal; none when it holds none.
  bool has_ledger = false;  ///< It could be read: what follows is of it.
  ledger::Audit audit;
  Seq applied = Seq::none;  ///< How far the ledger is posted.
  std::string hash;         ///< Of the ledger's state; empty when ledger or journal cannot be read.
  std::uint64_t keys = 0;   ///< In the vault.
  std::uint64_t deliveries = 0;
  std::vector<std::string> notes;     ///< Worth knowing, and nothing wrong.
  std::vector<std::string> findings;  ///< What is wrong, and its cure.
};

/// Fails only when there is no data folder, or it cannot be read for reasons of its surroundings.
Result<Verification> verify_data(const DataOptions& options);

}  // namespace accrue::cli
