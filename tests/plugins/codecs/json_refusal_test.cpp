#include "json_cases.hpp"

#include <gtest/gtest.h>

namespace accrue::json_codec {
namespace {

struct Refusal {
  std::string message;
  std::string pointer;
  std::string problem;  ///< How it begins.
};

void expect_refused(const std::vector<Refusal>& refusals) {
  for (const Refusal& refusal : refusals) {
    const auto result = decode(refusal.message);
    EXPECT_TRUE(problem(result, refusal.pointer).starts_with(refusal.problem))
        << refusal.message << "\n  gave " << problem(result, refusal.pointer) << " at "
        << refusal.pointer << (result.has_value() ? "" : "; " + result.error().message);
    if (!result.has_value()) {
      EXPECT_EQ(result.error().code, ErrorCode::reject_input);
    }
  }
}

TEST(Message, ThatIsNoJsonObjectIsRefused) {
  expect_refused({{"", "", "not_json: the message is empty"},
                  {"{", "", "not_json: the message ends"},
                  {"{\"id\":\"T1\"", "", "not_json: the message ends"},
                  {"{} x", "", "not_json: something follows"},
                  {"{}{}", "", "not_json: something follows"},
                  {"{'id':1}", "", "not_json"},
                  {"{\"id\":\"T1\",}", "", "not_json"},
                  {"// no\n{}", "", "not_json"},
                  {"{\"id\":NaN}", "", "not_json"},
                  {"{\"id\":01}", "", "not_json"},
                  {"\xef\xbb\xbf{}", "", "not_json"},
                  {"[]", "", "wrong_type: write an object"},
                  {"null", "", "wrong_type: write an object"},
                  {"42", "", "wrong_type: write an object"}});
}

TEST(Message, WithBytesThatAreNoTextIsRefused) {
  const std::string nul{"{\"id\":\"T\0\"}", 10};
  expect_refused(
      {{nul, "", "not_json: there is a control character at byte 9"},
       {sale_with("\"store\":\"a\tb\""), "", "not_json"},
       {sale_with("\"store\":\"\xff\""), "", "not_json"},
       {sale_with("\"store\":\"\xc0\xaf\""), "", "not_json"},
       {sale_with("\"store\":\"\xed\xa0\x80\""), "", "not_json"},
       {sale_with(R"("store":"\ud800")"), "", "not_json"},
       {sale_with(R"("store":"a\u0000b")"), "/store", "bad_text: the text has a control"},
       {sale_with(R"("store":"a\nb")"), "/store", "bad_text: the text has a control"},
       {sale_with(R"("store":"a\u007f")"), "/store", "bad_text: the text has a control"},
       {sale_with(R"("store":"a\u0085")"), "/store", "bad_text: the text has a control"},
       {sale_with("\"store\":\"a\xc2\x85\""), "/store", "bad_text"}});
}

TEST(Message, NestedDeeperThanSixteenLevelsIsRefused) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  expect_refused({{nested(16), "", "wrong_type"},
                  {nested(17), "", "too_deep: the message is nested deeper than 16 levels"},
                  {nested(400'000), "", "too_deep"}});
}

TEST(Message, LongerThanFourMebibytesIsRefused) {
  expect_refused({{std::string((4u << 20) + 1, ' '), "", "too_large"}});
}

TEST(Fields, WrittenTwiceAreRefused) {
  expect_refused({{sale_with(R"("id":"T2")"), "/id", "duplicate_key"},
                  {sale_with(R"("\u0069d":"T2")"), "/id", "duplicate_key"},
                  {sale_of(R"("sku":"A","sku":"A","quantity":1,"unit_price":"1")"), "/lines/0/sku",
                   "duplicate_key"}});
}

TEST(Fields, ThatAreUnknownAreRefusedWithWhatWasMeant) {
  expect_refused(
      {{sale_with(R"("stor":"S")"), "/stor",
        "unknown_field: there is no such field; did you mean 'store'?"},
       {sale_with(R"("member":"S")"), "/member",
        "unknown_field: there is no such field; did you mean 'member_id'?"},
       {sale_with(R"("customer":"S")"), "/customer",
        "unknown_field: there is no such field; the fields here are id"},
       {sale_with(R"("a/b~":1)"), "/a~1b~0", "unknown_field"},
       {sale_with(R"("":1)"), "/", "unknown_field"},
       {sale_with(R"("balance":{"points":1})"), "/balance", "unknown_field"},
       {sale_with(R"("event":"x")"), "/event", "unknown_field: a sale has no event"},
       {sale_with(R"("attributes":{})"), "/attributes", "unknown_field: a sale has no attributes"},
       {sale_with(R"("of":"T0")"), "/of", "unknown_field: a sale has no of"},
       {sale_of(R"("sku":"A","quantity":1,"unitprice":"1")"), "/lines/0/unitprice",
        "unknown_field: there is no such field; did you mean 'unit_price'?"},
       {sale_of(R"("sku":"A","quantity":1,"unit_price":"1","line":1)"), "/lines/0/line",
        "unknown_field: only a return"}});
}

TEST(Fields, ThatAreMissingAreNamed) {
  expect_refused(
      {{"{}", "/type", "missing_field: write sale, return"},
       {R"({"type":"sale"})", "/id", "missing_field: a sale needs id"},
       {R"({"type":"sale"})", "/time", "missing_field"},
       {R"({"type":"sale"})", "/currency", "missing_field"},
       {R"({"type":"return"})", "/currency", "missing_field: a return needs currency"},
       {R"({"type":"sale"})", "/lines", "missing_field"},
       {R"({"type":"event"})", "/member_id", "missing_field: an event needs member_id"},
       {R"({"type":"member"})", "/member_id", "missing_field"},
       {R"({"type":"sale","lines":[]})", "/lines", "missing_field: a basket has no line"},
       {sale_of(R"("quantity":1,"unit_price":"1")"), "/lines/0/sku", "missing_field"},
       {sale_of(R"("sku":"A","unit_price":"1")"), "/lines/0/quantity", "missing_field"},
       {sale_of(R"("sku":"A","quantity":1)"), "/lines/0/unit_price", "missing_field"},
       {sale_with(R"("tenders":[{}])"), "/tenders/0/amount", "missing_field"}});
}

TEST(Fields, OfTheWrongTypeAreRefused) {
  expect_refused(
      {{sale_with(R"("store":7)"), "/store", "wrong_type: write \"7\" as a string"},
       {sale_with(R"("store":null)"), "/store", "wrong_type: write a string here, not null"},
       {sale_with(R"("member_id":17850)"), "/member_id", "wrong_type: write \"17850\" as a string"},
       {sale_with(R"("member_id":{})"), "/member_id", "wrong_type"},
       {sale_with(R"("tenders":{})"), "/tenders", "wrong_type: write an array"},
       {sale_with(R"("tenders":[1])"), "/tenders/0", "wrong_type: write an object"},
       {R"({"type":1})", "/type", "wrong_type"},
       {R"({"type":"tick"})", "/type", "unknown_type: write sale, return, event or member"},
       {R"({"type":"event","member_id":null})", "/member_id", "wrong_type"},
       {R"({"type":"sale","lines":["A"]})", "/lines/0", "wrong_type: write an object"}});
}

TEST(Numbers, AreRefusedWhereTheyCouldLoseMoney) {
  const auto priced = [](const std::string& price) {
    return sale_of(R"("sku":"A","quantity":1,"unit_price":)" + price);
  };
  const auto counted = [](const std::string& quantity) {
    return sale_of(R"("sku":"A","unit_price":"1","quantity":)" + quantity);
  };
  const std::string price = "/lines/0/unit_price";
  const std::string quantity = "/lines/0/quantity";
  expect_refused(
      {{priced("3.49"), price, "wrong_type: write \"3.49\" as a string"},
       {priced("3"), price, "wrong_type: write \"3\" as a string"},
       {priced("1e400"), price, "wrong_type: write the number in plain digits"},
       {priced("\"3,49\""), price, "not_a_decimal"},
       {priced("\"1e3\""), price, "not_a_decimal"},
       {priced("\"0.0000001\""), price, "not_a_decimal"},
       {priced("\"\""), price, "not_a_decimal"},
       {priced("\"9999999999999999\""), price, "out_of_range"},
       {counted("1.5"), quantity, "not_an_integer: a number here is an integer in plain digits"},
       {counted("1e3"), quantity, "not_an_integer"},
       {counted("10.0"), quantity, "not_an_integer"},
       {counted("18446744073709551616"), quantity, "out_of_range"},
       {counted("9223372036854775808"), quantity, "out_of_range"},
       {counted("9000000000001"), quantity, "out_of_range"},
       {counted("true"), quantity, "wrong_type"},
       {counted("\"abc\""), quantity, "not_a_decimal"},
       {sale_of(R"("sku":"A","quantity":1,"unit_price":"1","amount":"1.001")"), "/lines/0/amount",
        "not_a_decimal: an amount in GBP has at most 2 decimals"},
       {sale_of(R"("sku":"A","quantity":9000000,"unit_price":"9000000000")"), "/lines/0",
        "out_of_range"}});
}

TEST(Texts, ThatAreNoIdsTimesOrCurrenciesAreRefused) {
  expect_refused(
      {{sale_with(R"("member_id":"")"), "/member_id", "bad_id"},
       {sale_with(R"("member_id":"a b")"), "/member_id", "bad_id"},
       {sale_with(R"("member_id":"m\u00e9")"), "/member_id", "bad_id"},
       {sale_with("\"member_id\":\"" + std::string(65, 'a') + "\""), "/member_id", "bad_id"},
       {sale_with("\"store\":\"" + std::string(65, 'a') + "\""), "/store",
        "bad_text: the text is longer than 64 characters"},
       {sale_with(R"("store":"")"), "/store", "bad_text: the text is empty"},
       {R"({"type":"sale","time":"2026-01-03 10:11"})", "/time", "bad_time: write a time"},
       {R"({"type":"sale","time":"2300-01-03T10:11:12Z"})", "/time", "bad_time: a time lies"},
       {R"({"type":"sale","time":"2026-02-30T10:11:12Z"})", "/time",
        "bad_time: there is no 30 February 2026"},
       {R"({"type":"sale","currency":"GPB"})", "/currency", "bad_currency"}});
}

TEST(Texts, AreMeasuredInCharactersNotBytes) {
  std::string pounds;
  for (int number = 0; number < 64; ++number) pounds += "\xc2\xa3";
  EXPECT_TRUE(decode(sale_with("\"store\":\"" + pounds + "\"")).has_value());
  EXPECT_EQ(problem(decode(sale_with("\"store\":\"" + pounds + "x\"")), "/store"),
            "bad_text: the text is longer than 64 characters");
}

TEST(Problems, AreToldAllAtOnceUpToTwenty) {
  const auto three = decode(R"({"type":"sale","id":"a b","time":"now","currency":"X","lines":[
      {"sku":"A","quantity":1,"unit_price":"1"}]})");
  ASSERT_FALSE(three.has_value());
  EXPECT_EQ(three.error().problems.size(), 3u);
  EXPECT_NE(three.error().message.find("(and 2 more)"), std::string::npos);
  std::string lines = R"({"quantity":1})";
  for (int number = 0; number < 50; ++number) lines += R"(,{"quantity":1})";
  EXPECT_EQ(decode(R"({"type":"sale","lines":[)" + lines + "]}").error().problems.size(), 20u);
}

}  // namespace
}  // namespace accrue::json_codec
