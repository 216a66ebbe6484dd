// Who remembers how far a journal reached, beside the journal itself: the ledger, which was posted
// from it, and the file `closed`, which a writer leaves when it ends in peace. A record that a
// witness names was durable; without it the journal is damaged, not torn. One thread at a time.
#pragma once

#include "journal/disk.hpp"

#include <accrue/ids.hpp>
#include <accrue/result.hpp>

#include <filesystem>
#include <string>

namespace accrue::journal {

struct Witness {
  Seq seq = Seq::none;  ///< A record that was durable once; none: nobody knows of any.
  std::string says;     ///< "the ledger is posted up to it"
};

/// The witness that knows most: `posted` is what the ledger holds, the rest is in the folder. A
/// file `closed` that cannot be read says nothing.
Witness hear(const std::filesystem::path& folder, Seq posted);

/// Leaves in the folder that everything up to `last` is durable.
Result<void> leave_closed(Disk& disk, const std::filesystem::path& folder, Seq last);

}  // namespace accrue::journal
