// A store, a deliveries log and a notifier that does what the test says, on a clock that the test
// moves. One thread unless a test says otherwise.
#pragma once

#include "outbox/courier.hpp"
#include "outbox/deliveries.hpp"
#include "outbox/outbox.hpp"

#include <gtest/gtest.h>

#include <unistd.h>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace accrue::outbox {

inline Seq seq(std::uint64_t number) { return static_cast<Seq>(number); }

inline Notice notice_to(std::vector<std::string> notifiers) {
  Notice notice;
  notice.to = std::move(notifiers);
  return notice;
}

/// Remembers lines; any thread.
class FakeLog : public Log {
 public:
  void write(LogLevel, std::string_view line) override {
    const std::lock_guard lock(mutex_);
    text_ += std::string(line) + "\n";
  }
  std::string text() {
    const std::lock_guard lock(mutex_);
    return text_;
  }

 private:
  std::mutex mutex_;
  std::string text_;
};

class FakeNotifier : public Notifier {
 public:
  DeliveryResult deliver(const Delivery& delivery) override {
    attempts.push_back(delivery.id);
    return answer(delivery);
  }
  std::function<DeliveryResult(const Delivery&)> answer = [](const Delivery&) {
    return DeliveryResult{};
  };
  std::vector<std::string> attempts;
};

class FakeComposer : public Composer {
 public:
  Result<Delivery> compose(const OutboxKey& key) override {
    if (const auto found = errors.find(key.notice_id()); found != errors.end()) {
      return found->second;
    }
    Delivery delivery;
    delivery.id = key.notice_id();
    return delivery;
  }
  std::map<std::string, Error> errors;
};

class OutboxTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "accrue_outbox_XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    open_store("store");
    open_log();
  }
  void TearDown() override {
    deliveries_.reset();
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  void open_store(const std::string& name) {
    store_.reset();
    auto opened = store::Environment::open(
        folder_ / name,
        {.map_bytes = 64ull << 20, .max_readers = 16, .allow_any_filesystem = true});
    ASSERT_TRUE(opened.has_value()) << opened.error().message;
    store_ = opened.value();
  }
  void open_log() {
    deliveries_.reset();
    auto opened = Deliveries::open(log_folder(), [this](std::vector<Outcome> outcomes) {
      const std::lock_guard lock(recorded_mutex_);
      recorded_.insert(recorded_.end(), outcomes.begin(), outcomes.end());
    });
    ASSERT_TRUE(opened.has_value()) << opened.error().message;
    deliveries_ = std::move(opened.value());
  }
  std::filesystem::path log_folder() const { return folder_ / "deliveries"; }

  void write(const std::function<Result<void>(store::WriteTxn&)>& change) {
    auto txn = store_->write();
    ASSERT_TRUE(txn.has_value()) << txn.error().message;
    const auto changed = change(txn.value());
    ASSERT_TRUE(changed.has_value()) << changed.error().message;
    ASSERT_TRUE(std::move(txn.value()).commit().has_value());
  }
  void owe(std::uint64_t number, const std::vector<Notice>& notices) {
    write([&](store::WriteTxn& txn) { return enqueue(txn, seq(number), notices); });
  }
  /// One notice by each of the transactions first … last, in one commit.
  void owe_each(std::uint64_t first, std::uint64_t last, const Notice& notice) {
    write([&](store::WriteTxn& txn) {
      for (std::uint64_t number = first; number <= last; ++number) {
        if (auto put = enqueue(txn, seq(number), {&notice, 1}); !put) return put;
      }
      return ok();
    });
  }
  /// What the poster does with the outcomes it was handed.
  void apply_recorded() {
    write([&](store::WriteTxn& txn) { return settle(txn, recorded_); });
    recorded_.clear();
  }
  /// "1-0 1-1 7-0": what a notifier still owes by the store.
  std::string owed_by(const std::string& notifier) {
    auto snapshot = store_->read();
    std::string text;
    for (const OutboxKey& key :
         due(snapshot.value(), {notifier, Seq::none, 0}, 1'000'000).value()) {
      text += (text.empty() ? "" : " ") + key.notice_id();
    }
    return text;
  }
  std::vector<Dead> dead_of(const std::string& notifier) {
    auto snapshot = store_->read();
    return dead(snapshot.value(), {notifier, Seq::none, 0}, 1'000'000).value();
  }

  std::filesystem::path folder_;
  std::shared_ptr<store::Environment> store_;
  std::unique_ptr<Deliveries> deliveries_;
  std::mutex recorded_mutex_;
  std::vector<Outcome> recorded_;
};

}  // namespace accrue::outbox
