// A decision: everything a transaction changes, worked out in full. Applying it needs no rules and
// no arithmetic beyond adding, which is why the journal keeps it: recovery applies, it never
// decides again. Plain values: any thread.
#pragma once

#include <accrue/ids.hpp>
#include <accrue/notice.hpp>
#include <accrue/offer.hpp>
#include <accrue/points.hpp>
#include <accrue/time.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace accrue {

/// Points a rule gives, or (negative) a return takes back.
struct Award {
  std::string rule;
  std::string currency;
  Points points;
  std::string reason;                 ///< "6.98 at 1 for each 1.00"
  std::vector<std::int64_t> by_line;  ///< Points of each line of the transaction; sums to points.
  std::string offer;                  ///< Id of the offer that was accepted, or empty.
};

/// Points that enter a balance together and leave it together when they lapse.
struct LotOpened {
  std::uint32_t number = 0;  ///< Counts the lots of one transaction from 0.
  std::string currency;
  Points issued;
  Points remaining;  ///< Less than issued when a deficit was paid first.
  std::optional<Timestamp> expires_at;
  std::vector<Timestamp> remind_at;  ///< When the member is told that they will lapse, ascending.
};

enum class DrawKind : std::uint8_t { redeemed, expired, reversed };

/// Points that leave one lot.
struct LotDrawn {
  Seq seq = Seq::none;  ///< The transaction that opened the lot, and which of its lots.
  std::uint32_t number = 0;
  DrawKind kind = DrawKind::redeemed;
  Points points;
};

/// The member was told of a lot: its reminders up to and including `until` are done.
struct LotReminded {
  Seq seq = Seq::none;
  std::uint32_t number = 0;
  Timestamp until{};
};

/// What happened to one points currency of the member, and where that leaves it.
struct BalanceChange {
  std::string currency;
  Points issued;
  Points redeemed;
  Points expired;
  Points reversed;
  Points deficit_after;    ///< Points owed by the member: taken back beyond all lots.
  Points available_after;  ///< Sum of lots minus deficit.
};

/// When all of a currency lapses unless the member comes back (expiry.inactivity).
struct Deadline {
  std::string currency;
  std::optional<Timestamp> lapses_at;
  std::vector<Timestamp> remind_at;  ///< Ascending.
};

enum class LimitScope : std::uint8_t { member, campaign };

/// Use of a rule, counted against its limits. Negative when a return gives it back.
struct CounterUse {
  std::string rule;
  LimitScope scope = LimitScope::member;
  std::string period;  ///< "ever", "2026", "2026-Q1", "2026-01", "2026-W03", "2026-01-31"
  std::int64_t points = 0;
  std::int64_t times = 0;
};

/// "This member last bought goods of that filter then."
struct HistoryMark {
  std::uint64_t watch = 0;  ///< Names the item filter (engine/watch).
  Timestamp last{};
};

/// Goods of an earlier sale that came back.
struct ReturnedLine {
  std::uint32_t line = 0;            ///< Of the sale, counted from 1.
  std::int64_t quantity_micros = 0;  ///< Millionths of a unit, > 0.
};

struct Decision {
  std::vector<Award> awards;
  std::vector<LotOpened> opened;
  std::vector<LotDrawn> drawn;
  std::vector<LotReminded> reminded;
  std::vector<BalanceChange> balances;
  std::vector<Deadline> deadlines;
  std::vector<Offer> offers_made;
  std::vector<std::string> offers_accepted;
  std::vector<std::string> offers_lapsed;
  std::vector<CounterUse> counters;
  std::vector<HistoryMark> history;
  std::vector<ReturnedLine> returned;
  std::vector<Notice> notices;
  std::vector<Hint> hints;  ///< For the answer only.
  bool enrols = false;      ///< The member did not exist before.
};

}  // namespace accrue
