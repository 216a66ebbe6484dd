// Exact decimals and money. No floating point: a Decimal counts millionths, Money counts minor
// units (pence, cents) of a currency that the surrounding transaction or program names.
// Plain values: any thread.
#pragma once

#include <accrue/result.hpp>

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace accrue {

/// How a fraction becomes whole: towards zero, to the nearest (halves away from zero), away from
/// zero, or to the nearest with halves to the even neighbour.
enum class Rounding : std::uint8_t { down, nearest, up, half_even };

/// Room for the product of any two 64-bit numbers.
__extension__ using Wide = __int128;

/// numerator / denominator, rounded. REQUIRES: denominator > 0; the result fits 64 bits.
std::int64_t divide(Wide numerator, Wide denominator, Rounding rounding);

/// A number with up to six decimals, in [-9'000'000'000'000, 9'000'000'000'000].
class Decimal {
 public:
  static constexpr std::int64_t kScale = 1'000'000;
  static constexpr std::int64_t kMaxWhole = 9'000'000'000'000;

  constexpr Decimal() = default;
  static constexpr Decimal from_micros(std::int64_t micros) { return Decimal(micros); }
  /// REQUIRES: |whole| <= kMaxWhole.
  static constexpr Decimal from_whole(std::int64_t whole) { return Decimal(whole * kScale); }
  /// Accepts -12, 3.49, 0.000001; refuses signs '+', exponents, blanks, more than six decimals.
  static Result<Decimal> parse(std::string_view text);

  constexpr std::int64_t micros() const { return micros_; }
  bool is_whole() const { return micros_ % kScale == 0; }
  /// The shortest exact text: "3.49", "12", "-0.5".
  std::string to_string() const;
  friend constexpr auto operator<=>(Decimal, Decimal) = default;

 private:
  explicit constexpr Decimal(std::int64_t micros) : micros_(micros) {}
  std::int64_t micros_ = 0;
};

/// A money currency of ISO 4217: three letters and the number of minor-unit digits (0 to 4).
class Currency {
 public:
  constexpr Currency() = default;
  /// Fails when the code is not a current ISO 4217 code with minor units.
  static Result<Currency> parse(std::string_view code);

  std::string_view code() const { return {code_.data(), code_.size()}; }
  constexpr int digits() const { return digits_; }
  /// Minor units in one unit: 100 for GBP, 1 for JPY.
  std::int64_t minor_per_unit() const;
  friend constexpr bool operator==(Currency, Currency) = default;

 private:
  constexpr Currency(std::array<char, 3> code, std::uint8_t digits)
      : code_(code), digits_(digits) {}
  std::array<char, 3> code_{'X', 'X', 'X'};
  std::uint8_t digits_ = 2;
};

/// An amount in minor units, |minor| <= kMaxMinor for every amount that enters from outside.
class Money {
 public:
  static constexpr std::int64_t kMaxMinor = 1'000'000'000'000'000;

  constexpr Money() = default;
  static constexpr Money from_minor(std::int64_t minor) { return Money(minor); }
  /// Exact: fails when the text has more decimals than the currency.
  static Result<Money> parse(std::string_view text, Currency currency);
  /// A decimal number of units, rounded to minor units.
  static Result<Money> from_decimal(Decimal units, Currency currency, Rounding rounding);

  constexpr std::int64_t minor() const { return minor_; }
  std::string to_string(Currency currency) const;
  friend constexpr auto operator<=>(Money, Money) = default;
  /// Sums of amounts within bounds cannot overflow before 9,000 lines of the largest amount; the
  /// addition is checked all the same and aborts on overflow, which would be a bug.
  friend Money operator+(Money a, Money b);
  friend Money operator-(Money a, Money b);
  friend constexpr Money operator-(Money a) { return Money(-a.minor_); }

 private:
  explicit constexpr Money(std::int64_t minor) : minor_(minor) {}
  std::int64_t minor_ = 0;
};

/// quantity × unit price, rounded half-even to the currency's minor unit.
/// Fails with reject_input beyond Money::kMaxMinor.
Result<Money> line_amount(Decimal quantity, Decimal unit_price, Currency currency);

}  // namespace accrue
