// How the words of a notice come out.
#include "outbox/words.hpp"

#include <gtest/gtest.h>

namespace accrue::outbox {
namespace {

using Values = std::vector<std::pair<std::string, std::string>>;

Words render_or_fail(const std::string& subject, const std::string& text, const Values& values) {
  auto words = render({subject, text}, values);
  EXPECT_TRUE(words.has_value()) << words.error().message;
  return words.has_value() ? words.value() : Words{};
}

TEST(NoticeWords, ArePutTogetherFromTemplateAndValues) {
  const Words words = render_or_fail(
      "{{points}} points", "Dear {{name}},\nyou have {{balance}} {{currency}}.\n",
      {{"points", "6"}, {"balance", "1240"}, {"currency", "points"}, {"name", "Ann"}});
  EXPECT_EQ(words.subject, "6 points");
  EXPECT_EQ(words.text, "Dear Ann,\nyou have 1240 points.\n");
}

TEST(NoticeWords, ArePlainTextWithoutHtmlEscapes) {
  EXPECT_EQ(render_or_fail("", "{{a}} {{{a}}} {{&a}}", {{"a", "Fish & <Chips> \"'"}}).text,
            "Fish & <Chips> \"' Fish & <Chips> \"' Fish & <Chips> \"'");
}

TEST(NoticeWords, NeverReadAValueAsATemplate) {
  const Values values{{"name", "{{secret}}{{#a}}x{{/a}}"}, {"secret", "s3cret"}, {"a", "1"}};
  EXPECT_EQ(render_or_fail("", "Dear {{name}}", values).text, "Dear {{secret}}{{#a}}x{{/a}}");
  // Not even when the template asks for it.
  EXPECT_EQ(render_or_fail("", "[{{> name}}]", values).text, "[]");
}

TEST(NoticeWords, SkipSectionsOfValuesThatAreMissingOrEmpty) {
  const std::string text = "Hello{{#name}} {{name}}{{/name}}{{^name}} there{{/name}}!{{nothing}}";
  EXPECT_EQ(render_or_fail("", text, {{"name", "Ann"}}).text, "Hello Ann!");
  EXPECT_EQ(render_or_fail("", text, {{"name", ""}}).text, "Hello there!");
  EXPECT_EQ(render_or_fail("", text, {}).text, "Hello there!");
}

TEST(NoticeWords, KeepTheSubjectOnOneLine) {
  const Words words = render_or_fail("Hi {{name}}\nx", "{{name}}",
                                     {{"name", std::string("A\r\nBcc: all@example.com\0\t", 25)}});
  EXPECT_EQ(words.subject.find_first_of(std::string("\r\n\0\t", 4)), std::string::npos);
  EXPECT_EQ(words.subject, "Hi A  Bcc: all@example.com   x");
  EXPECT_NE(words.text.find("\r\n"), std::string::npos);
}

TEST(NoticeWords, KeepLettersOfAllScripts) {
  EXPECT_EQ(render_or_fail("Grüße, {{name}} \xE2\x9C\x93", "", {{"name", "Jürgen"}}).subject,
            "Grüße, Jürgen \xE2\x9C\x93");
}

TEST(NoticeWords, AreRefusedBeyond64KiB) {
  const Values values{{"a", std::string(1'000, 'x')}};
  std::string text;
  for (int i = 0; i < 65; ++i) text += "{{a}}";
  EXPECT_EQ(render_or_fail("", text, values).text.size(), 65'000U);
  text += "{{a}}";
  const auto words = render({"", text}, values);
  ASSERT_FALSE(words.has_value());
  EXPECT_EQ(words.error().code, ErrorCode::reject_input);
  EXPECT_NE(words.error().message.find("64 KiB"), std::string::npos);
  EXPECT_FALSE(render({"", std::string(65'537, 'x')}, values).has_value());
  EXPECT_TRUE(render({"", std::string(65'536, 'x')}, values).has_value());
}

TEST(NoticeWords, AreBoundedBeforeTheyAreMade) {
  const Values values{{"a", std::string(1 << 20, 'x')}};
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += "{{a}}";  // 10 GB if it were made.
  EXPECT_FALSE(render({"", text}, values).has_value());
}

TEST(NoticeWords, RefuseAMalformedTemplate) {
  for (const char* text : {"{{", "{{#a}}", "{{/a}}", "{{#a}}{{/b}}"}) {
    const auto words = render({"", text}, Values{{"a", "1"}});
    ASSERT_FALSE(words.has_value()) << text;
    EXPECT_NE(words.error().message.find("malformed"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace accrue::outbox
