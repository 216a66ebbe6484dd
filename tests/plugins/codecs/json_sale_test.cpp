#include "json_cases.hpp"

#include <gtest/gtest.h>

namespace accrue::json_codec {
namespace {

constexpr std::string_view kPrinted = R"({"id":"S001-T03-000123","type":"sale",
 "member_id":"M000123","time":"2026-01-03T10:11:12+00:00","store":"S001","terminal":"T03",
 "currency":"GBP","lines":[{"sku":"4006381333931","category":"grocery","description":"Caf\u00e9",
 "quantity":2,"unit_price":"3.49"}],"tenders":[{"type":"card","amount":"6.98"}]})";

TEST(Sale, AsTheBlueprintPrintsItIsReadInFull) {
  const auto result = decode(std::string(kPrinted));
  ASSERT_TRUE(result.has_value()) << result.error().message;
  EXPECT_EQ(result->id.text(), "S001-T03-000123");
  EXPECT_EQ(result->type, TransactionType::sale);
  EXPECT_EQ(result->member.text(), "M000123");
  EXPECT_EQ(format_timestamp(result->time), "2026-01-03T10:11:12Z");
  EXPECT_EQ(result->store, "S001");
  EXPECT_EQ(result->terminal, "T03");
  EXPECT_EQ(result->currency.code(), "GBP");
  ASSERT_EQ(result->lines.size(), 1u);
  const Line& line = result->lines.front();
  EXPECT_EQ(line.sku, "4006381333931");
  EXPECT_EQ(line.category, "grocery");
  EXPECT_EQ(line.description, "Caf\xc3\xa9");
  EXPECT_EQ(line.quantity, Decimal::from_whole(2));
  EXPECT_EQ(line.unit_price.micros(), 3'490'000);
  EXPECT_EQ(line.amount.minor(), 698);
  EXPECT_FALSE(line.amount_given);
  ASSERT_EQ(result->tenders.size(), 1u);
  EXPECT_EQ(result->tenders.front().type, "card");
  EXPECT_EQ(result->tenders.front().amount.minor(), 698);
}

TEST(Sale, OutlivesItsMessage) {
  std::string text(kPrinted);
  RawMessage message;
  auto result = decode(text);
  text.assign(text.size(), '#');
  Transaction moved = std::move(*result);
  EXPECT_EQ(moved.store, "S001");
  EXPECT_EQ(moved.lines.front().description, "Caf\xc3\xa9");
}

TEST(Sale, WithoutMemberIsAnonymous) {
  EXPECT_TRUE(decode(sale_with(R"("member_id":null)"))->member.empty());
  EXPECT_TRUE(decode(sale_of(R"("sku":"A","quantity":1,"unit_price":"1")"))->member.empty());
}

TEST(Sale, WeighedGoodsHaveADecimalQuantityAndRoundHalfEven) {
  const auto sale = decode(sale_of(R"("sku":"A","quantity":"0.5","unit_price":"0.25")"));
  ASSERT_TRUE(sale.has_value());
  EXPECT_EQ(sale->lines.front().quantity.micros(), 500'000);
  EXPECT_EQ(sale->lines.front().amount.minor(), 12);  // 0.125 -> 0.12
}

TEST(Sale, GivenAmountStands) {
  const auto sale =
      decode(sale_of(R"("sku":"A","quantity":3,"unit_price":"3.49","amount":"9.99")"));
  ASSERT_TRUE(sale.has_value());
  EXPECT_EQ(sale->lines.front().amount.minor(), 999);
  EXPECT_TRUE(sale->lines.front().amount_given);
}

TEST(Sale, NamesMayHoldBlanksAndAnyPrintableCharacter) {
  const auto sale = decode(sale_of(
      R"("sku":"BANK CHARGES","description":" \u00a3 & \"x\" ","quantity":1,"unit_price":"1")"));
  ASSERT_TRUE(sale.has_value());
  EXPECT_EQ(sale->lines.front().sku, "BANK CHARGES");
  EXPECT_EQ(sale->lines.front().description, " \xc2\xa3 & \"x\" ");
  EXPECT_EQ(decode(sale_of(R"("sku":"A","description":null,"quantity":1,"unit_price":"1")"))
                ->lines.front()
                .description,
            "");
}

TEST(Return, WithoutItsSaleReadsLikeASaleInEitherSign) {
  const auto back = decode(
      R"({"id":"R1","type":"return","time":"2026-01-03T10:11:12Z","currency":"GBP","lines":[
      {"sku":"A","quantity":-1,"unit_price":"2.00"},
      {"sku":"B","quantity":-2,"unit_price":"1.00"}]})");
  ASSERT_TRUE(back.has_value()) << back.error().message;
  EXPECT_EQ(back->type, TransactionType::goods_return);
  EXPECT_EQ(back->lines.back().amount.minor(), -200);
  EXPECT_TRUE(back->of.empty());
}

