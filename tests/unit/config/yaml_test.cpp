// What the strict YAML reader takes and what it refuses, with the place it names.
#include "tables.hpp"

#include "config/suggest.hpp"
#include "config/yaml_reader.hpp"

#include <random>

namespace accrue::config {
namespace {

struct Outcome {
  std::optional<Node> tree;
  std::string told;
};

Outcome read(std::string_view text) {
  Problems problems;
  Reading in("f", problems);
  Outcome outcome{parse_yaml_mapping(in, text, "a: 1"), ""};
  if (problems.any()) outcome.told = testing::told(problems.to_error("f"), "");
  return outcome;
}

struct Bad {
  const char* name;
  std::string text;
  const char* words;  ///< Place and part of the sentence.
};

void PrintTo(const Bad& bad, std::ostream* out) { *out << bad.name; }

class StrictYaml : public ::testing::TestWithParam<Bad> {};

TEST_P(StrictYaml, RefusesAndNamesThePlace) {
  const Outcome outcome = read(GetParam().text);
  EXPECT_NE(outcome.told.find(GetParam().words), std::string::npos) << outcome.told;
}

using namespace std::string_literals;

INSTANTIATE_TEST_SUITE_P(
    Table, StrictYaml,
    ::testing::Values(
        Bad{"anchor", "a: 1\nb: &x 2\n", "f:2:4 anchor the anchor &x is not allowed"},
        Bad{"alias", "a: &x 1\nb: *x\n", "f:2:4 alias aliases (*name) are not allowed"},
        Bad{"bare_star", "a: *all\n", "f:1:4 alias"}, Bad{"cyclic", "a: &x [*x]\n", "f:1:8 alias"},
        Bad{"tag", "a: !!str 1\n", "f:1:4 tag tags (!name) are not allowed"},
        Bad{"own_tag", "a: !gold {b: 1}\n", "f:1:4 tag"},
        Bad{"second_document", "a: 1\n---\nb: 2\n", "f:2:1 second_document"},
        Bad{"empty_second_document", "a: 1\n---\n", "f:2:1 second_document"},
        Bad{"broken_second_document", "a: 1\n---\n[\n", "f:2:1 second_document"},
        Bad{"duplicate_key", "a: 1\nb: 2\na: 3\n",
            "f:3:1 duplicate_key `a` was already written at line 1, column 1"},
        Bad{"nested_duplicate", "a: { b: 1, c: 2, b: 3 }\n", "f:1:18 duplicate_key"},
        Bad{"quoted_duplicate", "a: 1\n\"a\": 2\n", "f:2:1 duplicate_key"},
        Bad{"too_deep", "a: [[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]\n", "f:1:19 too_deep"},
        Bad{"absurdly_deep", "a: " + std::string(200'000, '['), "too_deep nested more than 16"},
        Bad{"empty", "", "f:1:1 empty_file the file says nothing; begin it with a key"},
        Bad{"comment_only", "# nothing\n", "f:1:1 empty_file"}, Bad{"comma", ",", "f:1:1"},
        Bad{"scalar_on_top", "hello\n", "f:1:1 wrong_type the file must be a mapping"},
        Bad{"list_on_top", "- a\n- b\n", "f:1:1 wrong_type the file must be a mapping"},
        Bad{"not_utf8", "a: 1\nb: \xff\n", "f:2:4 not_utf8"},
        Bad{"overlong_utf8", "a: \xc0\xaf\n", "f:1:4 not_utf8"},
        Bad{"surrogate", "a: \xed\xa0\x80\n", "f:1:4 not_utf8"},
        Bad{"cut_utf8", "a: \xe2\x82", "f:1:4 not_utf8"},
        Bad{"latin1", "title: caf\xe9\n", "f:1:11 not_utf8"},
        Bad{"nul", "a: 1\0\n"s, "f:1:5 control_character a NUL character"},
        Bad{"escaped_nul", "a: \"x\\0\"\n", "f:1:4 control_character a NUL"},
        Bad{"escape", "a: x\x1b[0m\n", "f:1:5 control_character"},
        Bad{"byte_order_mark",
            "\xef\xbb\xbf"
            "a: 1\n",
            "f:1:1 byte_order_mark"},
        Bad{"utf16",
            "\xff\xfe"
            "a\0:\0"s,
            "f:1:1 not_utf8 the file is UTF-16"},
        Bad{"bad_indent", "a: 1\n  b: 2\n", "f:2:4 not_yaml this is not YAML"},
        Bad{"unclosed", "a: [1, 2\n", "not_yaml"}, Bad{"tab", "a:\n\tb: 1\n", "f:2:3 not_yaml"},
        Bad{"open_quote", "a: \"x\nb: \"y\"\n", "f:1:4 open_quote this quote is not closed on its"},
        Bad{"open_single_quote", "a: 1\nb: 'it''s\nc: 'y'\n", "f:2:4 open_quote"},
        Bad{"open_quote_to_the_end", "a: \"x\nb: 2\n", "f:1:4 open_quote"},
        Bad{"open_quote_in_a_list", "a:\n  - 'x'\n  - 'y\n", "f:3:5 open_quote"},
        Bad{"open_quote_in_brackets", "a: { b: \"x, c: [y] }\nd: \"z\"\n", "f:1:9 open_quote"},
        Bad{"open_quote_escaped", "a: \"x\\\"\nb: 1\n", "f:1:4 open_quote"},
        Bad{"open_quote_in_json", "{\"a\":\"x\n\",\"b\":1}\n", "f:1:6 open_quote"},
        Bad{"text_goes_on", "a: one\n  two\nb: 3\n", "f:1:4 many_lines the next line is read as"},
        Bad{"text_goes_on_after_umlauts", "ä: ö\r\nb: one\r\n\r\n  two\r\n", "f:2:4 many_lines"},
        Bad{"no_comma", "a: [b\n  c]\n", "f:1:5 many_lines"},
        Bad{"key_is_list", "[a, b]: 1\n", "f:1:1 wrong_key a key must be a plain word"},
        Bad{"key_is_null", "~: 1\n", "f:1:1 wrong_key"}),
    [](const auto& bad) { return std::string(bad.param.name); });

TEST(Yaml, RemembersWhereEverythingWasWritten) {
  const Outcome outcome = read("a: 1\nb:\n  - x\n  - { c: 'q' }\nd:\ne: 2\n");
  ASSERT_TRUE(outcome.tree);
  EXPECT_EQ(outcome.told, "");
  const Node& b = *outcome.tree->find("b");
  EXPECT_EQ(b.items[0].mark.line, 3);
  EXPECT_EQ(b.items[0].mark.column, 5);
  const Node& c = *b.items[1].find("c");
  EXPECT_TRUE(c.quoted);
  EXPECT_EQ(c.mark.column, 10);
  EXPECT_TRUE(outcome.tree->find("d")->is_empty());
  EXPECT_EQ(outcome.tree->find("d")->mark.line, 5);
}

TEST(Yaml, KeepsScalarsAsTheyWereWritten) {
  const Outcome outcome = read("a: no\nb: 010\nc: 1e3\nd: 12.50\ne: 0x1F\n");
  ASSERT_TRUE(outcome.tree);
  EXPECT_EQ(outcome.tree->find("a")->text, "no");
  EXPECT_EQ(outcome.tree->find("b")->text, "010");
  EXPECT_EQ(outcome.tree->find("c")->text, "1e3");
  EXPECT_EQ(outcome.tree->find("d")->text, "12.50");
  EXPECT_EQ(outcome.tree->find("e")->text, "0x1F");
}

TEST(Yaml, TakesOneDocumentWithItsMarkersAndWindowsLineEnds) {
  EXPECT_EQ(read("---\na: 1\n...\n").told, "");
  EXPECT_EQ(read("a: 1\r\nb: 2\r\n").told, "");
  EXPECT_EQ(read("title: Grüße, 茶\n").told, "");
}

TEST(Yaml, TakesQuotesInsideTextsCommentsAndBlocks) {
  for (const char* text :
       {"a: it's 5\" wide\nb: 1\n", "# don't\na: 1 # 5\" or 'x\n", "a: |\n  \"x\n\n   'y\nb: 1\n",
        "a:\n  - b: >-\n      it's \"so\n    c: 'd'\n", "a:\n- |\n 'x\n- 1\n", "a: [ it's, 5\" ]\n",
        "a: { b: don't, 'c': \"}'\" }\n", "{\"a\":\"it's\",\"b\":[\"\\\"\"]}\n",
        "a: 'it''s'\r\nb: \"x\" # \"\r\n", "a: [1,\n  'x',\n  y]\n", "a:\n  one two\n",
        "a: x:\"y\nb: 2\n"}) {
    const Outcome outcome = read(text);
    EXPECT_TRUE(outcome.tree && outcome.told.empty()) << text << outcome.told;
  }
}

TEST(Yaml, TellsEveryOpenQuoteOfOneFile) {
  const Outcome outcome = read("a: 'x\nb: \"y\nc: 'z'\n");
  EXPECT_NE(outcome.told.find("f:1:4 open_quote"), std::string::npos) << outcome.told;
  EXPECT_NE(outcome.told.find("f:2:4 open_quote"), std::string::npos) << outcome.told;
}

TEST(Yaml, TellsSeveralFaultsOfOneFile) {
  const Outcome outcome = read("a: 1\na: 2\nb: &x 1\nc: !t 2\n");
  EXPECT_NE(outcome.told.find("f:2:1 duplicate_key"), std::string::npos);
  EXPECT_NE(outcome.told.find("f:3:4 anchor"), std::string::npos);
  EXPECT_NE(outcome.told.find("f:4:4 tag"), std::string::npos);
}

TEST(Yaml, SurvivesRandomBytesAndMutilatedFiles) {
  std::mt19937 random(7);
  const std::string good = "a: { b: [1, 2, 'x'] }\nc: |\n  text\nd: - e\n";
  for (int round = 0; round < 20'000; ++round) {
    std::string text = good;
    for (int change = 0; change < 4; ++change) {
      static constexpr std::string_view kBytes = "{}[]:,-&*!|>'\"%@`#?\n \t~a\\";
      text[random() % text.size()] = kBytes[random() % kBytes.size()];
    }
    const Outcome outcome = read(text);
    EXPECT_TRUE(outcome.tree.has_value() || !outcome.told.empty()) << text;
  }
}

TEST(Suggestions, AreMadeForSlipsAndNotForOtherWords) {
  EXPECT_EQ(nearest("awrad", {"award", "per"}), "award");
  EXPECT_EQ(nearest("Award", {"award"}), "award");
  EXPECT_EQ(nearest("earning.spnd", {"earning.spend", "earning.item"}), "earning.spend");
  EXPECT_EQ(nearest("pre", {"per"}), "per");
  EXPECT_EQ(nearest("warn", {"debug", "info", "warning"}), "warning");
  EXPECT_EQ(nearest("tuesday", {"mon", "tue"}), "tue");
  EXPECT_EQ(nearest("colour", {"award", "per"}), "");
}

}  // namespace
}  // namespace accrue::config
