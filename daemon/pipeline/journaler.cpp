#include "pipeline/journaler.hpp"

#include <chrono>

namespace accrue::pipeline {

void Group::clear() {
  records.clear();
  answers.clear();
  afterwards.clear();
}

Journaler::Journaler(std::unique_ptr<journal::Journal> journal, metrics::Metrics& metrics,
                     std::function<void(Seq)> on_durable, OnFatal on_fatal)
    : journal_(std::move(journal)),
      metrics_(metrics),
      on_durable_(std::move(on_durable)),
      on_fatal_(std::move(on_fatal)),
      durable_(journal_->last()),
      thread_([this] { run(); }) {}

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
  if (thread_.joinable()) thread_.join();
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

bool Journaler::write(Group& group) {
  if (!group.records.empty()) {
    const auto begun = std::chrono::steady_clock::now();
    if (auto written = journal_->write(group.records); !written) {
      metrics_.journal_errors.add();
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
