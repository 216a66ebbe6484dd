// Attribute values as stored: a kind, a number and a text. Any thread.
#pragma once

#include <accrue/transaction.hpp>

#include <string>
#include <string_view>

namespace accrue::ledger {

struct StoredAttribute {
  std::uint8_t kind = 0;  ///< Index of the alternative in AttributeValue.
  std::int64_t number = 0;
  std::string_view text;
};

inline StoredAttribute flatten(const AttributeValue& value) {
  StoredAttribute flat{static_cast<std::uint8_t>(value.index()), 0, {}};
  if (const auto* flag = std::get_if<bool>(&value)) flat.number = *flag ? 1 : 0;
  if (const auto* number = std::get_if<std::int64_t>(&value)) flat.number = *number;
  if (const auto* number = std::get_if<Decimal>(&value)) flat.number = number->micros();
  if (const auto* text = std::get_if<std::string_view>(&value)) flat.text = *text;
  return flat;
}

/// The view in the result is `text` itself.
inline AttributeValue unflatten(std::uint8_t kind, std::int64_t number, std::string_view text) {
  switch (kind) {
    case 0:
      return number != 0;
    case 1:
      return number;
    case 2:
      return Decimal::from_micros(number);
    default:
      return text;
  }
}

}  // namespace accrue::ledger
