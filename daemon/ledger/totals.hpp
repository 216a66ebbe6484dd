// Sums over the whole ledger, for reports, metrics and audits. Plain values: any thread.
#pragma once

#include "ledger/balance.hpp"
#include "ledger/entry.hpp"

#include <string>
#include <vector>

namespace accrue::ledger {

struct Totals {
  std::uint64_t members = 0;
  std::uint64_t sales = 0;  ///< All, anonymous ones among them.
  std::uint64_t anonymous_sales = 0;
  std::uint64_t returns = 0;
  std::uint64_t member_sales = 0;
  std::uint64_t member_returns = 0;
  std::uint64_t events = 0;
  std::uint64_t member_changes = 0;
  std::uint64_t ticks = 0;
  std::uint64_t offers_made = 0;
  std::uint64_t offers_accepted = 0;
  std::uint64_t offers_lapsed = 0;
  std::uint64_t notices = 0;
  Timestamp latest{};               ///< Newest time of any transaction.
  std::vector<Balance> currencies;  ///< Sums over all members.

  /// `deficit_before`: of the member in each currency of entry.decision.balances.
  void add(const Entry& entry, const std::vector<Points>& deficit_before);
  Balance& of(const std::string& currency);
};

std::string encode(const Totals& totals);
Result<Totals> decode_totals(std::string_view bytes);

}  // namespace accrue::ledger
