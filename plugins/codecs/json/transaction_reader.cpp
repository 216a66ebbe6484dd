#include "transaction_reader.hpp"

#include "../text_check.hpp"
#include "basket_reader.hpp"
#include "person_reader.hpp"

#include <array>

namespace accrue::json_codec {
namespace {

using codecs::kMaxNamePoints;

enum Field : std::uint32_t {
  kId,
  kType,
  kMemberId,
  kTime,
  kStore,
  kTerminal,
  kCurrency,
  kLines,
  kTenders,
  kOf,
  kEvent,
  kAttributes,
  kLanguage,
  kContact,
  kFields
};
constexpr std::array<std::string_view, kFields> kNames{
    "id",    "type",    "member_id", "time",  "store",      "terminal", "currency",
    "lines", "tenders", "of",        "event", "attributes", "language", "contact"};
using Places = std::array<std::uint32_t, kFields>;

constexpr std::uint32_t bits(std::initializer_list<Field> fields) {
  std::uint32_t set = 0;
  for (const Field field : fields) set |= 1u << field;
  return set;
}

/// Which fields one kind of message has.
struct Shape {
  TransactionType type;
  std::string_view noun;
  std::uint32_t needed;
  std::uint32_t optional;
};

constexpr Shape kSale{TransactionType::sale, "a sale", bits({kId, kType, kTime, kCurrency, kLines}),
                      bits({kMemberId, kStore, kTerminal, kTenders})};
constexpr Shape kReturn{TransactionType::goods_return, "a return", kSale.needed, kSale.optional};
constexpr Shape kReturnOfSale{TransactionType::goods_return, "a return of a sale",
                              bits({kId, kType, kTime, kLines, kOf}),
                              bits({kMemberId, kStore, kTerminal, kTenders, kCurrency})};
constexpr Shape kEventShape{TransactionType::event, "an event",
                            bits({kId, kType, kMemberId, kTime, kEvent}),
                            bits({kStore, kTerminal, kAttributes})};
constexpr Shape kMemberShape{TransactionType::member, "a member",
                             bits({kId, kType, kMemberId, kTime}),
                             bits({kStore, kTerminal, kAttributes, kLanguage, kContact})};
/// POST /v1/events: the path says that it is an event, `type` says which.
constexpr Shape kSentEvent{TransactionType::event, "an event", bits({kId, kType, kMemberId, kTime}),
                           bits({kStore, kTerminal, kAttributes})};
/// PUT /v1/members: the path says that it is a member.
constexpr Shape kSentMember{TransactionType::member, "a member", bits({kId, kMemberId, kTime}),
                            bits({kStore, kTerminal, kAttributes, kLanguage, kContact})};

class TransactionReader {
 public:
  TransactionReader(const Tape& tape, MessageKind kind)
      : tape_(tape), kind_(kind), reading_{tape, problems_, transaction_.text} {}

  Result<Transaction> read() {
    if (tape_[0].kind != NodeKind::object) {
      wrong_type(reading_, 0, root_, "an object");
      return std::move(problems_).error();
    }
    transaction_.text.reserve(tape_.text_bytes());
    find_fields(reading_, 0, root_, kNames, places_);
    const Shape* shape = find_shape();
    if (shape != nullptr) {
      transaction_.type = shape->type;
      check_presence(*shape);
    }
    read_common();
    if (shape != nullptr) read_particular(*shape);
    if (!problems_.empty()) return std::move(problems_).error();
    return std::move(transaction_);
  }

 private:
  bool has(Field field) const { return places_[field] != 0; }
  Path path(Field field) const { return {&root_, kNames[field]}; }

