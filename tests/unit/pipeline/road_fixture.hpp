// A whole road on a temporary folder: opened, driven, stopped and opened again.
#pragma once

#include "ledger/audit.hpp"
#include "ledger/state_hash.hpp"
#include "pipeline/road.hpp"
#include "support/program.hpp"
#include "support/temp_folder.hpp"
#include "support/transactions.hpp"

#include <gtest/gtest.h>

#include <future>

namespace accrue::pipeline {

class RoadTest : public testing::Test {
 protected:
  RoadOptions options() const {
    RoadOptions options;
    options.data = {folder_.path()};
    options.journal.segment_bytes = 16 << 10;  // Several segments in every test.
    options.journal.extend_bytes = 4 << 10;
    options.store.map_bytes = 256ull << 20;
    options.store.allow_any_filesystem = true;
    options.decider.routing = test::everything();
    return options;
  }
  void open(const test::Program& program, const RoadOptions& with) {
    auto opened = Road::open(
        with, metrics_, [](Seq) {},
        [](const Error& error) { ADD_FAILURE() << "fatal: " << error.message; });
    ASSERT_TRUE(opened.has_value()) << opened.error().message;
    road_ = std::move(opened.value());
    data_ = with.data;
    const auto started = road_->start(program.build());
    ASSERT_TRUE(started.has_value()) << started.error().message;
  }
  void open(const test::Program& program) { open(program, options()); }
  void close() {
    road_->stop();
    road_.reset();
  }

  std::future<Answer> submit(Transaction transaction, bool quote = false) {
    auto promise = std::make_shared<std::promise<Answer>>();
    auto future = promise->get_future();
    Submission submission{receive(std::move(transaction), {"feed", {"file", ++message_}}),
                          [promise](Answer answer) { promise->set_value(std::move(answer)); },
                          quote};
    EXPECT_TRUE(road_->queue().push(std::move(submission)));
    return future;
  }
  Status post(Transaction transaction) { return submit(std::move(transaction)).get().status; }

  std::int64_t balance(const std::string& member = "M1") {
    std::promise<std::int64_t> reached;
    road_->queue().push_interlude([&](Decider& decider) -> std::function<void()> {
      const auto found = decider.member(MemberId::trusted(member));
      const std::int64_t points = found.value()->available("points").count();
      return [&reached, points] { reached.set_value(points); };
    });
    return reached.get_future().get();
  }
  void wait_until_posted() {
    while (road_->applied() < road_->durable()) road_->wait_applied(road_->applied());
  }
  /// Of what is posted.
  std::string hash() const {
    const auto txn = road_->store()->read();
    return ledger::state_hash(txn.value(), data_.journal()).value();
  }
  void expect_sound() const {
    const auto txn = road_->store()->read();
    const auto found = ledger::audit(txn.value());
    ASSERT_TRUE(found.has_value());
    for (const std::string& finding : found.value().findings) ADD_FAILURE() << finding;
  }

  static test::Program pounds() {
    test::Program program;
    program.spend("base");
    program.lapse_after("soon", test::days(30), {test::days(7)});
    return program;
  }

  test::TempFolder folder_;
  metrics::Metrics metrics_{"test"};
  std::unique_ptr<Road> road_;
  DataFolder data_;
  std::atomic<std::uint64_t> message_{0};
};

}  // namespace accrue::pipeline
