// Which files of a program folder are read, kept and refused; and the words of notices.
#include "tables.hpp"

#include "config/templates.hpp"

#include <sys/stat.h>

namespace accrue::config {
namespace {

using testing::Folder;
using testing::kGoodProgram;
using testing::kGoodRules;

class ProgramFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_.write("program.yaml", kGoodProgram);
    folder_.write("base.yaml", kGoodRules);
  }
  std::string told() const {
    const auto spec = load_program(folder_.path(), testing::rule_types());
    return spec.has_value() ? "" : testing::told(spec.error(), folder_.path());
  }
  void expect_told(const char* words) const {
    const std::string all = told();
    EXPECT_NE(all.find(words), std::string::npos) << all;
  }

  Folder folder_;
};

TEST_F(ProgramFolder, KeepsAllThatWasReadSortedByName) {
  folder_.write("more.yaml", "rules:\n  - { id: more, type: earning.spend, award: 1, per: 2 }\n");
  folder_.write("base.test.yaml", "tests: []\n");
  folder_.write("README.md", "words");
  folder_.write(".#base.yaml", "an editor's own");
  folder_.write("templates/de/offer_made.mustache", "Subject: Für Sie\n\n{{message}}\n");
  const auto spec = load_program(folder_.path(), testing::rule_types());
  ASSERT_TRUE(spec.has_value()) << told();
  std::vector<std::string> names;
  for (const auto& file : spec->files) names.push_back(file.name);
  EXPECT_EQ(names, (std::vector<std::string>{"base.yaml", "more.yaml", "program.yaml",
                                             "templates/de/offer_made.mustache"}));
  EXPECT_EQ(spec->files[0].bytes, kGoodRules);
  ASSERT_EQ(spec->rules.size(), 2U);
  EXPECT_EQ(spec->rules[0].id, "base");
  const auto tests = find_test_files(folder_.path());
  ASSERT_TRUE(tests.has_value());
  ASSERT_EQ(tests->size(), 1U);
  EXPECT_EQ(tests->front().filename(), "base.test.yaml");
}

TEST_F(ProgramFolder, GivesEveryLanguageAllKinds) {
  folder_.write("templates/de/offer_made.mustache",
                "Subject: Für Sie\n\n{{message}}\nBis {{date}}.\n");
  const auto spec = load_program(folder_.path(), testing::rule_types());
  ASSERT_TRUE(spec.has_value()) << told();
  const auto& german = spec->notices.templates.at("de");
  const auto& offer = german[static_cast<std::size_t>(NoticeKind::offer_made)];
  EXPECT_EQ(offer.subject, "Für Sie");
  EXPECT_EQ(offer.text, "{{message}}\nBis {{date}}.");
  const auto lapsed = static_cast<std::size_t>(NoticeKind::points_lapsed);
  EXPECT_EQ(german[lapsed].subject, spec->notices.templates.at("en")[lapsed].subject);
}

TEST_F(ProgramFolder, RefusesALinkInPlaceOfAFile) {
  std::filesystem::create_symlink("/etc/passwd", folder_.path() / "x.yaml");
  expect_told("x.yaml unreadable_file the file is a symbolic link; put the file itself here");
}

TEST_F(ProgramFolder, RefusesALinkToTemplatesElsewhere) {
  std::filesystem::create_directory_symlink("/etc", folder_.path() / "templates");
  expect_told("templates unreadable_file the folder is a symbolic link");
}

TEST_F(ProgramFolder, RefusesAPipeAtOnce) {
  ASSERT_EQ(::mkfifo((folder_.path() / "x.yaml").c_str(), 0600), 0);
  expect_told("x.yaml unreadable_file the file is not a regular file");
}

TEST_F(ProgramFolder, RefusesAFolderInPlaceOfAFile) {
  std::filesystem::create_directory(folder_.path() / "x.yaml");
  expect_told("x.yaml unreadable_file the file is a folder");
}

TEST_F(ProgramFolder, RefusesAFileOfMoreThanAMebibyte) {
  folder_.write("x.yaml", std::string(1024 * 1024 + 1, '#'));
  expect_told("x.yaml unreadable_file the file is larger than 1024 KiB; split it");
}

TEST_F(ProgramFolder, RefusesMoreThanAThousandEntries) {
  for (int i = 0; i < 1000; ++i) folder_.write(std::to_string(i) + ".txt", "");
  expect_told("too_many_files the folder holds more than 1,000 entries");
}

TEST_F(ProgramFolder, RefusesYmlWhichWouldOtherwiseBeOverlooked) {
  folder_.write("extra.yml", kGoodRules);
  expect_told("extra.yml bad_name the file would not be read; give it a name that ends in .yaml");
}

