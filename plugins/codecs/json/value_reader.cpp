#include "value_reader.hpp"

#include "../text_check.hpp"

namespace accrue::json_codec {
namespace {

/// A number as it was written.
std::string digits_of(const Node& node) {
  return node.kind == NodeKind::integer ? std::to_string(node.integer)
                                        : std::string(node.view().substr(0, 40));
}

bool is_number(const Node& node) {
  return node.kind == NodeKind::integer || node.kind == NodeKind::number;
}

/// How a number is written where text is meant. Exponents cannot just be put in quotes.
std::string in_quotes(const Node& node) {
  const bool plain = node.kind == NodeKind::integer ||
                     (node.size <= 40 && node.view().find_first_of("eE") == std::string_view::npos);
  return plain ? "write \"" + digits_of(node) + "\" as a string"
               : "write the number in plain digits, as a string such as \"12.50\"";
}

std::string_view code_of_decimal(const Error& error) {
  return error.message.find("beyond") != std::string::npos ? "out_of_range" : "not_a_decimal";
}

}  // namespace

void wrong_type(Reading& reading, std::uint32_t at, const Path& path, std::string_view wanted) {
  const Node& node = reading.tape[at];
  std::string detail =
      "write " + std::string(wanted) + " here, not " + std::string(describe(node.kind));
  if (is_number(node) && wanted.find("string") != wanted.npos) {
    detail = in_quotes(node);
  }
  reading.problems.add(path, "wrong_type", std::move(detail));
}

std::optional<std::string_view> read_string(Reading& reading, std::uint32_t at, const Path& path) {
  const Node& node = reading.tape[at];
  if (node.kind == NodeKind::text) [[likely]]
    return node.view();
  wrong_type(reading, at, path, "a string");
  return std::nullopt;
}

std::optional<std::string_view> read_text(Reading& reading, std::uint32_t at, const Path& path,
                                          std::size_t most) {
  const auto text = read_string(reading, at, path);
  if (!text) return std::nullopt;
  const auto fault = codecs::fault_of(*text, most);
  if (fault == codecs::TextFault::none) [[likely]]
    return reading.kept.keep(*text);
  reading.problems.add(path, "bad_text", codecs::remedy(fault, most));
  return std::nullopt;
}

std::optional<std::string_view> read_id(Reading& reading, std::uint32_t at, const Path& path) {
  const auto text = read_string(reading, at, path);
  if (!text) return std::nullopt;
  if (is_id(*text)) return text;
  reading.problems.add(path, "bad_id", "an id is 1 to 64 characters of A-Z a-z 0-9 . _ : -");
  return std::nullopt;
}

std::optional<Timestamp> read_time(Reading& reading, std::uint32_t at, const Path& path) {
  // Seconds since 1970 get the advice of any other text that is no time.
  const bool number = is_number(reading.tape[at]);
  const auto text = number ? std::string_view() : read_string(reading, at, path);
  if (!text) return std::nullopt;
  const auto time = parse_timestamp(*text);
  if (time) return *time;
  reading.problems.add(path, "bad_time", time.error().message);
  return std::nullopt;
}

std::optional<Currency> read_currency(Reading& reading, std::uint32_t at, const Path& path) {
  const auto text = read_string(reading, at, path);
  if (!text) return std::nullopt;
  const auto currency = Currency::parse(*text);
  if (currency) return *currency;
  reading.problems.add(path, "bad_currency",
                       "that is no current ISO 4217 currency; write for instance \"GBP\"");
  return std::nullopt;
}

std::optional<Decimal> read_decimal(Reading& reading, std::uint32_t at, const Path& path) {
  const auto text = read_string(reading, at, path);
  if (!text) return std::nullopt;
  const auto decimal = Decimal::parse(*text);
  if (decimal) [[likely]]
    return *decimal;
  reading.problems.add(path, code_of_decimal(decimal.error()), decimal.error().message);
  return std::nullopt;
}

std::optional<Decimal> read_quantity(Reading& reading, std::uint32_t at, const Path& path) {
  const Node& node = reading.tape[at];
  if (node.kind == NodeKind::integer) [[likely]] {
    if (node.integer <= Decimal::kMaxWhole && node.integer >= -Decimal::kMaxWhole) {
      return Decimal::from_whole(node.integer);
    }
    reading.problems.add(path, "out_of_range", "the number is beyond 9000000000000");
    return std::nullopt;
  }
  if (node.kind == NodeKind::text) return read_decimal(reading, at, path);
  if (node.kind == NodeKind::number) {
    const bool whole = node.view().find_first_of(".eE") == std::string_view::npos;
    reading.problems.add(path, whole ? "out_of_range" : "not_an_integer",
                         whole ? "the number is beyond 9000000000000"
                               : "a number here is an integer in plain digits; for a weighed "
                                 "quantity " +
                                     in_quotes(node));
    return std::nullopt;
  }
  wrong_type(reading, at, path, "an integer or a decimal number in quotes");
  return std::nullopt;
}

std::optional<Money> read_money(Reading& reading, std::uint32_t at, const Path& path,
                                Currency currency) {
  const auto text = read_string(reading, at, path);
  if (!text) return std::nullopt;
  const auto money = Money::parse(*text, currency);
  if (money) [[likely]]
    return *money;
  reading.problems.add(path, code_of_decimal(money.error()), money.error().message);
  return std::nullopt;
}

std::optional<std::int64_t> read_integer(Reading& reading, std::uint32_t at, const Path& path,
                                         std::int64_t least, std::int64_t most) {
  const Node& node = reading.tape[at];
  if (node.kind == NodeKind::number) {
    reading.problems.add(path, "not_an_integer", "write an integer without fraction or exponent");
    return std::nullopt;
  }
  if (node.kind != NodeKind::integer) {
    wrong_type(reading, at, path, "an integer");
    return std::nullopt;
  }
  if (node.integer >= least && node.integer <= most) return node.integer;
  reading.problems.add(
      path, "out_of_range",
      "write an integer from " + std::to_string(least) + " to " + std::to_string(most));
  return std::nullopt;
}

}  // namespace accrue::json_codec
