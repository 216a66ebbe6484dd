// Attribute values as stored: a kind, a number and a text. Any thread.
#pragma once

#include "ledger/fields.hpp"

#include <accrue/transaction.hpp>

#include <string>
#include <string_view>

namespace accrue::ledger {

struct StoredAttribute {
  std::string key;
  std::uint8_t kind = 0;  ///< Index of the alternative in AttributeValue.
  std::int64_t number = 0;
  std::string text;
};

template <class As, Like<StoredAttribute> Stored>
void fields(As& as, Stored& attribute) {
  as.text(1, attribute.key);
  as.count(2, attribute.kind);
  as.number(3, attribute.number);
  as.text(4, attribute.text);
}

inline StoredAttribute flatten(std::string_view key, const AttributeValue& value) {
  StoredAttribute flat{std::string(key), static_cast<std::uint8_t>(value.index()), 0, {}};
  if (const auto* flag = std::get_if<bool>(&value)) flat.number = *flag ? 1 : 0;
  if (const auto* number = std::get_if<std::int64_t>(&value)) flat.number = *number;
  if (const auto* number = std::get_if<Decimal>(&value)) flat.number = number->micros();
  if (const auto* text = std::get_if<std::string_view>(&value)) flat.text = *text;
  return flat;
}

/// A text in the result is `text` itself, a copy of the attribute's that lives long enough.
inline AttributeValue unflatten(const StoredAttribute& attribute, std::string_view text) {
  switch (attribute.kind) {
    case 0:
      return attribute.number != 0;
    case 1:
      return attribute.number;
    case 2:
      return Decimal::from_micros(attribute.number);
    default:
      return text;
  }
}

}  // namespace accrue::ledger
