// What a caller hears of a transaction, and what it may read back. Plain values: any thread.
#pragma once

#include "ledger/entry.hpp"

#include <accrue/decision.hpp>
#include <accrue/transaction.hpp>

#include <optional>
#include <string>
#include <vector>

namespace accrue::pipeline {

enum class Status : std::uint8_t {
  posted,     ///< Recorded now, durably.
  duplicate,  ///< Recorded before with the same content: `entry` is the answer given then.
  quoted,     ///< What would be recorded; nothing was.
  conflict,   ///< The id was recorded before with other content. Nothing changed.
  refused,    ///< Bad input, or against the program's terms. Nothing changed.
  full,       ///< Try again soon. Nothing changed.
};

using Entry = ledger::Entry;

struct Answer {
  Status status = Status::refused;
  Entry entry;  ///< posted, duplicate, quoted.
  Error error;  ///< conflict, refused, full.
};

struct BalanceCard {
  std::string currency;
  Points available;
  Points pending;
  Points deficit;
  std::optional<std::string>
      value;  ///< Money value of available, decimal text; none if not spendable.
};

struct LotCard {
  Seq seq = Seq::none;
  std::uint32_t number = 0;
  std::string currency;
  Points issued;
  Points remaining;
  Timestamp earned_at{};
  std::optional<Timestamp> expires_at;
};

struct NextExpiry {
  std::string currency;
  Points points;
  Timestamp at{};
};

/// A member as the newest state knows it.
struct MemberCard {
  MemberId id;
  Timestamp enrolled_at{};
  std::optional<Timestamp> last_activity;
  std::string language;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<std::string> contact_fields;  ///< Names of the contact data held, not their values.
  std::vector<BalanceCard> balances;
  std::vector<LotCard> lots;              ///< With points left, in draw order.
  std::vector<Offer> offers;              ///< Open ones.
  std::optional<NextExpiry> next_expiry;  ///< The earliest instant at which points lapse.
};

struct RuleCard {
  std::string id;
  std::string type;
  std::string title;
  std::string lane;
  std::string place;  ///< file:line:column
};

struct RuleSetCard {
  std::string program;
  std::string hash;  ///< 32 hex digits.
  Timestamp loaded_at{};
  std::vector<RuleCard> rules;
};

}  // namespace accrue::pipeline
