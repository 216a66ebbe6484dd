// The notifier `log`, opened through its door.
#include "door.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace accrue::test {
namespace {

Settings settings(const std::string& path) {
  Settings made;
  made.set("path", path, {"accrued.yaml", 7, 5});
  return made;
}

std::string slurp(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

const std::string kLine =
    "{\"time\":\"2026-01-03T10:11:12Z\",\"id\":\"123-0\",\"kind\":\"points_earned\","
    "\"member_id\":\"M000123\",\"language\":\"en\",\"subject\":\"6 points\","
    "\"text\":\"Dear \\\"Ann\\\",\\nyou have 6 points.\","
    "\"values\":{\"points\":\"6\",\"balance\":\"1240\"}}\n";

class LogNotifierTest : public testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove_all(path_); }
  std::string path_ = testing::TempDir() + "accrue_log_" +
                      testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(LogNotifierTest, AppendsOneJsonLineANoticeWithoutContactData) {
  std::ofstream(path_) << "before\n";
  MadeNotifier notifier(LOG_PLUGIN, settings(path_));
  ASSERT_TRUE(notifier.made()) << notifier.refusal;
  EXPECT_EQ(notifier->deliver(sample_delivery()).state, DeliveryState::delivered);
  EXPECT_EQ(notifier->deliver(sample_delivery()).state, DeliveryState::delivered);
  EXPECT_EQ(slurp(path_), "before\n" + kLine + kLine);
}

TEST_F(LogNotifierTest, WritesToTheDaemonsLogWhenAsked) {
  MadeNotifier notifier(LOG_PLUGIN, settings("-"));
  ASSERT_TRUE(notifier.made()) << notifier.refusal;
  EXPECT_EQ(notifier->deliver(sample_delivery()).state, DeliveryState::delivered);
  EXPECT_EQ(notifier.log.text, kLine);
}

TEST_F(LogNotifierTest, GoesOnInANewFileAfterRotation) {
  MadeNotifier notifier(LOG_PLUGIN, settings(path_));
  ASSERT_TRUE(notifier.made()) << notifier.refusal;
  (void)notifier->deliver(sample_delivery());
  std::filesystem::remove(path_);
  EXPECT_EQ(notifier->deliver(sample_delivery()).state, DeliveryState::delivered);
  EXPECT_EQ(slurp(path_), kLine);
}

TEST_F(LogNotifierTest, AsksForAnotherTryWhenTheFileCannotBeWritten) {
  MadeNotifier notifier(LOG_PLUGIN, settings(path_));
  ASSERT_TRUE(notifier.made()) << notifier.refusal;
  std::filesystem::remove(path_);
  std::filesystem::create_directory(path_);
  const DeliveryResult result = notifier->deliver(sample_delivery());
  EXPECT_EQ(result.state, DeliveryState::retry);
  EXPECT_NE(result.reason.find("cannot open " + path_), std::string::npos) << result.reason;
}

TEST_F(LogNotifierTest, SaysThatTheDiskIsFull) {
  MadeNotifier notifier(LOG_PLUGIN, settings("/dev/full"));
  ASSERT_TRUE(notifier.made()) << notifier.refusal;
  const DeliveryResult result = notifier->deliver(sample_delivery());
  EXPECT_EQ(result.state, DeliveryState::retry);
  EXPECT_EQ(result.reason, "cannot write /dev/full: No space left on device");
}

TEST_F(LogNotifierTest, IsRefusedWhenItsFileCannotBeOpened) {
  const MadeNotifier notifier(LOG_PLUGIN, settings("/nowhere/at/all.ndjson"));
  EXPECT_FALSE(notifier.made());
  EXPECT_EQ(notifier.refusal,
            "accrued.yaml:7:5: path: cannot open /nowhere/at/all.ndjson: "
            "No such file or directory");
  EXPECT_FALSE(MadeNotifier(LOG_PLUGIN, settings("")).made());
}

}  // namespace
}  // namespace accrue::test
