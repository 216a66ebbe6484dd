// What one transaction puts into LMDB: how many pairs into which tables, with which keys and value
// sizes. The defaults are a four-line sale of an enrolled member under rules/grocer as
// daemon/ledger/post.cpp stores it; sizes can be taken from a real data folder instead.
// Plain data, one thread.
#pragma once

#include <cstdint>
#include <string>

namespace bench {

/// Value sizes include the checksum of four bytes that the store adds.
struct Shape {
  std::uint32_t members = 1'000'000;
  std::uint32_t tills = 800;       ///< Each numbers its receipts; ids go in behind the till's last.
  std::size_t entry_bytes = 780;   ///< Table entries: key seq, appended.
  std::size_t id_bytes = 28;       ///< Table ids: key transaction id.
  std::size_t member_bytes = 470;  ///< Table members: the whole record, once a commit and member.
  std::size_t lot_bytes = 92;      ///< Table lots: key member, seq, number.
  unsigned lots_opened = 2;        ///< Of a transaction: points and status points.
  unsigned lots_held = 2;          ///< Of each member before the run.
  bool moves_due = true;           ///< Each member's next due time moves: one erase, one put.
  bool names_feed = false;         ///< Each transaction also rewrites its feed's position.
};

/// Takes the mean value sizes from the store of a data folder (`ledger` in it, or the folder
/// itself). Exits with a sentence when it cannot be read or is empty.
void take_sizes_from(const std::string& folder, Shape& shape);

}  // namespace bench
