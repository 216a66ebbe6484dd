// The feed that `accrue generate` writes, read back with Boost.JSON (not with our own codec) and
// checked as a suspicious shopkeeper would.

#include "cli/generate.hpp"

#include <accrue/ids.hpp>
#include <accrue/money.hpp>
#include <accrue/time.hpp>

#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace accrue::cli {
namespace {

namespace json = boost::json;

struct Feed {
  std::string text;
  GenerateReport report;
};

Feed generated(const GenerateOptions& options) {
  Feed feed;
  const auto collect = [&](std::string_view block) {
    feed.text += block;
    return ok();
  };
  const auto report = generate(options, collect);
  EXPECT_TRUE(report.has_value()) << (report.has_value() ? "" : report.error().message);
  if (report.has_value()) feed.report = report.value();
  return feed;
}

std::vector<json::object> parsed(const std::string& text) {
  std::vector<json::object> transactions;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    transactions.push_back(json::parse(line).as_object());
  }
  return transactions;
}

std::string text_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr ? "" : std::string(value->as_string());
}

/// A quantity as written, in millionths.
std::int64_t micros_of(const json::value& quantity) {
  if (quantity.is_int64()) return quantity.as_int64() * 1'000'000;
  return Decimal::parse(std::string_view(quantity.as_string())).value().micros();
}

const Feed& grocers_year() {
  static const Feed kFeed = generated(GenerateOptions{});
  return kFeed;
}

const std::vector<json::object>& transactions_of_the_year() {
  static const std::vector<json::object> kTransactions = parsed(grocers_year().text);
  return kTransactions;
}

TEST(Generate, TheSameOptionsGiveTheSameBytes) {
  GenerateOptions options;
  options.transactions = 3000;
  EXPECT_EQ(generated(options).text, generated(options).text);
}

// Pinned, so that a feed generated here is the feed generated on any other machine and by any
// later version, unless someone changes it knowingly. The hash is FNV-1a of the whole feed.
TEST(Generate, TheGrocersYearIsTheSameEverywhere) {
  const std::string& text = grocers_year().text;
  EXPECT_EQ(text.substr(0, text.find('\n')),
            R"({"id":"WEB-W01-000001","type":"member","member_id":"M000001",)"
            R"("time":"2025-01-01T05:00:00+00:00","language":"en",)"
            R"("attributes":{"tier":"silver"},"contact":{"name":"Freya Singh",)"
            R"("email":"freya.singh.1@example.com","birth_date":"2005-09-24"}})");
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  EXPECT_EQ(hash, 0xA26662C8A785146EU);
}

TEST(Generate, AnotherSeedGivesAnotherFeed) {
  GenerateOptions options;
  options.transactions = 1000;
  GenerateOptions other = options;
  other.seed = 2;
  EXPECT_NE(generated(options).text, generated(other).text);
}

TEST(Generate, WritesAboutAsManyTransactionsAsAskedFor) {
  for (const std::int64_t wanted : {500, 5000, 50000}) {
    GenerateOptions options;
    options.transactions = wanted;
    const Feed feed = generated(options);
    EXPECT_NEAR(static_cast<double>(feed.report.transactions), static_cast<double>(wanted),
                static_cast<double>(wanted) * 0.05);
  }
}

