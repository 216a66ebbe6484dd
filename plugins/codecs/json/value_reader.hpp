// Reads single JSON values as what the field means: an id, a text, a decimal, a time. Each function
// adds a problem and answers nothing when the value is not that. One thread at a time.
#pragma once

#include "field_table.hpp"

#include <accrue/ids.hpp>
#include <accrue/money.hpp>
#include <accrue/time.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace accrue::json_codec {

using codecs::Path;

/// "write …" for a value of the wrong kind, with what was found.
void wrong_type(Reading& reading, std::uint32_t at, const Path& path, std::string_view wanted);

/// The string itself, a view into the message.
std::optional<std::string_view> read_string(Reading& reading, std::uint32_t at, const Path& path);
/// 1 to `most` printable characters, kept in the arena.
std::optional<std::string_view> read_text(Reading& reading, std::uint32_t at, const Path& path,
                                          std::size_t most);
std::optional<std::string_view> read_id(Reading& reading, std::uint32_t at, const Path& path);
std::optional<Timestamp> read_time(Reading& reading, std::uint32_t at, const Path& path);
std::optional<Currency> read_currency(Reading& reading, std::uint32_t at, const Path& path);
/// A decimal string.
std::optional<Decimal> read_decimal(Reading& reading, std::uint32_t at, const Path& path);
/// An integer or a decimal string.
std::optional<Decimal> read_quantity(Reading& reading, std::uint32_t at, const Path& path);
/// A decimal string with no more decimals than the currency has.
std::optional<Money> read_money(Reading& reading, std::uint32_t at, const Path& path,
                                Currency currency);
std::optional<std::int64_t> read_integer(Reading& reading, std::uint32_t at, const Path& path,
                                         std::int64_t least, std::int64_t most);

}  // namespace accrue::json_codec
