#include <accrue/assert.hpp>
#include <accrue/money.hpp>

#include "currency_table.hpp"

#include <limits>

namespace accrue {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
constexpr std::array<std::int64_t, 7> kPowersOfTen{1, 10, 100, 1'000, 10'000, 100'000, 1'000'000};

bool fits(Wide number) { return number >= kLeast && number <= kMost; }

/// Quotient towards zero, moved one away from zero where the rounding asks for it. Number is
/// 64 bits wide where it can be: a hardware division instead of a call.
template <class Number>
Number rounded(Number numerator, Number denominator, Rounding rounding) {
  const Number quotient = numerator / denominator;
  const Number rest = numerator % denominator;
  if (rest == 0 || rounding == Rounding::down) return quotient;
  const Number size = rest < 0 ? -rest : rest;
  // size against denominator - size instead of twice size: no overflow.
  const Number missing = denominator - size;
  bool away = rounding == Rounding::up;
  if (rounding == Rounding::nearest) away = size >= missing;
  if (rounding == Rounding::half_even) {
    away = size > missing || (size == missing && quotient % 2 != 0);
  }
  if (!away) return quotient;
  return numerator < 0 ? quotient - 1 : quotient + 1;
}

Error not_a_decimal() {
  return reject("write a decimal number such as \"12\" or \"-3.49\", with at most six decimals");
}

Error out_of_range() { return reject("the number is beyond 9000000000000"); }

Error amount_too_large() { return reject("the amount is beyond 1000000000000000 minor units"); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Text of units / 10^digits, all digits written.
std::string fixed_text(std::int64_t units, int digits) {
  std::array<char, 24> text{};
  char* at = text.data() + text.size();
  // Unsigned, because the most negative number has no positive counterpart.
  auto left = units < 0 ? 0 - static_cast<std::uint64_t>(units) : static_cast<std::uint64_t>(units);
  const auto put = [&] {
    *--at = static_cast<char>('0' + left % 10);
    left /= 10;
  };
  for (int place = 0; place < digits; ++place) put();
  if (digits > 0) *--at = '.';
  do {
    put();
  } while (left != 0);
  if (units < 0) *--at = '-';
  return {at, text.data() + text.size()};
}

}  // namespace

std::int64_t divide(Wide numerator, Wide denominator, Rounding rounding) {
  ACCRUE_ASSERT(denominator > 0);
  if (fits(numerator) && fits(denominator)) [[likely]] {
    return rounded(static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator),
                   rounding);
  }
  const Wide result = rounded(numerator, denominator, rounding);
  ACCRUE_ASSERT(fits(result));
  return static_cast<std::int64_t>(result);
}

Result<Decimal> Decimal::parse(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  const bool negative = at != end && *at == '-';
  if (negative) ++at;
  if (at == end || !is_digit(*at)) return not_a_decimal();
  std::int64_t whole = 0;
  for (; at != end && is_digit(*at); ++at) {
    whole = whole * 10 + (*at - '0');
    if (whole > kMaxWhole) return out_of_range();
  }
  std::int64_t micros = whole * kScale;
  if (at != end) {
    if (*at++ != '.' || at == end) return not_a_decimal();
    std::int64_t unit = kScale;
    for (; at != end && is_digit(*at) && unit > 1; ++at) {
      unit /= 10;
      micros += (*at - '0') * unit;
    }
    if (at != end) return not_a_decimal();
    if (micros > kMaxWhole * kScale) return out_of_range();
  }
  return Decimal(negative ? -micros : micros);
}

std::string Decimal::to_string() const {
  std::string text = fixed_text(micros_, 6);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

Result<Currency> Currency::parse(std::string_view code) {
  const int digits = currency_digits(code);
  if (digits < 0) {
    return reject("'" + std::string(code) +
                  "' is no current ISO 4217 currency with minor units; write for instance GBP");
  }
  return Currency({code[0], code[1], code[2]}, static_cast<std::uint8_t>(digits));
}

std::int64_t Currency::minor_per_unit() const { return kPowersOfTen[digits_]; }

Result<Money> Money::parse(std::string_view text, Currency currency) {
  const auto decimal = Decimal::parse(text);
  if (!decimal) return decimal.error();
  const auto point = text.find('.');
  const auto decimals = point == text.npos ? 0 : text.size() - point - 1;
  const auto digits = static_cast<std::size_t>(currency.digits());
  if (decimals > digits) {
    return reject("an amount in " + std::string(currency.code()) + " has at most " +
                  std::to_string(digits) + " decimals");
  }
  return from_decimal(*decimal, currency, Rounding::down);
}

Result<Money> Money::from_decimal(Decimal units, Currency currency, Rounding rounding) {
  const Wide numerator = static_cast<Wide>(units.micros()) * currency.minor_per_unit();
  const std::int64_t minor = divide(numerator, Decimal::kScale, rounding);
  if (minor > kMaxMinor || minor < -kMaxMinor) return amount_too_large();
  return Money(minor);
}

std::string Money::to_string(Currency currency) const {
  return fixed_text(minor_, currency.digits());
}

Money operator+(Money a, Money b) {
  std::int64_t sum = 0;
  ACCRUE_ASSERT(!__builtin_add_overflow(a.minor_, b.minor_, &sum));
  return Money(sum);
}

Money operator-(Money a, Money b) {
  std::int64_t difference = 0;
  ACCRUE_ASSERT(!__builtin_sub_overflow(a.minor_, b.minor_, &difference));
  return Money(difference);
}

Result<Money> line_amount(Decimal quantity, Decimal unit_price, Currency currency) {
  // quantity and price count millionths each; minor units divide that scale without rest.
  constexpr std::int64_t kProductScale = Decimal::kScale * Decimal::kScale;
  const std::int64_t scale = kProductScale / currency.minor_per_unit();
  const Wide product = static_cast<Wide>(quantity.micros()) * unit_price.micros();
  const Wide most = static_cast<Wide>(Money::kMaxMinor) * scale;
  if (product > most || product < -most) return amount_too_large();
  return Money::from_minor(divide(product, scale, Rounding::half_even));
}

}  // namespace accrue