TEST_F(ProgramFolder, RefusesAProgramWithoutProgramFile) {
  std::filesystem::remove(folder_.path() / "program.yaml");
  expect_told("program.yaml unreadable_file the file is missing");
}

TEST_F(ProgramFolder, RefusesAProgramWithoutRules) {
  std::filesystem::remove(folder_.path() / "base.yaml");
  expect_told("no_rules the program has no rule");
}

TEST(ProgramFolders, ThatDoNotExistAreTold) {
  const auto spec = load_program("/nowhere/at/all", testing::rule_types());
  ASSERT_FALSE(spec.has_value());
  EXPECT_NE(testing::told(spec.error(), "").find("/nowhere/at/all unreadable_file"),
            std::string::npos);
  EXPECT_FALSE(find_test_files("/nowhere/at/all").has_value());
}

struct BadTemplate {
  const char* name;
  const char* file;
  std::string text;
  const char* words;
};

void PrintTo(const BadTemplate& bad, std::ostream* out) { *out << bad.name; }

class Templates : public ::testing::TestWithParam<BadTemplate> {};

TEST_P(Templates, AreCheckedWhenTheProgramIsRead) {
  Folder folder;
  folder.write("program.yaml", kGoodProgram);
  folder.write("base.yaml", kGoodRules);
  folder.write(std::string("templates/") + GetParam().file, GetParam().text);
  const auto spec = load_program(folder.path(), testing::rule_types());
  ASSERT_FALSE(spec.has_value());
  const std::string told = testing::told(spec.error(), folder.path());
  EXPECT_NE(told.find(GetParam().words), std::string::npos) << told;
  EXPECT_EQ(spec.error().problems.size(), 1U) << told;
}

constexpr const char* kOffer = "en/offer_made.mustache";

INSTANTIATE_TEST_SUITE_P(
    Table, Templates,
    ::testing::Values(
        BadTemplate{
            "no_subject", kOffer, "Hello\n\ntext\n",
            "templates/en/offer_made.mustache:1:1 bad_template begin with a line `Subject:"},
        BadTemplate{"no_empty_line", kOffer, "Subject: a\ntext\n", ":2:1 bad_template leave"},
        BadTemplate{"no_text", kOffer, "Subject: a\n", ":2:1 bad_template"},
        BadTemplate{"unknown_name", kOffer, "Subject: a\n\nOn {{mesage}}\n",
                    ":3:4 bad_template `mesage` is no value of a notice; did you mean `message`?"},
        BadTemplate{"unknown_in_subject", kOffer, "Subject: {{pionts}}\n\ntext\n",
                    ":1:10 bad_template `pionts` is no value of a notice; did you mean `points`?"},
        BadTemplate{"unclosed", kOffer, "Subject: a\n\n{{message\n",
                    ":3:1 bad_template `{{` is not"},
        BadTemplate{"open_section", kOffer, "Subject: a\n\n{{#value}}x\n",
                    ":3:1 bad_template the section `value` is not closed"},
        BadTemplate{"stray_close", kOffer, "Subject: a\n\nx{{/value}}\n",
                    ":3:2 bad_template `{{/value}}` closes nothing"},
        BadTemplate{"raw", kOffer, "Subject: a\n\n{{{message}}}\n", ":3:1 bad_template only"},
        BadTemplate{"partial", kOffer, "Subject: a\n\n{{> other}}\n", ":3:1 bad_template only"},
        BadTemplate{"not_utf8", kOffer, "Subject: \xff\n\ntext\n", ":1:10 not_utf8"},
        BadTemplate{"kind", "en/offer_maid.mustache", "Subject: a\n\ntext\n",
                    "offer_maid.mustache bad_name a file <kind>.mustache is expected here; did you "
                    "mean `offer_made`?"},
        BadTemplate{"language", "deutsch!/offer_made.mustache", "Subject: a\n\ntext\n",
                    "deutsch! bad_name a folder named after a language"}),
    [](const auto& bad) { return std::string(bad.param.name); });

TEST(Templates, BuiltInOnesAreGoodOnes) {
  Problems problems;
  for (int kind = 0; kind < kNoticeKinds; ++kind) {
    const auto words = default_template(static_cast<NoticeKind>(kind));
    Reading in(std::string(name_of(static_cast<NoticeKind>(kind))), problems);
    const auto parsed =
        parse_template(in, "Subject: " + words.subject + "\n\n" + words.text + "\n");
    EXPECT_EQ(parsed.subject, words.subject);
    EXPECT_EQ(parsed.text, words.text);
  }
  EXPECT_FALSE(problems.any());
}

}  // namespace
}  // namespace accrue::config
