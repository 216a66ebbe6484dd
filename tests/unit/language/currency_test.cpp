#include <accrue/money.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

namespace accrue {
namespace {

TEST(CurrencyCode, SaysHowManyDecimalsAnAmountHas) {
  EXPECT_EQ(Currency::parse("GBP").value().digits(), 2);
  EXPECT_EQ(Currency::parse("JPY").value().digits(), 0);
  EXPECT_EQ(Currency::parse("BHD").value().digits(), 3);
  EXPECT_EQ(Currency::parse("CLF").value().digits(), 4);
  EXPECT_EQ(Currency::parse("GBP").value().minor_per_unit(), 100);
  EXPECT_EQ(Currency::parse("JPY").value().minor_per_unit(), 1);
  EXPECT_EQ(Currency::parse("EUR").value().code(), "EUR");
}

TEST(CurrencyCode, IsRefusedWhenItIsOldUnknownOrNoMoney) {
  for (const char* code :
       {"", "GB", "gbp", "GBPP", "ZZZ", "XAU", "XXX", "DEM", "BGN", "G\xc3\x84"}) {
    EXPECT_FALSE(Currency::parse(code).has_value()) << code;
  }
  EXPECT_NE(Currency::parse("GPB").error().message.find("'GPB' is no current ISO 4217"),
            std::string::npos);
}

/// The last three fields of a row of ISO's list, which hold no quotes.
struct Row {
  std::string code;
  std::string minor_unit;
  std::string withdrawn;
};

Row last_fields(const std::string& text) {
  std::vector<std::string> fields;
  bool quoted = false;
  fields.emplace_back();
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (c == ',' && !quoted) {
      fields.emplace_back();
    } else if (c != '\r') {
      fields.back() += c;
    }
  }
  return {fields.at(2), fields.at(4), fields.at(5)};
}

TEST(CurrencyTable, EqualsThePublishedListCodeForCode) {
  const char* data = std::getenv("ACCRUE_DATA");
  const std::string folder = data != nullptr ? data : ACCRUE_DATA_DEFAULT;
  std::ifstream list(folder + "/iso4217/codes-all.csv");
  if (!list) GTEST_SKIP() << "left out: no iso4217/codes-all.csv in " << folder;
  std::set<std::string> current;
  std::string text;
  std::getline(list, text);
  while (std::getline(list, text)) {
    const Row row = last_fields(text);
    if (row.code.empty() || !row.withdrawn.empty() || row.minor_unit == "-") continue;
    current.insert(row.code);
    const auto known = Currency::parse(row.code);
    ASSERT_TRUE(known.has_value()) << row.code;
    EXPECT_EQ(std::to_string(known->digits()), row.minor_unit) << row.code;
  }
  EXPECT_GT(current.size(), 150u);
  std::string code = "AAA";
  for (code[0] = 'A'; code[0] <= 'Z'; ++code[0]) {
    for (code[1] = 'A'; code[1] <= 'Z'; ++code[1]) {
      for (code[2] = 'A'; code[2] <= 'Z'; ++code[2]) {
        EXPECT_EQ(Currency::parse(code).has_value(), current.contains(code)) << code;
      }
    }
  }
}

}  // namespace
}  // namespace accrue
