// The example of every rule plugin, together as one program: read by the daemon's own reader and
// compiled by the plugins as built, so that what a README shows can be copied.
#include "config/program.hpp"
#include "engine/rule_set.hpp"
#include "host/plugin_objects.hpp"
#include "host/plugin_set.hpp"

#include <gtest/gtest.h>
#include <unistd.h>
#include <filesystem>
#include <fstream>

namespace accrue {
namespace {

namespace fs = std::filesystem;

class SilentLog final : public Log {
 public:
  void write(LogLevel, std::string_view) override {}
};

std::string told(const Error& error) {
  std::string text = error.message;
  for (const Problem& problem : error.problems)
    text += "\n" + problem.pointer + ": " + problem.detail;
  return text;
}

class RuleExamples : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) / ("rule_examples_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    std::ofstream(folder_ / "program.yaml") << "program: examples\n"
                                               "currency: GBP\n"
                                               "zone: Europe/London\n"
                                               "currencies: { points: { value: 0.01 } }\n";
    auto plugins = host::PluginSet::load(ACCRUE_PLUGIN_FOLDER);
    ASSERT_TRUE(plugins) << plugins.error().message;
    plugins_.emplace(std::move(*plugins));
    for (const host::PluginLibrary& library : plugins_->all()) {
      if (library.kind() == ACCRUE_RULE) add(library);
    }
  }
  void TearDown() override { fs::remove_all(folder_); }

  void add(const host::PluginLibrary& library) {
    const std::string name(library.name());
    fs::copy_file(fs::path(ACCRUE_PLUGIN_SOURCES) / "rules" / name / "example.yaml",
                  folder_ / (name + ".yaml"));
    for (const accrue_setting& row : library.settings()) {
      tables_[name + '.' + row.owner].push_back(&row);
    }
    auto types =
        host::make_rule_types(library, std::make_shared<host::ContextBox>(name, Settings(), log_));
    ASSERT_TRUE(types) << types.error().message;
    types_[name] = {std::move(*types), library.identity()};
  }

  SilentLog log_;
  fs::path folder_;
  std::optional<host::PluginSet> plugins_;
  config::TypeTables tables_;
  engine::RulePlugins types_;
};

TEST_F(RuleExamples, make_one_program_that_loads_and_compiles) {
  auto spec = config::load_program(folder_, tables_);
  ASSERT_TRUE(spec) << told(spec.error());
  const auto rules = engine::RuleSet::compile(std::move(*spec), types_);
  ASSERT_TRUE(rules) << told(rules.error());
  EXPECT_EQ((*rules)->rules(Stage::earn).size(), 7u);
  EXPECT_EQ((*rules)->rules(Stage::expire).size(), 2u);
  EXPECT_EQ((*rules)->rules(Stage::inactivity).size(), 1u);
  EXPECT_EQ((*rules)->rules(Stage::offer).size(), 1u);
}

TEST_F(RuleExamples, place_what_a_plugin_refuses_in_the_file_its_author_wrote) {
  std::ofstream(folder_ / "zero.yaml") << "rules:\n"
                                          "  - id: zero\n"
                                          "    type: earning.spend\n"
                                          "    award: 1\n"
                                          "    per: 0\n";
  auto spec = config::load_program(folder_, tables_);
  ASSERT_TRUE(spec) << told(spec.error());
  const auto rules = engine::RuleSet::compile(std::move(*spec), types_);
  ASSERT_FALSE(rules);
  const Error error = rules.error();
  ASSERT_EQ(error.problems.size(), 1u);
  const Problem& problem = error.problems.front();
  EXPECT_EQ(problem.pointer.substr(problem.pointer.rfind('/') + 1), "zero.yaml:5:10");
  EXPECT_EQ(problem.detail, "write an amount above 0, such as 1.00");
}

}  // namespace
}  // namespace accrue
