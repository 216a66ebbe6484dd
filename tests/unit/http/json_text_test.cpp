#include "http/json_text.hpp"

#include <gtest/gtest.h>

namespace accrue::http {
namespace {

std::string quoted(std::string_view text) {
  std::string out;
  JsonText(out).text(text);
  return out;
}

TEST(JsonText, PutsCommasBetweenMembersAndElementsOnly) {
  std::string out;
  JsonText json(out);
  json.object().key("a").number(-1).key("b").array().text("x").count(2).object().end_object();
  json.end_array().key("c").object().end_object().end_object();
  EXPECT_EQ(out, R"({"a":-1,"b":["x",2,{}],"c":{}})");
}

TEST(JsonText, WritesTheWholeRangeOfIntegers) {
  std::string out;
  JsonText json(out);
  json.array().number(INT64_MIN).number(INT64_MAX).count(UINT64_MAX).end_array();
  EXPECT_EQ(out, "[-9223372036854775808,9223372036854775807,18446744073709551615]");
}

TEST(JsonText, EscapesWhatJsonForbidsInText) {
  EXPECT_EQ(quoted("say \"hi\"\\\n\r\t"), R"("say \"hi\"\\\n\r\t")");
  EXPECT_EQ(quoted(std::string_view("\x01\x1f\0", 3)), R"("\u0001\u001f\u0000")");
}

TEST(JsonText, KeepsUtf8AsItIs) { EXPECT_EQ(quoted("£1 für Tee 日本 😀"), "\"£1 für Tee 日本 😀\""); }

TEST(JsonText, ReplacesBytesThatAreNotUtf8) {
  const std::string mark = "\xEF\xBF\xBD";
  EXPECT_EQ(quoted("a\xFFz"), "\"a" + mark + "z\"");
  EXPECT_EQ(quoted("\xC3"), "\"" + mark + "\"");                        // cut off
  EXPECT_EQ(quoted("\xC0\xAF"), "\"" + mark + mark + "\"");             // overlong
  EXPECT_EQ(quoted("\xED\xA0\x80"), "\"" + mark + mark + mark + "\"");  // surrogate
  EXPECT_EQ(quoted("\xF4\x90\x80\x80"), "\"" + mark + mark + mark + mark + "\"");
}

}  // namespace
}  // namespace accrue::http
