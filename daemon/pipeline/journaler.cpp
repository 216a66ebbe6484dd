#include "pipeline/journaler.hpp"

#include <chrono>

namespace accrue::pipeline {
namespace {

/// How long a group waits for space on a full disk before the process gives up, and how often it
/// looks. What is kept free (room.hpp) makes this rare.
constexpr std::chrono::seconds kPatience(30);
constexpr std::chrono::milliseconds kLookAgain(100);

}  // namespace

void Group::clear() {
  records.clear();
  answers.clear();
  afterwards.clear();
}

Journaler::Journaler(std::unique_ptr<journal::Journal> journal, metrics::Metrics& metrics,
                     Room& room, std::function<void(Seq)> on_durable, OnFatal on_fatal)
    : journal_(std::move(journal)),
      metrics_(metrics),
      room_(room),
      on_durable_(std::move(on_durable)),
      on_fatal_(std::move(on_fatal)),
      durable_(journal_->last()),
      thread_([this] { run(); }) {
  pthread_setname_np(thread_.native_handle(), "journaler");
}

Journaler::~Journaler() { stop(); }

void Journaler::submit(std::unique_ptr<Group>& group) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return failed_ || waiting_.size() < 2; });
  if (failed_) return group->clear();
  waiting_.push_back(std::move(group));
  if (empty_.empty()) {
    group = std::make_unique<Group>();
  } else {
    group = std::move(empty_.back());
    empty_.pop_back();
  }
  changed_.notify_all();
}

void Journaler::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (!thread_.joinable()) return;
  thread_.join();
  // A mark that cannot be left costs no record: the next start only knows less.
  if (!failed_) static_cast<void>(journal_->close());
}

void Journaler::run() {
  for (;;) {
    std::unique_ptr<Group> group;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      group = std::move(waiting_.front());
    }
    const bool written = write(*group);
    group->clear();
    const std::scoped_lock lock(mutex_);
    if (!written) {
      failed_ = true;
      waiting_.clear();
      return changed_.notify_all();
    }
    waiting_.pop_front();
    empty_.push_back(std::move(group));
    changed_.notify_all();
  }
}

Result<void> Journaler::append(const journal::Group& records) {
  auto written = journal_->write(records);
  if (written) return written;
  metrics_.journal_errors.add();
  // No space: nothing of the group was written, and what it decided cannot be taken back.
  const auto give_up = std::chrono::steady_clock::now() + kPatience;
  const auto pause = [&] {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kLookAgain, [&] { return stopping_; });
    return !stopping_ && std::chrono::steady_clock::now() < give_up;
  };
  while (!written && written.error().code == ErrorCode::exhausted) {
    room_.begin_waiting("the journal", written.error());
    if (!pause()) break;
    written = journal_->write(records);
  }
  room_.end_waiting("the journal");
  return written;
}

bool Journaler::write(Group& group) {
  if (!group.records.empty()) {
    const auto begun = std::chrono::steady_clock::now();
    if (auto written = append(group.records); !written) {
      on_fatal_(written.error());
      return false;  // The answers are never sent: a retry with the same id will tell.
    }
    metrics_.journal_sync.observe(std::chrono::steady_clock::now() - begun);
    metrics_.journal_group.observe(static_cast<std::int64_t>(group.records.size()));
    durable_.store(journal_->last(), std::memory_order_release);
    on_durable_(journal_->last());
  }
  for (auto& [done, answer] : group.answers) done(std::move(answer));
  for (auto& then : group.afterwards) then();
  return true;
}

}  // namespace accrue::pipeline
