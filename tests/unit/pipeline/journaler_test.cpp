#include "pipeline/journaler.hpp"

#include "support/real_disk.hpp"
#include "support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <future>

namespace accrue::pipeline {
namespace {

/// A disk whose syncs fail, or that is full, once it is told to be so.
class FailingDisk : public test::RealDisk {
 public:
  std::atomic<bool> fails{false};
  std::atomic<bool> full{false};

  Result<std::unique_ptr<journal::File>> create(const std::filesystem::path& path) override {
    return wrap(real().create(path));
  }
  Result<std::unique_ptr<journal::File>> open(const std::filesystem::path& path) override {
    return wrap(real().open(path));
  }

 private:
  class Handle : public test::RealFile {
   public:
    Handle(std::unique_ptr<journal::File> file, const FailingDisk& disk)
        : RealFile(std::move(file)), disk_(disk) {}
    Result<void> write(std::uint64_t offset, std::string_view bytes) override {
      if (disk_.full) return Error{ErrorCode::exhausted, "no space, as the test asked"};
      return RealFile::write(offset, bytes);
    }
    Result<void> sync() override {
      if (disk_.fails) return Error{ErrorCode::internal, "the sync failed, as the test asked"};
      return RealFile::sync();
    }

   private:
    const FailingDisk& disk_;
  };

  Result<std::unique_ptr<journal::File>> wrap(Result<std::unique_ptr<journal::File>> file) {
    if (!file) return file;
    return std::unique_ptr<journal::File>(std::make_unique<Handle>(std::move(file.value()), *this));
  }
};

class JournalerTest : public testing::Test {
 protected:
  std::unique_ptr<Journaler> journaler() {
    auto journal = journal::Journal::open(folder_.path() / "journal", {}, disk_);
    EXPECT_TRUE(journal.has_value());
    return std::make_unique<Journaler>(
        std::move(journal.value()), metrics_, room_, [this](Seq seq) { durable_ = seq; },
        [this](const Error& error) { fatal_.push_back(error.message); });
  }
  std::unique_ptr<Group> group(const std::string& record, const std::string& answer) {
    auto made = std::make_unique<Group>();
    if (!record.empty()) made->records.add(record);
    made->answers.emplace_back([this, answer](const Answer&) { told_.push_back(answer); },
                               Answer());
    return made;
  }

  test::TempFolder folder_;
  FailingDisk disk_;
  metrics::Metrics metrics_{"test"};
  Room room_{folder_.path()};
  // Written on the journaler's thread, read after it has ended.
  Seq durable_ = Seq::none;
  std::vector<std::string> told_;
  std::vector<std::string> fatal_;
};

TEST_F(JournalerTest, AnswersGroupsInTheirOrderOnceTheyAreDurable) {
  auto works = journaler();
  for (int i = 0; i < 20; ++i) {
    auto next = group("record", std::to_string(i));
    next->afterwards.emplace_back([this, i] { told_.push_back("after " + std::to_string(i)); });
    works->submit(next);
    ASSERT_TRUE(next != nullptr && next->records.empty() && next->answers.empty());
  }
  works->stop();
  ASSERT_EQ(told_.size(), 40u);
  EXPECT_EQ(told_[38], "19");
  EXPECT_EQ(told_[39], "after 19");
  EXPECT_EQ(durable_, static_cast<Seq>(20));
  EXPECT_EQ(works->durable(), static_cast<Seq>(20));
}

TEST_F(JournalerTest, AGroupWithNothingToRecordIsAnsweredAllTheSame) {
  auto works = journaler();
  auto refusal = group("", "refused");
  works->submit(refusal);
  works->stop();
  EXPECT_EQ(told_, std::vector<std::string>{"refused"});
  EXPECT_EQ(durable_, Seq::none);
}

TEST_F(JournalerTest, AGroupThatFindsTheDiskFullWaitsForSpaceAndIsThenAnswered) {
  auto works = journaler();
  disk_.full = true;
  auto next = group("record", "late");
  works->submit(next);
  while (!room_.full()) std::this_thread::yield();
  EXPECT_NE(room_.why().find("no space"), std::string::npos) << room_.why();
  EXPECT_EQ(works->durable(), Seq::none);
  disk_.full = false;
  while (works->durable() == Seq::none) std::this_thread::yield();
  works->stop();
  EXPECT_EQ(told_, std::vector<std::string>{"late"});
  EXPECT_TRUE(fatal_.empty());
  EXPECT_FALSE(room_.full());
}

TEST_F(JournalerTest, AStopDoesNotWaitForSpace) {
  auto works = journaler();
  disk_.full = true;
  auto next = group("record", "never");
  works->submit(next);
  works->stop();
  EXPECT_TRUE(told_.empty());
  EXPECT_EQ(fatal_.size(), 1u);
}

TEST_F(JournalerTest, AfterAFailedSyncNobodyIsAnsweredAndTheDaemonIsTold) {
  auto works = journaler();
  auto first = group("record", "first");
  works->submit(first);
  std::promise<void> reached;
  auto marker = group("", "marker");
  marker->afterwards.emplace_back([&] { reached.set_value(); });
  works->submit(marker);
  reached.get_future().wait();
  disk_.fails = true;
  for (int i = 0; i < 5; ++i) {  // More than may wait: none is stuck.
    auto lost = group("record", "lost");
    works->submit(lost);
  }
  works->stop();
  EXPECT_EQ(told_, (std::vector<std::string>{"first", "marker"}));
  ASSERT_EQ(fatal_.size(), 1u);
  EXPECT_NE(fatal_[0].find("the sync failed"), std::string::npos);
  EXPECT_EQ(works->durable(), static_cast<Seq>(1));
}

}  // namespace
}  // namespace accrue::pipeline
