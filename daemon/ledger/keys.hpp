// Keys and small values of the ledger's tables, shared by reading and posting. Any thread.
#pragma once

#include "ledger/entry.hpp"
#include "ledger/member.hpp"
#include "store/keys.hpp"
#include "store/schema.hpp"

#include <string>

namespace accrue::ledger {

inline store::KeyWriter lot_key(const MemberId& member, Seq opened_by) {
  store::KeyWriter key;
  key.text(member.text()).u64(value_of(opened_by));
  return key;
}
inline store::KeyWriter due_key(Timestamp at, const MemberId& member) {
  store::KeyWriter key;
  key.u64(static_cast<std::uint64_t>(at.time_since_epoch().count())).raw(member.text());
  return key;
}
inline store::KeyWriter budget_key(const std::string& rule, const std::string& period) {
  store::KeyWriter key;
  key.text(rule).raw(period);
  return key;
}
/// In table meta: there while the history of the watch is complete.
inline std::string watch_key(std::uint64_t watch) { return "watch:" + std::to_string(watch); }

inline constexpr std::string_view kApplied = "applied";
inline constexpr std::string_view kTotals = "totals";

}  // namespace accrue::ledger