TEST(Generate, TheReportCountsWhatWasWritten) {
  GenerateReport counted;
  std::set<std::string> members;
  for (const json::object& transaction : transactions_of_the_year()) {
    const std::string type = text_of(transaction, "type");
    const std::string member = text_of(transaction, "member_id");
    ++counted.transactions;
    if (!member.empty()) members.insert(member);
    if (type == "sale") {
      ++counted.sales;
      counted.basket_lines += static_cast<std::int64_t>(transaction.at("lines").as_array().size());
      if (member.empty()) ++counted.anonymous_sales;
    } else if (type == "return") {
      ++(transaction.contains("of") ? counted.returns_with_receipt
                                    : counted.returns_without_receipt);
    } else if (type == "event") {
      ++counted.events;
      if (text_of(transaction, "event") == "sign_up") ++counted.members_joined;
    } else {
      EXPECT_EQ(type, "member");
      ++counted.member_changes;
    }
  }
  const GenerateReport& told = grocers_year().report;
  EXPECT_EQ(told.transactions, counted.transactions);
  EXPECT_EQ(told.sales, counted.sales);
  EXPECT_EQ(told.anonymous_sales, counted.anonymous_sales);
  EXPECT_EQ(told.returns_with_receipt, counted.returns_with_receipt);
  EXPECT_EQ(told.returns_without_receipt, counted.returns_without_receipt);
  EXPECT_EQ(told.events, counted.events);
  EXPECT_EQ(told.member_changes, counted.member_changes);
  EXPECT_EQ(told.basket_lines, counted.basket_lines);
  EXPECT_EQ(told.members_joined, counted.members_joined);
  EXPECT_EQ(told.members_seen, static_cast<std::int64_t>(members.size()));
  EXPECT_EQ(told.bytes, static_cast<std::int64_t>(grocers_year().text.size()));
}

TEST(Generate, NoIdOccursTwiceAndEachIsOne) {
  std::set<std::string> ids;
  for (const json::object& transaction : transactions_of_the_year()) {
    const std::string id = text_of(transaction, "id");
    EXPECT_TRUE(is_id(id)) << id;
    EXPECT_TRUE(ids.insert(id).second) << id;
  }
}

TEST(Generate, TimeNeverRunsBackwardsAndStaysInsideThePeriod) {
  Timestamp last = parse_timestamp("2025-01-01T00:00:00Z").value();
  const Timestamp end = parse_timestamp("2026-01-01T00:00:00Z").value();
  for (const json::object& transaction : transactions_of_the_year()) {
    const auto time = parse_timestamp(text_of(transaction, "time"));
    ASSERT_TRUE(time.has_value());
    ASSERT_GE(time.value(), last) << text_of(transaction, "id");
    last = time.value();
  }
  EXPECT_LT(last, end);
}

// 30 March and 26 October are the last Sundays of those months in 2025.
TEST(Generate, BritishSummerTimeIsInTheOffsets) {
  std::map<std::string, std::set<std::string>> offsets;
  for (const json::object& transaction : transactions_of_the_year()) {
    const std::string time = text_of(transaction, "time");
    offsets[time.substr(0, 10)].insert(time.substr(19));
  }
  EXPECT_EQ(offsets["2025-03-29"], std::set<std::string>{"+00:00"});
  EXPECT_EQ(offsets["2025-03-30"], std::set<std::string>{"+01:00"});
  EXPECT_EQ(offsets["2025-10-25"], std::set<std::string>{"+01:00"});
  EXPECT_EQ(offsets["2025-10-26"], std::set<std::string>{"+00:00"});
}

TEST(Generate, EverySaleIsPaidToThePenny) {
  const Currency gbp = Currency::parse("GBP").value();
  for (const json::object& transaction : transactions_of_the_year()) {
    if (text_of(transaction, "type") != "sale") continue;
    ASSERT_EQ(text_of(transaction, "currency"), "GBP");
    Money goods;
    for (const json::value& line : transaction.at("lines").as_array()) {
      const Decimal quantity = Decimal::from_micros(micros_of(line.at("quantity")));
      const auto price = Decimal::parse(std::string_view(line.at("unit_price").as_string()));
      ASSERT_GT(quantity.micros(), 0);
      goods = goods + line_amount(quantity, price.value(), gbp).value();
    }
    Money paid;
    for (const json::value& tender : transaction.at("tenders").as_array()) {
      paid = paid + Money::parse(std::string_view(tender.at("amount").as_string()), gbp).value();
    }
    ASSERT_EQ(paid.minor(), goods.minor()) << text_of(transaction, "id");
  }
}

