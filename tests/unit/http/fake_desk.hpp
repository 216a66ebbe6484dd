// A desk for tests: it answers what a program with one point a sale would, keeps what it was asked,
// and does so at once, from another thread, or when told to. Any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "pipeline/desk.hpp"

namespace accrue::http::tests {

class FakeDesk final : public pipeline::Desk {
 public:
  enum class Pace { at_once, elsewhere, when_released };

  explicit FakeDesk(Pace pace = Pace::at_once) : pace_(pace) {
    if (pace_ != Pace::at_once) thread_ = std::thread([this] { run(); });
  }
  ~FakeDesk() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
  }

  /// Lets what waits, and all that comes, be answered.
  void release() {
    {
      const std::lock_guard lock(mutex_);
      pace_ = Pace::elsewhere;
    }
    changed_.notify_all();
  }

  void set_delay(std::chrono::microseconds each) { delay_ = each; }

  std::vector<RawMessage> messages() const {
    const std::lock_guard lock(mutex_);
    return messages_;
  }
  std::size_t waiting() const {
    const std::lock_guard lock(mutex_);
    return tasks_.size();
  }
  /// Waits until `count` messages have been posted.
  bool has_messages_within(std::size_t count, std::chrono::milliseconds patience) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [&] { return messages_.size() >= count; });
  }

  void post(RawMessage message, OnAnswer done) override {
    pipeline::Answer answer = answer_to(message, pipeline::Status::posted);
    keep(std::move(message));
    later([done = std::move(done), answer = std::move(answer)] { done(answer); });
  }
  void quote(RawMessage message, OnAnswer done) override {
    pipeline::Answer answer = answer_to(message, pipeline::Status::quoted);
    answer.entry.seq = Seq::none;
    later([done = std::move(done), answer = std::move(answer)] { done(answer); });
  }
  void member(const MemberId& id, std::function<void(Result<pipeline::MemberCard>)> done) override;
  /// At once only when this desk answers so; else nothing is durable yet.
  std::optional<Result<pipeline::MemberCard>> member_now(const MemberId& id) override;
  void when_posted(const MemberId&, std::function<void()> done) override { later(std::move(done)); }
  Result<pipeline::EntryPage> entries(const MemberId& id, Seq before, std::size_t limit) override;
  Result<pipeline::Entry> entry(Seq seq) override;
  pipeline::RuleSetCard rules() override {
    return {"grocer",
            "0123456789abcdef0123456789abcdef",
            Timestamp{},
            {{"base", "earning.spend", "1 point for every £1", "base", "everyday.yaml:3:5"}}};
  }
  void reload(std::function<void(Result<pipeline::RuleSetCard>)> done) override {
    if (program_is_bad) {
      Error error = reject("the program has errors");
      error.problems.push_back({"everyday.yaml:3:5", "unknown_key", "did you mean award?"});
      return later([done = std::move(done), error] { done(error); });
    }
    later([done = std::move(done), card = rules()] { done(card); });
  }
  std::string metrics_text() override { return "# TYPE accrue_up gauge\naccrue_up 1\n"; }
  pipeline::Readiness readiness() override { return ready; }

  pipeline::Readiness ready{true, ""};
  bool program_is_bad = false;

 private:
  static pipeline::Answer answer_to(const RawMessage& message, pipeline::Status status);
  static pipeline::Entry return_of(const std::string& sale);
  static pipeline::Entry sale_of(const std::string& id);

  void keep(RawMessage message) {
    {
      const std::lock_guard lock(mutex_);
      messages_.push_back(std::move(message));
    }
    changed_.notify_all();
  }
  void later(std::function<void()> task) {
    if (!thread_.joinable()) return task();
    {
      const std::lock_guard lock(mutex_);
      tasks_.push_back(std::move(task));
    }
    changed_.notify_all();
  }
  void run() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock,
                    [&] { return stopping_ || (pace_ == Pace::elsewhere && !tasks_.empty()); });
      if (stopping_) return;
      const auto task = std::move(tasks_.front());
      tasks_.pop_front();
      lock.unlock();
      if (delay_.count() > 0) std::this_thread::sleep_for(delay_);
      task();
      lock.lock();
    }
  }

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  Pace pace_;
  std::chrono::microseconds delay_{0};
  std::vector<RawMessage> messages_;
  std::deque<std::function<void()>> tasks_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace accrue::http::tests
