// A folder of plugins, admitted or refused together.
#include "host/plugin_set.hpp"

#include <gtest/gtest.h>
#include <unistd.h>
#include <filesystem>
#include <fstream>

namespace accrue::host {
namespace {

namespace fs = std::filesystem;

class PluginFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) / ("plugin_folder_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  void add(const std::string& plugin, const std::string& as) {
    fs::copy_file(fs::path(ACCRUE_WRONG_PLUGINS) / (plugin + ".so"), folder_ / as);
  }

  fs::path folder_;
};

TEST_F(PluginFolder, gives_its_plugins_by_kind_and_name) {
  add("rule_right", "rule_right.so");
  std::ofstream(folder_ / "README.md") << "not a plugin";
  const auto set = PluginSet::load(folder_);
  ASSERT_TRUE(set) << set.error().message;
  ASSERT_EQ(set->all().size(), 1u);
  ASSERT_NE(set->find(ACCRUE_RULE, "right"), nullptr);
  EXPECT_EQ(set->find(ACCRUE_RULE, "right")->identity(), "right 1.0");
  EXPECT_EQ(set->find(ACCRUE_FEED, "right"), nullptr);
  EXPECT_EQ(set->find(ACCRUE_RULE, "left"), nullptr);
}

TEST_F(PluginFolder, may_be_empty_but_must_exist) {
  const auto set = PluginSet::load(folder_);
  ASSERT_TRUE(set);
  EXPECT_TRUE(set->all().empty());
  EXPECT_FALSE(PluginSet::load(folder_ / "none"));
}

TEST_F(PluginFolder, refuses_two_plugins_of_one_name) {
  add("rule_right", "a.so");
  add("rule_right", "b.so");
  const auto set = PluginSet::load(folder_);
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().message, (folder_ / "b.so").string() + " and " +
                                     (folder_ / "a.so").string() +
                                     " are both the rule plugin 'right': remove one");
}

TEST_F(PluginFolder, tells_everything_that_is_wrong_at_once) {
  add("rule_right", "a.so");
  add("rule_wrong_abi", "b.so");
  std::ofstream(folder_ / "c.so") << std::string(4096, 'x');
  const auto set = PluginSet::load(folder_);
  ASSERT_FALSE(set);
  ASSERT_EQ(set.error().problems.size(), 2u);
  EXPECT_EQ(set.error().problems[0].pointer, (folder_ / "b.so").string());
  EXPECT_EQ(set.error().problems[1].pointer, (folder_ / "c.so").string());
}

}  // namespace
}  // namespace accrue::host