TEST(Generate, AReturnWithReceiptNamesAnEarlierSaleOfTheSameMemberAndNoMoreThanWasBought) {
  std::map<std::string, const json::object*> sales;
  std::map<std::pair<std::string, std::int64_t>, std::int64_t> brought_back;
  int returns = 0;
  for (const json::object& transaction : transactions_of_the_year()) {
    if (text_of(transaction, "type") == "sale") sales[text_of(transaction, "id")] = &transaction;
    if (!transaction.contains("of")) continue;
    ++returns;
    const std::string of = text_of(transaction, "of");
    ASSERT_TRUE(sales.contains(of)) << of;
    const json::object& sale = *sales[of];
    EXPECT_EQ(text_of(sale, "member_id"), text_of(transaction, "member_id"));
    for (const json::value& line : transaction.at("lines").as_array()) {
      const std::int64_t number = line.at("line").as_int64();
      const json::array& bought = sale.at("lines").as_array();
      ASSERT_GE(number, 1);
      ASSERT_LE(number, static_cast<std::int64_t>(bought.size()));
      std::int64_t& sum = brought_back[{of, number}];
      sum += micros_of(line.at("quantity"));
      EXPECT_LE(sum, micros_of(bought[static_cast<std::size_t>(number - 1)].at("quantity")));
    }
  }
  EXPECT_GT(returns, 100);
}

TEST(Generate, AReturnWithoutReceiptIsOfGoodsTheMemberBoughtBefore) {
  std::map<std::pair<std::string, std::string>, std::int64_t> owned;
  int returns = 0;
  for (const json::object& transaction : transactions_of_the_year()) {
    const std::string type = text_of(transaction, "type");
    const bool back = type == "return" && !transaction.contains("of");
    if (type != "sale" && !back) continue;
    returns += back ? 1 : 0;
    for (const json::value& line : transaction.at("lines").as_array()) {
      std::int64_t& have =
          owned[{text_of(transaction, "member_id"), std::string(line.at("sku").as_string())}];
      have += micros_of(line.at("quantity")) * (back ? -1 : 1);
      EXPECT_GE(have, 0);
    }
  }
  EXPECT_GT(returns, 50);
}

TEST(Generate, SomeTakeTeaWithBiscuitsAndSomeNever) {
  std::map<std::string, std::pair<int, int>> tea_and_biscuits;
  for (const json::object& transaction : transactions_of_the_year()) {
    if (text_of(transaction, "type") != "sale" || !transaction.contains("member_id")) continue;
    auto& [tea, biscuits] = tea_and_biscuits[text_of(transaction, "member_id")];
    for (const json::value& line : transaction.at("lines").as_array()) {
      const std::string_view sku = line.at("sku").as_string();
      if (sku == "TEA1" || sku == "TEA2") ++tea;
      if (line.at("category").as_string() == "biscuits") ++biscuits;
    }
  }
  int with = 0;
  int without = 0;
  for (const auto& [member, habit] : tea_and_biscuits) {
    if (habit.first >= 3) ++(habit.second > 0 ? with : without);
  }
  EXPECT_GT(with, 50);
  EXPECT_GT(without, 50);
}

TEST(Generate, DecemberIsBusierThanFebruary) {
  std::map<std::string, int> by_month;
  for (const json::object& transaction : transactions_of_the_year()) {
    if (text_of(transaction, "type") == "sale")
      ++by_month[text_of(transaction, "time").substr(5, 2)];
  }
  EXPECT_EQ(by_month.size(), 12U);
  EXPECT_GT(by_month["12"] / 31, by_month["02"] / 28 * 5 / 4);
}

