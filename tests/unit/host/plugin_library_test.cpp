// Real libraries, wrong in one way each: what an operator reads when one is put into the folder.
#include "host/plugin_objects.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <filesystem>
#include <fstream>

namespace accrue::host {
namespace {

namespace fs = std::filesystem;

fs::path plugin(const std::string& name) {
  return fs::path(ACCRUE_WRONG_PLUGINS) / ("rule_" + name + ".so");
}

/// The sentence without the folder, or "admitted".
std::string refusal(const fs::path& file) {
  const auto library = PluginLibrary::open(file);
  if (library) return "admitted";
  std::string said = library.error().message;
  const std::string folder = file.parent_path().string() + '/';
  for (auto at = said.find(folder); at != said.npos; at = said.find(folder)) {
    said.erase(at, folder.size());
  }
  return said;
}

class SilentLog final : public Log {
 public:
  void write(LogLevel, std::string_view) override {}
};

Result<std::shared_ptr<RuleTypes>> rule_types(const std::string& name, Log& log) {
  const auto library = PluginLibrary::open(plugin(name));
  if (!library) return library.error();
  return make_rule_types(*library, std::make_shared<ContextBox>("r", Settings(), log));
}

TEST(PluginLibrary, admits_a_plugin_that_says_the_right_things) {
  const auto library = PluginLibrary::open(plugin("right"));
  ASSERT_TRUE(library) << library.error().message;
  EXPECT_EQ(library->identity(), "right 1.0");
  EXPECT_EQ(library->kind(), ACCRUE_RULE);
  EXPECT_EQ(library->summary(), "Does little.");
  ASSERT_EQ(library->settings().size(), 1u);
  EXPECT_STREQ(library->settings()[0].key, "award");
}

TEST(PluginLibrary, names_both_sides_of_what_differs) {
  EXPECT_EQ(refusal(plugin("wrong_magic")),
            "rule_wrong_magic.so has a symbol accrue_plugin that is no plugin door: use "
            "ACCRUE_PLUGIN()");
  const auto ours = std::to_string(ACCRUE_PLUGIN_ABI);
  const auto theirs = std::to_string(ACCRUE_PLUGIN_ABI + 1);
  EXPECT_EQ(refusal(plugin("wrong_abi")), "rule_wrong_abi.so speaks plugin ABI " + theirs +
                                              ", this daemon speaks " + ours +
                                              ": rebuild it against this version's headers");
  EXPECT_EQ(refusal(plugin("wrong_size")),
            "rule_wrong_size.so has a door of 72 bytes, this daemon's has 80: rebuild it against "
            "this version's headers");
  EXPECT_EQ(refusal(plugin("wrong_kind")),
            "rule_wrong_kind.so is of kind 9, this daemon knows 1 (feed) to 4 (notifier)");
  EXPECT_EQ(refusal(plugin("wrong_toolchain")),
            "rule_wrong_toolchain.so was built with gxx-abi 1002, libstdc++ 4, boost 1_50, this "
            "daemon with " ACCRUE_FINGERPRINT ": build both with the same");
}

TEST(PluginLibrary, refuses_doors_with_holes) {
  EXPECT_EQ(refusal(plugin("null_name")),
            "rule_null_name.so leaves its name, version or summary empty: fill in ACCRUE_PLUGIN()");
  EXPECT_EQ(refusal(plugin("null_create")),
            "rule_null_create.so has no create or no destroy function: use ACCRUE_PLUGIN()");
  EXPECT_EQ(refusal(plugin("null_settings")),
            "rule_null_settings.so counts 1 settings and gives no table of them");
  EXPECT_EQ(refusal(plugin("null_text")),
            "rule_null_text.so: setting 1 of its table lacks a text: write \"\" where there is "
            "nothing to say");
}

TEST(PluginLibrary, refuses_what_is_no_plugin) {
  EXPECT_EQ(refusal(plugin("no_door")),
            "rule_no_door.so exports no symbol accrue_plugin: it is no accrue plugin, or was built "
            "without accrue_plugin() of CMake");
  EXPECT_EQ(refusal(plugin("absent")),
            "cannot open plugin rule_absent.so: No such file or directory");
  const fs::path text = fs::path(testing::TempDir()) / "rule_text.so";
  std::ofstream(text) << std::string(4096, 'x');
  EXPECT_EQ(
      refusal(text),
      "rule_text.so is no library this daemon can load (invalid ELF header): build it again for "
      "this machine, or remove it");
  std::ofstream(text, std::ios::trunc).close();
  EXPECT_EQ(
      refusal(text),
      "rule_text.so is no library this daemon can load (file too short): build it again for this "
      "machine, or remove it");
  fs::remove(text);
}

TEST(PluginLibrary, refuses_a_copy_that_was_interrupted_wherever_it_stopped) {
  const fs::path cut = fs::path(testing::TempDir()) / "rule_cut.so";
  fs::copy_file(plugin("right"), cut, fs::copy_options::overwrite_existing);
  const std::uint64_t whole = fs::file_size(cut);
  EXPECT_EQ(refusal(cut), "admitted");
  fs::remove(cut);  // The loader keeps the whole one mapped: cut another.
  fs::copy_file(plugin("right"), cut);
  for (std::uint64_t size = whole - 1; size > 64; size -= std::min<std::uint64_t>(size, 997)) {
    fs::resize_file(cut, size);
    const std::string said = refusal(cut);
    EXPECT_EQ(said.find("rule_cut.so was cut short: it has " + std::to_string(size) + " bytes"), 0u)
        << said;
    EXPECT_NE(said.find("copy it again"), std::string::npos) << said;
  }
  fs::remove(cut);
}

TEST(PluginLibrary, tells_what_a_plugin_objects_to_or_throws_when_it_is_made) {
  SilentLog log;
  EXPECT_EQ(rule_types("refuses", log).error().message,
            "rule plugin right 1.0 cannot be used: write a colour");
  EXPECT_EQ(rule_types("throws_in_create", log).error().message,
            "rule plugin right 1.0 cannot be used: threw a fit");
}

TEST(PluginLibrary, tells_which_rule_made_a_plugin_throw) {
  SilentLog log;
  const auto settings = Settings();
  const auto terms = ProgramTerms();
  const RuleSpec spec{"base", "plain", "points", settings, terms};
  const auto throwing = rule_types("throws_in_compile", log);
  ASSERT_TRUE(throwing);
  EXPECT_EQ((*throwing)->compile(spec).error().message,
            "rule plugin right 1.0, asked for rule base of type plain, threw a fit");
  const auto empty = rule_types("gives_no_rule", log);
  ASSERT_TRUE(empty);
  EXPECT_EQ((*empty)->compile(spec).error().message,
            "rule plugin right 1.0, asked for rule base of type plain, gave none and no reason");
}

TEST(PluginLibrary, makes_no_feed_of_a_rule_plugin) {
  SilentLog log;
  const auto library = PluginLibrary::open(plugin("right"));
  ASSERT_TRUE(library);
  const auto box = std::make_shared<ContextBox>("f", Settings(), log);
  EXPECT_EQ(make_feed(*library, box).error().message,
            "rule plugin right 1.0 cannot be used: a feed plugin is wanted here");
}

TEST(PluginLibrary, keeps_rules_and_contexts_alive_beyond_everything_that_made_them) {
  SilentLog log;
  std::weak_ptr<const ContextBox> watched;
  std::unique_ptr<Rule> rule;
  {
    const auto library = PluginLibrary::open(plugin("right"));
    auto box = std::make_shared<const ContextBox>("r", Settings(), log);
    watched = box;
    const auto types = make_rule_types(*library, box);
    box.reset();
    ASSERT_TRUE(types);
    EXPECT_FALSE(watched.expired());
    const auto settings = Settings();
    const auto terms = ProgramTerms();
    rule = std::move((*types)->compile({"base", "plain", "points", settings, terms}).value());
  }
  EXPECT_TRUE(watched.expired());
  EXPECT_EQ(rule->traits().stage, Stage::earn);
}

}  // namespace
}  // namespace accrue::host
