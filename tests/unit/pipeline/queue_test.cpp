#include "pipeline/work_queue.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace accrue::pipeline {
namespace {

Work rejection(const std::string& text) { return Rejection{reject(text), {}}; }
std::string text_of(const Work& work) { return std::get<Rejection>(work).error.message; }

TEST(WorkQueue, HandsOutAllThatWaitsInItsOrder) {
  WorkQueue queue(8);
  for (const char* text : {"a", "b", "c"}) EXPECT_TRUE(queue.push(rejection(text)));
  EXPECT_EQ(queue.depth(), 3u);
  std::vector<Work> batch;
  ASSERT_TRUE(queue.take(batch));
  ASSERT_EQ(batch.size(), 3u);
  EXPECT_EQ(text_of(batch[0]), "a");
  EXPECT_EQ(text_of(batch[2]), "c");
  EXPECT_EQ(queue.depth(), 0u);
}

TEST(WorkQueue, AFullQueueRefusesAndLeavesTheWorkUntouched) {
  WorkQueue queue(2);
  Work work = rejection("a");
  EXPECT_TRUE(queue.try_push(work));
  work = rejection("b");
  EXPECT_TRUE(queue.try_push(work));
  work = rejection("c");
  EXPECT_FALSE(queue.try_push(work));
  EXPECT_EQ(text_of(work), "c");
  std::vector<Work> batch;
  ASSERT_TRUE(queue.take(batch));
  EXPECT_TRUE(queue.try_push(work));
}

TEST(WorkQueue, AnInterludeIsNeverRefusedForWantOfRoom) {
  WorkQueue queue(1);
  Work work = rejection("a");
  EXPECT_TRUE(queue.try_push(work));
  EXPECT_TRUE(queue.push_interlude([](Decider&) { return std::function<void()>(); }));
  EXPECT_EQ(queue.depth(), 2u);
}

TEST(WorkQueue, PushWaitsForRoom) {
  WorkQueue queue(1);
  ASSERT_TRUE(queue.push(rejection("a")));
  std::atomic<bool> pushed{false};
  std::thread producer([&] {
    EXPECT_TRUE(queue.push(rejection("b")));
    pushed = true;
  });
  std::vector<Work> batch;
  ASSERT_TRUE(queue.take(batch));
  EXPECT_EQ(text_of(batch.at(0)), "a");
  producer.join();
  EXPECT_TRUE(pushed);
  ASSERT_TRUE(queue.take(batch));
  EXPECT_EQ(text_of(batch.at(0)), "b");
}

TEST(WorkQueue, AClosedQueueTakesNothingInAndStillHandsOutWhatItHolds) {
  WorkQueue queue(4);
  ASSERT_TRUE(queue.push(rejection("a")));
  queue.close();
  EXPECT_FALSE(queue.push(rejection("b")));
  Work work = rejection("c");
  EXPECT_FALSE(queue.try_push(work));
  EXPECT_FALSE(queue.push_interlude([](Decider&) { return std::function<void()>(); }));
  std::vector<Work> batch;
  ASSERT_TRUE(queue.take(batch));
  EXPECT_EQ(batch.size(), 1u);
  EXPECT_FALSE(queue.take(batch));
}

TEST(WorkQueue, ClosingFreesWhoeverWaits) {
  WorkQueue queue(1);
  ASSERT_TRUE(queue.push(rejection("a")));
  std::thread producer([&] { EXPECT_FALSE(queue.push(rejection("b"))); });
  queue.close();
  producer.join();
  WorkQueue empty(1);
  std::thread consumer([&] {
    std::vector<Work> batch;
    EXPECT_FALSE(empty.take(batch));
  });
  empty.close();
  consumer.join();
}

TEST(WorkQueue, WakesItsConsumerWithoutWork) {
  WorkQueue queue(1);
  queue.wake();
  std::vector<Work> batch;
  EXPECT_TRUE(queue.take(batch));
  EXPECT_TRUE(batch.empty());
}

TEST(WorkQueue, WhileHeldFeedsWaitThoughThereIsRoomAndItsConsumerLooksAgain) {
  WorkQueue queue(4);
  queue.hold(true);
  std::atomic<bool> pushed{false};
  std::thread feed([&] { pushed = queue.push(rejection("waits")); });
  Work till = rejection("is let in");
  EXPECT_TRUE(queue.try_push(till));
  std::vector<Work> batch;
  ASSERT_TRUE(queue.take(batch));
  EXPECT_EQ(batch.size(), 1u);
  ASSERT_TRUE(queue.take(batch)) << "though there is nothing, and nobody wakes it";
  EXPECT_TRUE(batch.empty());
  EXPECT_FALSE(pushed);
  queue.hold(false);
  ASSERT_TRUE(queue.take(batch));
  EXPECT_EQ(text_of(batch.at(0)), "waits");
  feed.join();
  EXPECT_TRUE(pushed);
}

TEST(WorkQueue, LosesNothingAndKeepsEachProducersOrderUnderManyProducers) {
  constexpr int kProducers = 4;
  constexpr int kEach = 2000;
  WorkQueue queue(16);
  std::vector<std::thread> producers;
  for (int producer = 0; producer < kProducers; ++producer) {
    producers.emplace_back([&queue, producer] {
      for (int i = 0; i < kEach; ++i) {
        ASSERT_TRUE(queue.push(rejection(std::to_string(producer * kEach + i))));
      }
    });
  }
  std::vector<int> next(kProducers, 0);
  int taken = 0;
  std::vector<Work> batch;
  while (taken < kProducers * kEach && queue.take(batch)) {
    for (const Work& work : batch) {
      const int number = std::stoi(text_of(work));
      ASSERT_EQ(number % kEach, next[static_cast<std::size_t>(number / kEach)]++);
      ++taken;
    }
  }
  for (std::thread& producer : producers) producer.join();
  EXPECT_EQ(taken, kProducers * kEach);
}

}  // namespace
}  // namespace accrue::pipeline
