// Members with lots and balances that fit each other, written in a line.
#pragma once

#include "ledger/member.hpp"
#include "support/transactions.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace accrue::ledger {

using test::at;

inline Seq seq(std::uint64_t number) { return static_cast<Seq>(number); }

/// A lot of the points currency, earned by the transaction at `opened`.
inline Lot lot(std::uint64_t opened, std::int64_t points, const char* expires = "",
               std::vector<Timestamp> remind = {}) {
  Lot made;
  made.seq = seq(opened);
  made.currency = "points";
  made.issued = made.remaining = Points(points);
  made.earned_at = at("2026-01-01") + std::chrono::hours(opened);
  if (*expires != '\0') made.expires_at = at(expires);
  made.remind_at = std::move(remind);
  return made;
}

/// Member M1, enrolled at seq 1.
inline Member member_with(std::vector<Lot> lots, std::int64_t deficit = 0) {
  Member member;
  member.id = MemberId::trusted("M1");
  member.number = 1;
  std::sort(lots.begin(), lots.end(), drawn_before);
  Balance balance;
  balance.currency = "points";
  for (const Lot& held : lots) balance.issued += held.remaining;
  balance.reversed = Points(deficit);
  balance.deficit = Points(deficit);
  member.balances = {balance};
  member.lots = std::move(lots);
  return member;
}

inline Award award(std::int64_t points, std::vector<std::int64_t> by_line = {},
                   const char* rule = "base") {
  return {rule, "points", Points(points), "why", std::move(by_line), {}};
}

/// "5:0 reversed 3": lots drawn, in order.
inline std::string text_of(const std::vector<LotDrawn>& drawn) {
  static const char* const kKinds[] = {"redeemed", "expired", "reversed"};
  std::string text;
  for (const LotDrawn& one : drawn) {
    text += (text.empty() ? "" : ", ") + std::to_string(value_of(one.seq)) + ':' +
            std::to_string(one.number) + ' ' + kKinds[static_cast<int>(one.kind)] + ' ' +
            std::to_string(one.points.count());
  }
  return text;
}

}  // namespace accrue::ledger