  const Shape* find_shape() {
    if (kind_ == MessageKind::event) return &kSentEvent;
    if (kind_ == MessageKind::member) return &kSentMember;
    if (!has(kType)) {
      problems_.add(path(kType), "missing_field", "write sale, return, event or member");
      return nullptr;
    }
    const auto name = read_string(reading_, places_[kType], path(kType));
    if (!name) return nullptr;
    if (*name == "sale") return &kSale;
    if (*name == "return") return has(kOf) ? &kReturnOfSale : &kReturn;
    if (*name == "event") return &kEventShape;
    if (*name == "member") return &kMemberShape;
    problems_.add(path(kType), "unknown_type", "write sale, return, event or member");
    return nullptr;
  }

  void check_presence(const Shape& shape) {
    for (std::uint32_t number = 0; number < kFields; ++number) {
      const auto field = static_cast<Field>(number);
      const bool needed = (shape.needed >> field & 1u) != 0;
      const bool known = needed || (shape.optional >> field & 1u) != 0;
      const std::string name(kNames[field]);
      if (!has(field) && needed) {
        problems_.add(path(field), "missing_field", std::string(shape.noun) + " needs " + name);
      } else if (has(field) && !known) {
        problems_.add(path(field), "unknown_field",
                      std::string(shape.noun) + " has no " + name + "; leave it out");
        places_[field] = 0;
      }
    }
  }

  void read_common() {
    if (has(kId)) {
      const auto id = read_id(reading_, places_[kId], path(kId));
      if (id) transaction_.id = TransactionId::trusted(std::string(*id));
    }
    read_member_id();
    if (has(kTime)) {
      transaction_.time = read_time(reading_, places_[kTime], path(kTime)).value_or(Timestamp{});
    }
    read_name(kStore, transaction_.store);
    read_name(kTerminal, transaction_.terminal);
  }

  void read_member_id() {
    if (!has(kMemberId)) return;
    const bool may_be_null = transaction_.type == TransactionType::sale ||
                             transaction_.type == TransactionType::goods_return;
    if (may_be_null && tape_[places_[kMemberId]].kind == NodeKind::null) return;
    const auto id = read_id(reading_, places_[kMemberId], path(kMemberId));
    if (id) transaction_.member = MemberId::trusted(std::string(*id));
  }

  void read_name(Field field, std::string_view& name) {
    if (has(field)) {
      name = read_text(reading_, places_[field], path(field), kMaxNamePoints).value_or("");
    }
  }

  void read_particular(const Shape& shape) {
    if (shape.type == TransactionType::sale || shape.type == TransactionType::goods_return) {
      return read_basket();
    }
    if (shape.type == TransactionType::event) {
      read_name(&shape == &kSentEvent ? kType : kEvent, transaction_.event);
    }
    if (has(kAttributes)) {
      read_attributes(reading_, places_[kAttributes], path(kAttributes), transaction_);
    }
    if (has(kContact)) read_contact(reading_, places_[kContact], path(kContact), transaction_);
    if (has(kLanguage)) read_language(reading_, places_[kLanguage], path(kLanguage), transaction_);
  }

  void read_basket() {
    if (has(kOf)) {
      const auto id = read_id(reading_, places_[kOf], path(kOf));
      if (id) transaction_.of = TransactionId::trusted(std::string(*id));
    }
    if (has(kCurrency)) {
      const auto currency = read_currency(reading_, places_[kCurrency], path(kCurrency));
      transaction_.currency = currency.value_or(Currency{});
    }
    const BasketTerms terms{has(kCurrency), has(kOf)};
    if (has(kLines)) {
      read_lines(reading_, places_[kLines], path(kLines), terms, transaction_);
    }
    if (has(kTenders)) {
      read_tenders(reading_, places_[kTenders], path(kTenders), terms, transaction_);
    }
  }

  const Tape& tape_;
  MessageKind kind_;
  const Path root_;
  codecs::Problems problems_;
  Transaction transaction_;
  Reading reading_;
  Places places_{};
};

}  // namespace

Result<Transaction> read_transaction(const Tape& tape, MessageKind kind) {
  return TransactionReader(tape, kind).read();
}

}  // namespace accrue::json_codec
