#include "csv_cases.hpp"

#include "codecs/csv/time_format.hpp"

#include <gtest/gtest.h>

namespace accrue::csv_codec {
namespace {

constexpr std::string_view kHeader =
    "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

Result<Transaction> decode(const std::string& rows, const Settings& settings = giftshop()) {
  RawMessage message;
  message.bytes = std::string(kHeader) + rows;
  return (*make_codec(settings))->decode(message);
}

std::string problem(const std::string& rows, std::string_view pointer) {
  const auto result = decode(rows);
  if (result.has_value()) return "accepted";
  for (const Problem& found : result.error().problems) {
    if (found.pointer == pointer) return found.code + ": " + found.detail;
  }
  return "none";
}

std::string row(std::string_view id, std::string_view sku, std::string_view quantity,
                std::string_view time = "2010-12-01 08:26:00", std::string_view price = "2.55",
                std::string_view member = "17850.0") {
  std::string text;
  for (const std::string_view field :
       {id, sku, std::string_view("MUG"), quantity, time, price, member}) {
    text += std::string(field) + ',';
  }
  return text + "United Kingdom\n";
}

TEST(Invoice, BecomesASale) {
  const auto sale = decode(row("536365", "85123A", "6") + row("536365", "71053", "2"));
  ASSERT_TRUE(sale.has_value()) << sale.error().message;
  EXPECT_EQ(sale->type, TransactionType::sale);
  EXPECT_EQ(sale->id.text(), "536365");
  EXPECT_EQ(sale->member.text(), "17850");
  EXPECT_EQ(sale->store, "United Kingdom");
  EXPECT_EQ(sale->currency.code(), "GBP");
  EXPECT_EQ(format_timestamp(sale->time), "2010-12-01T08:26:00Z");
  ASSERT_EQ(sale->lines.size(), 2u);
  EXPECT_EQ(sale->lines[0].sku, "85123A");
  EXPECT_EQ(sale->lines[0].description, "MUG");
  EXPECT_EQ(sale->lines[0].amount.minor(), 1530);
  EXPECT_EQ(sale->lines[1].amount.minor(), 510);
}

TEST(Invoice, WithThePrefixIsAReturnAndWithoutMemberAnonymous) {
  const auto back = decode(row("C536379", "D", "-1", "2010-12-01 09:41:00", "27.50", ""));
  ASSERT_TRUE(back.has_value()) << back.error().message;
  EXPECT_EQ(back->type, TransactionType::goods_return);
  EXPECT_TRUE(back->member.empty());
  EXPECT_EQ(back->lines[0].amount.minor(), -2750);
}

TEST(Invoice, HappenedAtTheEarliestTimeOfItsRows) {
  const auto sale =
      decode(row("1", "A", "1", "2010-12-01 08:27:00") + row("1", "B", "1", "2010-12-01 08:26:00") +
             row("1", "C", "1", "2010-12-01 08:28:00"));
  EXPECT_EQ(format_timestamp(sale->time), "2010-12-01T08:26:00Z");
}

TEST(Invoice, TimesAreOfTheZoneInTheSettings) {
  Settings settings = giftshop();
  settings.set("zone", std::string("Europe/London"), {});
  EXPECT_EQ(format_timestamp(decode(row("1", "A", "1", "2011-07-01 08:26:00"), settings)->time),
            "2011-07-01T07:26:00Z");
}

TEST(Fields, MayBeQuotedWithDelimitersQuotesAndLineBreaks) {
  const auto sale = decode(
      "1,A,\"SET \"\"A\"\", 2\",\"6\",2010-12-01 08:26:00,\"2.55\",17850.0,UK\r\n"
      "1,\"B\",\"\",6,2010-12-01 08:26:00,2.55,17850.0,\"UK\"\r\n"
      "1,C,5\" PIPE,6,2010-12-01 08:26:00,2.55,17850.0,UK");
  ASSERT_TRUE(sale.has_value()) << sale.error().message;
  EXPECT_EQ(sale->lines[0].description, "SET \"A\", 2");
  EXPECT_EQ(sale->lines[1].description, "");
  EXPECT_EQ(sale->lines[2].description, "5\" PIPE");
  // A line break within a description is a control character: read, and refused.
  EXPECT_EQ(
      problem("1,A,\"two\nlines\",1,2010-12-01 08:26:00,1,,UK\n", "/rows/0/Description"),
      "bad_text: the text has a control character (a tab, a line break, NUL …); leave it out");
}

TEST(Fields, GivenAmountStandsWhereTheColumnHasOne) {
  Settings settings;
  settings.set("currency", std::string("EUR"), {});
  settings.set("delimiter", std::string(";"), {});
  RawMessage message;
  message.bytes =
      "sku;amount;id;quantity;unit_price;time;terminal;note\n"
      "A;9.99;1;3;3.49;2026-01-03T10:11:12+01:00;T1;x\n"
      "B;;1;3;3.49;2026-01-03T10:11:12+01:00;T1;y\n";
  const auto sale = (*make_codec(settings))->decode(message);
  ASSERT_TRUE(sale.has_value()) << sale.error().message;
  EXPECT_EQ(sale->lines[0].amount.minor(), 999);
  EXPECT_TRUE(sale->lines[0].amount_given);
  EXPECT_EQ(sale->lines[1].amount.minor(), 1047);
  EXPECT_EQ(sale->terminal, "T1");
  EXPECT_EQ(format_timestamp(sale->time), "2026-01-03T09:11:12Z");
}

TEST(Rows, AreRefusedWithTheirPlace) {
  const std::string good = row("1", "A", "1");
  EXPECT_EQ(problem(good + row("1", "A", "1", "01/12/2010"), "/rows/1/InvoiceDate"),
            "bad_time: write a time as '%Y-%m-%d %H:%M:%S'");
  EXPECT_EQ(problem(row("1", "A", "1", "2010-02-30 00:00:00"), "/rows/0/InvoiceDate"),
            "bad_time: there is no such date or time of day");
  EXPECT_TRUE(problem(row("1", "A", "six"), "/rows/0/Quantity").starts_with("not_a_decimal"));
  EXPECT_TRUE(problem(row("1", "A", ""), "/rows/0/Quantity").starts_with("not_a_decimal"));
  EXPECT_TRUE(problem(row("1", "", "1"), "/rows/0/StockCode").starts_with("missing_field"));
  EXPECT_TRUE(problem(row("1 2", "A", "1"), "/rows/0/InvoiceNo").starts_with("bad_id"));
  EXPECT_TRUE(problem(row("", "A", "1"), "/rows/0/InvoiceNo").starts_with("bad_id"));
  EXPECT_TRUE(problem(row("1", "A\xff", "1"), "/rows/0/StockCode").starts_with("bad_text"));
  EXPECT_TRUE(
      problem(row("1", "A", "1", "2010-12-01 08:26:00", "9000000000001"), "/rows/0/UnitPrice")
          .starts_with("out_of_range"));
  EXPECT_TRUE(problem(row("1", "A", "1", "2010-12-01 08:26:00", "1", "a b"), "/rows/0/CustomerID")
                  .starts_with("bad_id"));
  EXPECT_EQ(problem(good + row("1", "A", "1", "2010-12-01 08:26:00", "1", "17851.0"),
                    "/rows/1/CustomerID"),
            "mixed_rows: the rows of one transaction name one member");
  EXPECT_EQ(problem(good + row("2", "A", "1"), "/rows/1/InvoiceNo"),
            "mixed_rows: the row belongs to another transaction");
  EXPECT_EQ(problem("1,A,x,1\n", "/rows/0"), "not_csv: the row has 4 fields, the header 8");
  EXPECT_EQ(problem("1,\"A,x,1\n", "/rows/0"), "not_csv: a quoted field is never closed");
  EXPECT_TRUE(problem(row("C1", "A", "1") + row("C1", "A", "-1"), "/rows/1/quantity")
                  .starts_with("mixed_signs"));
  EXPECT_TRUE(problem("", "").starts_with("missing_field"));
}

std::string setting_refusal(std::string key, SettingValue value) {
  Settings settings = giftshop();
  settings.set(std::move(key), std::move(value), {"accrued.yaml", 12, 5});
  const auto codec = make_codec(settings);
  return codec.has_value() ? "accepted" : codec.error().message;
}

TEST(SettingsOfTheCodec, AreRefusedWithTheirPlace) {
  EXPECT_TRUE(setting_refusal("currency", std::string("GPB"))
                  .starts_with("accrued.yaml:12:5: currency: 'GPB' is no current ISO 4217"));
  EXPECT_TRUE(setting_refusal("zone", std::string("Mars"))
                  .starts_with("accrued.yaml:12:5: zone: there is no time zone 'Mars'"));
  EXPECT_TRUE(setting_refusal("time_format", std::string("%Y-%m-%d %Q")).find("'%Q'") !=
              std::string::npos);
  EXPECT_TRUE(setting_refusal("delimiter", std::string("::")).find("one character") !=
              std::string::npos);
  EXPECT_TRUE(setting_refusal("columns", Map{{"idd", "X"}}).find("no field 'idd'") !=
              std::string::npos);
  EXPECT_TRUE(setting_refusal("columns", Map{{"id", "X"}}).find("say which column holds 'time'") !=
              std::string::npos);
}

std::string read_time(std::string_view format, std::string_view text) {
  const auto compiled = TimeFormat::compile(format);
  if (!compiled.has_value()) return "bad format";
  const auto time = compiled->parse(text);
  if (!time.has_value()) return "bad time";
  return format_timestamp(Timestamp{time->time_since_epoch()});
}

TEST(TimeFormats, OfShopsAreRead) {
  EXPECT_EQ(read_time("%m/%d/%Y %H:%M", "12/1/2010 8:26"), "2010-12-01T08:26:00Z");
  EXPECT_EQ(read_time("%d.%m.%y", "01.12.10"), "2010-12-01T00:00:00Z");
  EXPECT_EQ(read_time("%F %T", "2010-12-01 08:26:00"), "2010-12-01T08:26:00Z");
  EXPECT_EQ(read_time("%d-%b-%Y %I:%M %p", "01-DEC-2010 12:05 am"), "2010-12-01T00:05:00Z");
  EXPECT_EQ(read_time("%d-%b-%Y %I:%M %p", "01-Dec-2010 12:05 PM"), "2010-12-01T12:05:00Z");
  EXPECT_EQ(read_time("%d-%b-%Y %I:%M %p", "01-Dec-2010 13:05 PM"), "bad time");
  EXPECT_EQ(read_time("%F", "2010-12-01 "), "bad time");
  EXPECT_EQ(read_time("%F", "2010-12-1x"), "bad time");
  EXPECT_EQ(read_time("%F%%", "2010-12-01%"), "2010-12-01T00:00:00Z");
  EXPECT_EQ(read_time("%F", "1969-12-31"), "bad time");
  EXPECT_EQ(read_time("%H:%M", "08:26"), "bad format");
  EXPECT_EQ(read_time("%F %", "2010-12-01"), "bad format");
}

}  // namespace
}  // namespace accrue::csv_codec