TEST(Generate, MembersWhoLapseAreNotSeenAgain) {
  std::map<std::string, Timestamp> last_seen;
  for (const json::object& transaction : transactions_of_the_year()) {
    const std::string member = text_of(transaction, "member_id");
    if (member.empty()) continue;
    last_seen[member] = parse_timestamp(text_of(transaction, "time")).value();
  }
  const Timestamp october = parse_timestamp("2025-10-01T00:00:00Z").value();
  std::int64_t gone = 0;
  for (const auto& [member, time] : last_seen) gone += time < october ? 1 : 0;
  EXPECT_GT(grocers_year().report.members_lapsed, 100);
  EXPECT_GT(gone, grocers_year().report.members_lapsed / 2);
}

TEST(Generate, NobodyCanBeReachedByAccident) {
  std::set<std::string> languages;
  for (const json::object& transaction : transactions_of_the_year()) {
    if (text_of(transaction, "type") != "member") continue;
    languages.insert(text_of(transaction, "language"));
    // The codec refuses a place on a change of a member.
    EXPECT_FALSE(transaction.contains("store") || transaction.contains("terminal"));
    const json::object& contact = transaction.at("contact").as_object();
    EXPECT_FALSE(text_of(contact, "name").empty());
    EXPECT_TRUE(text_of(contact, "email").ends_with("@example.com"));
    const std::string phone = text_of(contact, "phone");
    EXPECT_TRUE(phone.empty() || phone.starts_with("+447700900")) << phone;
    EXPECT_FALSE(text_of(transaction.at("attributes").as_object(), "tier").empty());
  }
  EXPECT_TRUE(languages.contains("en"));
  EXPECT_GT(languages.size(), 1U);
}

TEST(Generate, OneMemberAndOneDayAreEnough) {
  GenerateOptions options;
  options.members = 1;
  options.days = 1;
  options.transactions = 10;
  options.stores = 1;
  const Feed feed = generated(options);
  EXPECT_GE(feed.report.sales, 8);
  EXPECT_LE(feed.report.members_seen, 1);
}

TEST(Generate, AnOptionOutOfRangeIsNamed) {
  GenerateOptions options;
  options.days = 0;
  const auto nowhere = [](std::string_view) { return ok(); };
  const auto report = generate(options, nowhere);
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().code, ErrorCode::reject_input);
  EXPECT_EQ(report.error().message, "--days is 0; write a number from 1 to 3660");
}

TEST(Generate, AnErrorOfTheReceiverEndsIt) {
  const auto full = [](std::string_view) -> Result<void> {
    return Error{ErrorCode::exhausted, "no room"};
  };
  const auto report = generate(GenerateOptions{}, full);
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().message, "no room");
}

TEST(Generate, AFileAppearsOnlyWhenItIsWhole) {
  const auto folder = std::filesystem::path(::testing::TempDir()) / "accrue-generate-test";
  std::filesystem::create_directories(folder);
  const std::string path = folder / "year.ndjson";
  GenerateOptions options;
  options.transactions = 200;
  const auto report = generate_to(path, options);
  ASSERT_TRUE(report.has_value());
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  EXPECT_EQ(text.str(), generated(options).text);
  EXPECT_FALSE(std::filesystem::exists(path + ".part"));
  std::filesystem::remove_all(folder);
  const auto nowhere = generate_to(path, options);
  ASSERT_FALSE(nowhere.has_value());
  EXPECT_NE(nowhere.error().message.find(path), std::string::npos);
}

// A file renamed over /dev/null would break the machine; the link stands in for it.
TEST(Generate, ADeviceIsWrittenToAndNeverReplaced) {
  const auto link = std::filesystem::path(::testing::TempDir()) / "accrue-generate-device";
  std::filesystem::remove(link);
  std::filesystem::create_symlink("/dev/null", link);
  GenerateOptions options;
  options.transactions = 200;
  EXPECT_TRUE(generate_to(link, options).has_value());
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  std::filesystem::remove(link);
}

}  // namespace
}  // namespace accrue::cli
