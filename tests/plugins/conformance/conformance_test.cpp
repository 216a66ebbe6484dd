// What every plugin promises, checked on each library that was built: a door that is admitted,
// nothing else exported, a settings table that explains itself, a README and an example that keep
// step with it, and manners when it is created with nothing.
#include "host/plugin_objects.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace accrue::host {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> built_plugins() {
  std::vector<std::string> names;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(ACCRUE_PLUGIN_FOLDER, none)) {
    if (entry.path().extension() == ".so") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string contents(const fs::path& file) {
  std::ifstream stream(file);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// Names of the defined dynamic symbols.
std::vector<std::string> exported_by(const fs::path& library) {
  const std::string command = ACCRUE_NM " -D --defined-only '" + library.string() + "'";
  std::vector<std::string> names;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return names;
  char line[4096];
  while (std::fgets(line, sizeof line, pipe) != nullptr) {
    std::string text(line);
    text.erase(text.find_last_not_of("\n ") + 1);
    names.push_back(text.substr(text.rfind(' ') + 1));
  }
  return ::pclose(pipe) == 0 ? names : std::vector<std::string>{"nm failed"};
}

class SilentLog final : public Log {
 public:
  void write(LogLevel, std::string_view) override {}
};

class Plugin : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    file_ = fs::path(ACCRUE_PLUGIN_FOLDER) / (GetParam() + ".so");
    auto opened = PluginLibrary::open(file_);
    ASSERT_TRUE(opened) << opened.error().message;
    library_.emplace(std::move(*opened));
    sources_ = fs::path(ACCRUE_PLUGIN_SOURCES) / (std::string(name_of(library_->kind())) + 's') /
               std::string(library_->name());
  }

  std::set<std::string> owners() const {
    std::set<std::string> names;
    for (const accrue_setting& setting : library_->settings()) names.insert(setting.owner);
    return names;
  }
  BoxPtr empty_box() {
    return std::make_shared<ContextBox>("", Settings(), log_, nullptr, "/nonexistent/folder");
  }

  SilentLog log_;
  fs::path file_;
  fs::path sources_;
  std::optional<PluginLibrary> library_;
};

TEST_P(Plugin, is_named_after_its_kind_and_name) {
  EXPECT_EQ(GetParam(),
            std::string(name_of(library_->kind())) + '_' + std::string(library_->name()));
  EXPECT_GE(library_->summary().size(), 10u);
  EXPECT_EQ(library_->summary().back(), '.');
}

TEST_P(Plugin, exports_its_door_and_nothing_else) {
  EXPECT_EQ(exported_by(file_), std::vector<std::string>{"accrue_plugin"});
}

TEST_P(Plugin, explains_each_setting_in_a_sentence) {
  for (const accrue_setting& setting : library_->settings()) {
    const std::string help = setting.help;
    ASSERT_FALSE(help.empty()) << setting.owner << '.' << setting.key;
    EXPECT_EQ(help.back(), '.') << setting.owner << '.' << setting.key;
    EXPECT_EQ(std::isupper(static_cast<unsigned char>(help.front())) != 0, true) << help;
  }
}

TEST_P(Plugin, has_a_readme_that_names_each_setting) {
  const std::string readme = contents(sources_ / "README.md");
  ASSERT_FALSE(readme.empty()) << sources_ / "README.md";
  for (const accrue_setting& setting : library_->settings()) {
    EXPECT_NE(readme.find('`' + std::string(setting.key) + '`'), std::string::npos)
        << "README.md does not mention `" << setting.key << '`';
  }
  for (const std::string& owner : owners()) {
    if (owner.empty()) continue;
    EXPECT_NE(readme.find(std::string(library_->name()) + '.' + owner), std::string::npos) << owner;
  }
}

TEST_P(Plugin, has_an_example_that_shows_each_type_and_what_it_requires) {
  const std::string example = contents(sources_ / "example.yaml");
  ASSERT_FALSE(example.empty()) << sources_ / "example.yaml";
  for (const std::string& owner : owners()) {
    if (owner.empty()) continue;
    const std::string type = "type: " + std::string(library_->name()) + '.' + owner + '\n';
    EXPECT_NE(example.find(type), std::string::npos) << type;
  }
  for (const accrue_setting& setting : library_->settings()) {
    if (setting.required == 0) continue;
    const std::string key = setting.key;
    const std::string last = key.substr(key.rfind('.') + 1) + ':';
    EXPECT_NE(example.find(last), std::string::npos) << key;
  }
}

/// Makes and destroys; the sentence when the plugin objects.
template <class Maker>
std::string made_with(Maker make, const PluginLibrary& library, const BoxPtr& box) {
  const auto object = make(library, box);
  return object ? std::string() : object.error().message;
}

TEST_P(Plugin, takes_an_absurd_context_or_says_why_not) {
  std::string said;
  switch (library_->kind()) {
    case ACCRUE_FEED:
      said = made_with(make_feed, *library_, empty_box());
      break;
    case ACCRUE_CODEC:
      said = made_with(make_codec, *library_, empty_box());
      break;
    case ACCRUE_RULE:
      said = made_with(make_rule_types, *library_, empty_box());
      break;
    case ACCRUE_NOTIFIER:
      said = made_with(make_notifier, *library_, empty_box());
      break;
  }
  EXPECT_EQ(said.find("threw"), std::string::npos) << said;
  EXPECT_EQ(said.find("gave no reason"), std::string::npos) << said;
}

TEST_P(Plugin, answers_for_rules_without_settings_and_of_unknown_types) {
  if (library_->kind() != ACCRUE_RULE) return;
  const auto types = make_rule_types(*library_, empty_box());
  ASSERT_TRUE(types) << types.error().message;
  const auto zone = find_zone("UTC");
  ASSERT_TRUE(zone);
  const ProgramTerms terms{"p", Currency(), zone->get(), {{"points", true, Decimal()}}};
  const auto settings = Settings();
  EXPECT_FALSE((*types)->compile({"r", "no_such_type", "points", settings, terms}));
  for (const std::string& owner : owners()) {
    const auto rule = (*types)->compile({"r", owner, "points", settings, terms});
    if (rule) continue;
    EXPECT_EQ(rule.error().code, ErrorCode::reject_input) << owner;
    EXPECT_EQ(rule.error().message.find("threw"), std::string::npos) << rule.error().message;
  }
}

INSTANTIATE_TEST_SUITE_P(Built, Plugin, ::testing::ValuesIn(built_plugins()),
                         [](const auto& built) { return built.param; });

TEST(Plugins, were_built) { EXPECT_GE(built_plugins().size(), 4u); }

}  // namespace
}  // namespace accrue::host
