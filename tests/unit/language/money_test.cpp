#include <accrue/money.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace accrue {
namespace {

Currency currency(std::string_view code) { return Currency::parse(code).value(); }

std::string refusal(std::string_view text) {
  const auto parsed = Decimal::parse(text);
  return parsed.has_value() ? "accepted" : parsed.error().message;
}

TEST(Divide, RoundsAsItsNameSays) {
  struct Case {
    int numerator, down, nearest, up, half_even;
  };
  // Quotients by 10 of 24, 25, 26, 35 and their negatives, worked by hand.
  for (const Case& c : {Case{24, 2, 2, 3, 2}, Case{25, 2, 3, 3, 2}, Case{26, 2, 3, 3, 3},
                        Case{35, 3, 4, 4, 4}, Case{-24, -2, -2, -3, -2}, Case{-25, -2, -3, -3, -2},
                        Case{-35, -3, -4, -4, -4}, Case{20, 2, 2, 2, 2}, Case{0, 0, 0, 0, 0},
                        Case{5, 0, 1, 1, 0}, Case{-5, 0, -1, -1, 0}, Case{15, 1, 2, 2, 2}}) {
    EXPECT_EQ(divide(c.numerator, 10, Rounding::down), c.down) << c.numerator;
    EXPECT_EQ(divide(c.numerator, 10, Rounding::nearest), c.nearest) << c.numerator;
    EXPECT_EQ(divide(c.numerator, 10, Rounding::up), c.up) << c.numerator;
    EXPECT_EQ(divide(c.numerator, 10, Rounding::half_even), c.half_even) << c.numerator;
  }
}

TEST(Divide, TakesNumeratorsBeyondSixtyFourBits) {
  const Wide large = static_cast<Wide>(9'000'000'000'000'000'000) * 1'000;
  EXPECT_EQ(divide(large, 1'000, Rounding::down), 9'000'000'000'000'000'000);
  EXPECT_EQ(divide(-large - 500, 1'000, Rounding::half_even), -9'000'000'000'000'000'000);
  EXPECT_EQ(divide(-large - 501, 1'000, Rounding::half_even), -9'000'000'000'000'000'001);
}

TEST(DecimalText, IsReadExactly) {
  EXPECT_EQ(Decimal::parse("3.49").value().micros(), 3'490'000);
  EXPECT_EQ(Decimal::parse("-12").value().micros(), -12'000'000);
  EXPECT_EQ(Decimal::parse("0.000001").value().micros(), 1);
  EXPECT_EQ(Decimal::parse("-0").value().micros(), 0);
  EXPECT_EQ(Decimal::parse("9000000000000").value().micros(), 9'000'000'000'000'000'000);
  EXPECT_EQ(Decimal::parse("9000000000000.000000").value().micros(), 9'000'000'000'000'000'000);
}

TEST(DecimalText, IsRefusedWhenItIsNoPlainDecimal) {
  for (const char* text : {"", "-", "+1", "1e3", " 1", "1 ", "1.", ".5", "1.2.3", "--1", "1,5",
                           "0x10", "NaN", "0.0000001", "1.0000000", "-.5"}) {
    EXPECT_NE(refusal(text).find("decimal number"), std::string::npos) << text;
  }
  for (const char* text : {"9000000000001", "9000000000000.000001", "-9000000000000.1",
                           "99999999999999999999999999"}) {
    EXPECT_NE(refusal(text).find("beyond 9000000000000"), std::string::npos) << text;
  }
}

TEST(DecimalText, IsWrittenAsShortAsItCanBe) {
  EXPECT_EQ(Decimal::from_micros(3'490'000).to_string(), "3.49");
  EXPECT_EQ(Decimal::from_micros(12'000'000).to_string(), "12");
  EXPECT_EQ(Decimal::from_micros(-500'000).to_string(), "-0.5");
  EXPECT_EQ(Decimal::from_micros(1).to_string(), "0.000001");
  EXPECT_EQ(Decimal{}.to_string(), "0");
  EXPECT_EQ(Decimal::from_whole(100).to_string(), "100");
}

RC_GTEST_PROP(DecimalText, ComesBackAsTheSameNumber, ()) {
  const auto micros =
      *rc::gen::inRange<std::int64_t>(-9'000'000'000'000'000'000, 9'000'000'000'000'000'000);
  const Decimal number = Decimal::from_micros(micros);
  RC_ASSERT(Decimal::parse(number.to_string()).value() == number);
}

RC_GTEST_PROP(MoneyText, ComesBackAsTheSameAmount, ()) {
  const auto minor = *rc::gen::inRange<std::int64_t>(-Money::kMaxMinor, Money::kMaxMinor + 1);
  const auto code = *rc::gen::element<std::string>("GBP", "JPY", "BHD", "CLF");
  const Money amount = Money::from_minor(minor);
  // Decimals hold nine billion units: amounts in yen may exceed them, others cannot.
  RC_PRE(code != "JPY" || std::abs(minor) <= Decimal::kMaxWhole);
  RC_PRE(code != "GBP" || std::abs(minor) <= Decimal::kMaxWhole * 100);
  RC_ASSERT(Money::parse(amount.to_string(currency(code)), currency(code)).value() == amount);
}

TEST(MoneyText, HasTheDigitsOfItsCurrency) {
  EXPECT_EQ(Money::from_minor(698).to_string(currency("GBP")), "6.98");
  EXPECT_EQ(Money::from_minor(-5).to_string(currency("GBP")), "-0.05");
  EXPECT_EQ(Money::from_minor(698).to_string(currency("JPY")), "698");
  EXPECT_EQ(Money::from_minor(698).to_string(currency("BHD")), "0.698");
  EXPECT_EQ(Money::from_minor(0).to_string(currency("CLF")), "0.0000");
}

TEST(MoneyText, IsRefusedWithMoreDecimalsThanTheCurrencyHas) {
  EXPECT_EQ(Money::parse("6.98", currency("GBP")).value().minor(), 698);
  EXPECT_EQ(Money::parse("6.9", currency("GBP")).value().minor(), 690);
  EXPECT_EQ(Money::parse("6.981", currency("BHD")).value().minor(), 6981);
  EXPECT_FALSE(Money::parse("6.980", currency("GBP")).has_value());
  EXPECT_FALSE(Money::parse("1.0", currency("JPY")).has_value());
  EXPECT_EQ(Money::parse("1.5", currency("JPY")).error().message,
            "an amount in JPY has at most 0 decimals");
}

TEST(MoneyAmount, IsBounded) {
  const Decimal ten_trillion_pence = Decimal::parse("9000000000000").value();
  EXPECT_EQ(
      Money::from_decimal(ten_trillion_pence, currency("GBP"), Rounding::down).value().minor(),
      900'000'000'000'000);
  EXPECT_FALSE(
      Money::from_decimal(ten_trillion_pence, currency("BHD"), Rounding::down).has_value());
}

TEST(MoneyAmount, RoundsADecimalToMinorUnits) {
  const Decimal price = Decimal::parse("0.125").value();
  EXPECT_EQ(Money::from_decimal(price, currency("GBP"), Rounding::half_even).value().minor(), 12);
  EXPECT_EQ(Money::from_decimal(price, currency("GBP"), Rounding::up).value().minor(), 13);
}

std::int64_t line(std::string_view quantity, std::string_view price, std::string_view code) {
  const auto amount =
      line_amount(Decimal::parse(quantity).value(), Decimal::parse(price).value(), currency(code));
  return amount.has_value() ? amount->minor() : -1'000'000'000'000;
}

TEST(LineAmount, IsQuantityTimesPriceRoundedHalfEven) {
  EXPECT_EQ(line("2", "3.49", "GBP"), 698);
  EXPECT_EQ(line("-12", "1.65", "GBP"), -1980);
  EXPECT_EQ(line("0.5", "0.25", "GBP"), 12);       // 0.125 -> 0.12
  EXPECT_EQ(line("1.5", "0.25", "GBP"), 38);       // 0.375 -> 0.38
  EXPECT_EQ(line("0.500001", "0.25", "GBP"), 13);  // just above the half
  EXPECT_EQ(line("1", "0.001", "GBP"), 0);
  EXPECT_EQ(line("3", "0.5", "JPY"), 2);  // 1.5 -> 2
  EXPECT_EQ(line("1", "0.5", "JPY"), 0);  // 0.5 -> 0
  EXPECT_EQ(line("1000", "1.2345", "BHD"), 1'234'500);
}

TEST(LineAmount, IsRefusedWhenItIsTooLargeForAnyTill) {
  EXPECT_EQ(line("9000000000000", "9000000000000", "GBP"), -1'000'000'000'000);
  EXPECT_EQ(line("-9000000000000", "9000000000000", "CLF"), -1'000'000'000'000);
  EXPECT_EQ(line("10000000", "1000000", "GBP"), Money::kMaxMinor);
  EXPECT_EQ(line("10000000.1", "1000000", "GBP"), -1'000'000'000'000);
}

TEST(MoneySums, AddAndSubtract) {
  EXPECT_EQ((Money::from_minor(5) + Money::from_minor(7)).minor(), 12);
  EXPECT_EQ((Money::from_minor(5) - Money::from_minor(7)).minor(), -2);
}

}  // namespace
}  // namespace accrue
