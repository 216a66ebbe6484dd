// A transaction: one thing that happened, as the business understands it. Everything that changes
// a balance is one of these. Text is owned by the transaction's arena; move-only; one thread at a
// time, const from any number.
#pragma once

#include <accrue/ids.hpp>
#include <accrue/money.hpp>
#include <accrue/text_arena.hpp>
#include <accrue/time.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace accrue {

enum class TransactionType : std::uint8_t {
  sale = 0,
  goods_return = 1,  ///< "return" outside: goods came back.
  event = 2,         ///< Something that is not a sale: a sign-up, a review.
  member = 3,        ///< Enrolment or change of a member.
  tick = 4,          ///< Time passed for a member: points lapse, reminders fall due.
};
inline constexpr int kTransactionTypes = 5;

/// "sale", "return", "event", "member", "tick".
std::string_view name_of(TransactionType type);
std::optional<TransactionType> transaction_type_named(std::string_view name);

using AttributeValue = std::variant<bool, std::int64_t, Decimal, std::string_view>;

struct Attribute {
  std::string_view key;
  AttributeValue value;
};

/// One line of a basket. On a return, quantity and amount may carry either sign as the till writes
/// them; all lines of one return have the same sign.
struct Line {
  std::string_view sku;
  std::string_view category;     ///< Empty when the till sends none.
  std::string_view description;  ///< Empty when the till sends none.
  Decimal quantity;
  Decimal unit_price;  ///< In units of the transaction's currency, up to six decimals.
  Money amount;        ///< As given, or quantity × unit price rounded half-even.
  bool amount_given = false;
  /// On a return with `of`: the line of that sale, counted from 1. 0 elsewhere.
  std::uint32_t of_line = 0;
};

struct Tender {
  std::string_view type;
  Money amount;
};

struct Transaction {
  TransactionId id;
  TransactionType type = TransactionType::sale;
  MemberId member;   ///< Empty on an anonymous sale.
  Timestamp time{};  ///< When it happened, by the till's own clock.
  std::string_view store;
  std::string_view terminal;
  Currency currency;
  std::vector<Line> lines;
  std::vector<Tender> tenders;
  std::string_view event;             ///< Name of the event, type event only.
  std::vector<Attribute> attributes;  ///< Of the event, or the member's as they shall be.
  TransactionId of;           ///< On a return: the sale whose goods came back. May be empty.
  std::string_view language;  ///< On a member change: BCP 47 tag for notices. May be empty.
  /// On a member change: contact data. Plain text between codec and vault only; sealed from there.
  std::vector<Attribute> contact;
  std::string_view sealed_contact;
  TextArena text;
};

}  // namespace accrue
