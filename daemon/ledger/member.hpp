// A member as the books know it: balances, lots with points left, offers, deadlines, use of limits
// and history. A plain struct, changed only by apply(). One thread at a time.
#pragma once

#include "ledger/balance.hpp"

#include <accrue/decision.hpp>
#include <accrue/transaction.hpp>

#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace accrue::ledger {

struct Lot {
  Seq seq = Seq::none;
  std::uint32_t number = 0;
  std::string currency;
  Points issued;
  Points remaining;
  Timestamp earned_at{};
  std::optional<Timestamp> expires_at;
  std::vector<Timestamp> remind_at;
};

/// Order in which points are spent: soonest expiry first, undated last; then the earlier earned.
bool drawn_before(const Lot& a, const Lot& b);

struct Counter {
  std::string rule;
  std::string period;
  std::int64_t points = 0;
  std::int64_t times = 0;
};

struct MemberAttribute {
  std::string key;
  std::variant<bool, std::int64_t, Decimal, std::string> value;
};

/// The value as transactions and rules hold it; a text points into the attribute.
AttributeValue value_of(const MemberAttribute& attribute);

struct Member {
  MemberId id;
  std::uint64_t number = 0;  ///< Given by the seq that enrolled it; keys its lots.
  Timestamp enrolled_at{};
  std::optional<Timestamp> last_activity;
  Seq last_entry = Seq::none;
  std::uint64_t entries = 0;
  std::string language;
  std::vector<MemberAttribute> attributes;  ///< Sorted by key.
  std::string sealed_contact;
  std::vector<std::string> contact_fields;
  std::vector<Balance> balances;
  std::vector<Lot> lots;  ///< remaining > 0, in draw order.
  std::vector<Deadline> deadlines;
  std::vector<Offer> offers;  ///< Open.
  std::vector<Counter> counters;
  std::vector<HistoryMark> history;
  /// In the store, lots opened up to here stand in rows of their own (post.cpp), later ones in the
  /// member's value.
  Seq shelved = Seq::none;

  bool exists() const { return number != 0; }
  const Balance* balance(std::string_view currency) const;
  Points available(std::string_view currency) const;
  Points deficit(std::string_view currency) const;
  /// First instant at which a tick has something to do: a lot or an offer ends, a reminder is due.
  std::optional<Timestamp> due_at() const;
  /// Rough size in memory, in bytes.
  std::size_t footprint() const;
};

/// Table members, schema/ledger.proto's Member: everything but lots that are shelved.
std::string encode(const Member& member);
Result<Member> decode_member(const MemberId& id, std::string_view bytes);
/// Table lots, Lots: what is left of shelved lots that one entry opened.
std::string encode(std::span<const Lot> lots);
Result<std::vector<Lot>> decode_lots(std::string_view bytes);

}  // namespace accrue::ledger