std::string back_of(const std::string& lines) {
  return R"({"id":"R1","type":"return","of":"T1","time":"2026-01-03T10:11:12Z","lines":[)" + lines +
         "]}";
}

TEST(Return, OfASaleNeedsLineNumbersAndQuantitiesOnly) {
  const auto back = decode(back_of(R"({"line":3,"quantity":1},{"line":1,"quantity":"0.25"})"));
  ASSERT_TRUE(back.has_value()) << back.error().message;
  EXPECT_EQ(back->of.text(), "T1");
  EXPECT_EQ(back->lines.front().of_line, 3u);
  EXPECT_EQ(back->lines.back().quantity.micros(), 250'000);
}

TEST(Return, OfASaleIsRefusedWithoutLineNumbersOrWithPricesButNoCurrency) {
  EXPECT_EQ(problem(decode(back_of(R"({"sku":"A","quantity":1})")), "/lines/0/line"),
            "missing_field: every line needs its line");
  EXPECT_EQ(problem(decode(back_of(R"({"line":1,"quantity":1,"unit_price":"1"})")),
                    "/lines/0/unit_price"),
            "missing_field: an amount of money needs the transaction's currency");
  EXPECT_EQ(problem(decode(back_of(R"({"line":0,"quantity":1})")), "/lines/0/line"),
            "out_of_range: write an integer from 1 to 10000");
  EXPECT_EQ(problem(decode(back_of(R"({"line":1.0,"quantity":1})")), "/lines/0/line"),
            "not_an_integer: write an integer without fraction or exponent");
}

TEST(Return, LinesCarryOneSignAndSomethingComesBack) {
  EXPECT_EQ(
      problem(decode(back_of(R"({"line":1,"quantity":1},{"line":2,"quantity":-1})")),
              "/lines/1/quantity"),
      "mixed_signs: the lines of a return carry one sign; send goods that were sold as a sale");
  EXPECT_EQ(problem(decode(back_of(R"({"line":1,"quantity":0})")), "/lines/0/quantity"),
            "out_of_range: nothing comes back with a quantity of 0");
}

TEST(Basket, IsBoundedSoThatNoSumCanOverflow) {
  const std::string line = R"({"sku":"A","quantity":1,"unit_price":"6000000000000"})";
  const std::string head =
      R"({"id":"T1","type":"sale","time":"2026-01-03T10:11:12Z","currency":"GBP","lines":[)";
  EXPECT_TRUE(decode(head + line + "]}").has_value());
  EXPECT_EQ(problem(decode(head + line + "," + line + "]}"), "/lines"),
            "out_of_range: the amounts of all lines together exceed 1000000000000000 minor units");
  const std::string many = R"({"sku":"A","quantity":6000000000000,"unit_price":"0"})";
  EXPECT_EQ(problem(decode(head + many + "," + many + "]}"), "/lines"),
            "out_of_range: the quantities of all lines together exceed 9000000000000");
}

TEST(Basket, HasAtMostTenThousandLines) {
  const std::string line = R"({"sku":"A","quantity":1,"unit_price":"1"})";
  std::string lines = line;
  for (int number = 1; number < 10'000; ++number) lines += "," + line;
  const std::string head =
      R"({"id":"T1","type":"sale","time":"2026-01-03T10:11:12Z","currency":"GBP","lines":[)";
  EXPECT_EQ(decode(head + lines + "]}")->lines.size(), 10'000u);
  EXPECT_EQ(problem(decode(head + lines + "," + line + "]}"), "/lines"),
            "too_many: there are 10001; write at most 10000");
}

}  // namespace
}  // namespace accrue::json_codec
