// Which files and which settings tables are fit.
#include "host/plugin_checks.hpp"

#include <gtest/gtest.h>
#include <unistd.h>
#include <filesystem>
#include <fstream>

namespace accrue::host {
namespace {

namespace fs = std::filesystem;

class PluginFile : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) / ("plugin_file_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    file_ = folder_ / "rule_x.so";
    std::ofstream(file_) << "x";
    fs::permissions(file_, fs::perms(0644));
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path folder_;
  fs::path file_;
};

std::string said(const Result<void>& result) { return result ? "fit" : result.error().message; }

TEST_F(PluginFile, may_be_readable_by_all_and_writable_by_its_owner) {
  EXPECT_EQ(said(check_file(file_)), "fit");
}

TEST_F(PluginFile, may_not_be_writable_by_everybody) {
  fs::permissions(file_, fs::perms(0646));
  EXPECT_EQ(said(check_file(file_)),
            file_.string() + " can be written by everybody: run chmod o-w on it");
}

TEST_F(PluginFile, may_not_be_a_link_or_a_folder) {
  const fs::path link = folder_ / "rule_link.so";
  fs::create_symlink(file_, link);
  const std::string cure = " is not a regular file: put the plugin itself there, no link";
  EXPECT_EQ(said(check_file(link)), link.string() + cure);
  EXPECT_EQ(said(check_file(folder_)), folder_.string() + cure);
}

TEST_F(PluginFile, may_not_belong_to_a_stranger) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a file to another user";
  ASSERT_EQ(::chown(file_.c_str(), 4711, static_cast<gid_t>(-1)), 0);
  EXPECT_EQ(said(check_file(file_)),
            file_.string() +
                " belongs to user 4711, this daemon trusts root and its own user 0: change the "
                "owner");
}

TEST_F(PluginFile, lies_in_a_folder_that_not_everybody_can_write) {
  EXPECT_EQ(said(check_folder(folder_)), "fit");
  fs::permissions(folder_, fs::perms(0777));
  EXPECT_EQ(said(check_folder(folder_)), "plugin folder " + folder_.string() +
                                             " can be written by everybody: run chmod o-w on it");
  EXPECT_EQ(
      said(check_folder(folder_ / "none")),
      "there is no plugin folder " + (folder_ / "none").string() + ": set plugins.folder to it");
}

/// "fit", or what is said about a table of this one setting of a rule plugin.
std::string table_of(const accrue_setting& setting) {
  return said(check_settings({&setting, 1}, true, "x.so"));
}

TEST(SettingsTable, is_fit_when_each_row_is_whole_and_readable) {
  EXPECT_EQ(table_of({"t", "award", ACCRUE_INTEGER, 1, "", "", "points", "Points.", 1, 9}), "fit");
  EXPECT_EQ(table_of({"t", "offer.valid", ACCRUE_PERIOD, 0, "30 days", "", "", "How long.", 0, 0}),
            "fit");
  EXPECT_EQ(table_of({"t", "round", ACCRUE_CHOICE, 0, "up", "down|up", "", "How.", 0, 0}), "fit");
}

TEST(SettingsTable, is_refused_for_rows_that_cannot_be_used) {
  EXPECT_EQ(table_of({"t", "a", 11, 0, "", "", "", "", 0, 0}),
            "x.so: setting t.a has type 11, which this daemon does not know");
  EXPECT_EQ(table_of({"t", "Award", ACCRUE_TEXT, 0, "", "", "", "", 0, 0}),
            "x.so: setting t.Award has a key that is not lower-case words joined by _ and .");
  EXPECT_EQ(table_of({"", "a", ACCRUE_TEXT, 0, "", "", "", "", 0, 0}),
            "x.so: setting .a names no rule type as its owner");
  EXPECT_EQ(table_of({"t", "a", ACCRUE_CHOICE, 0, "", "", "", "", 0, 0}),
            "x.so: setting t.a must list its choices when, and only when, it is a choice");
  EXPECT_EQ(table_of({"t", "a", ACCRUE_INTEGER, 0, "", "", "", "", 5, 4}),
            "x.so: setting t.a has a minimum above its maximum");
  EXPECT_EQ(table_of({"t", "a", ACCRUE_INTEGER, 1, "3", "", "", "", 0, 0}),
            "x.so: setting t.a is required and has a default");
}

TEST(SettingsTable, is_refused_for_defaults_that_break_their_own_row) {
  EXPECT_EQ(table_of({"t", "a", ACCRUE_INTEGER, 0, "10", "", "", "", 1, 9}),
            "x.so: setting t.a has a default that cannot be read: write a number from 1 to 9");
  EXPECT_EQ(table_of({"t", "a", ACCRUE_CHOICE, 0, "left", "down|up", "", "", 0, 0}),
            "x.so: setting t.a has a default that cannot be read: write one of down|up");
}

TEST(SettingsTable, is_refused_when_a_setting_is_in_it_twice) {
  const accrue_setting twice[] = {{"t", "a", ACCRUE_TEXT, 0, "", "", "", "", 0, 0},
                                  {"u", "a", ACCRUE_TEXT, 0, "", "", "", "", 0, 0},
                                  {"t", "a", ACCRUE_TEXT, 0, "", "", "", "", 0, 0}};
  EXPECT_EQ(said(check_settings(twice, true, "x.so")), "x.so: setting t.a is in its table twice");
}

TEST(SettingsTable, has_owners_for_rule_plugins_only) {
  const accrue_setting owned{"t", "a", ACCRUE_TEXT, 0, "", "", "", "", 0, 0};
  EXPECT_EQ(said(check_settings({&owned, 1}, false, "x.so")),
            "x.so: setting t.a has an owner, which only rule plugins use");
}

}  // namespace
}  // namespace accrue::host
