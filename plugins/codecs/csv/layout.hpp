// What the settings say of a shop's CSV: which column holds which field of a transaction, and how
// its times, ids and money are written. Const after it was read: any thread.
#pragma once

#include "time_format.hpp"

#include <accrue/settings.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace accrue::csv_codec {

enum Field : std::uint8_t {
  kId,
  kMemberId,
  kTime,
  kSku,
  kDescription,
  kCategory,
  kQuantity,
  kUnitPrice,
  kAmount,
  kStore,
  kTerminal,
  kFields
};

inline constexpr std::array<std::string_view, kFields> kFieldNames{
    "id",       "member_id",  "time",   "sku",   "description", "category",
    "quantity", "unit_price", "amount", "store", "terminal"};

constexpr bool is_needed(std::size_t field) {
  return field == kId || field == kTime || field == kSku || field == kQuantity ||
         field == kUnitPrice;
}

/// Where the fields stand in a record.
using Columns = std::array<std::optional<std::size_t>, kFields>;

struct Layout {
  std::array<std::string, kFields> column_names;  ///< Empty: not in the file.
  char delimiter = ',';
  Currency currency;
  std::shared_ptr<const Zone> zone;
  std::optional<TimeFormat> time_format;  ///< Nothing: RFC 3339.
  std::string return_prefix;
  std::string member_suffix;
  std::uint64_t merge_rows = 1000;

  /// Fails with the setting and its place.
  static Result<Layout> read(const Settings& settings);

  /// Finds the fields in a header row. Fails when a column named in the settings is not there.
  Result<Columns> find_columns(std::span<const std::string_view> header) const;
};

}  // namespace accrue::csv_codec
