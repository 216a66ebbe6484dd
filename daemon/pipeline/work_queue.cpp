#include "pipeline/work_queue.hpp"

#include <chrono>

namespace accrue::pipeline {
namespace {

constexpr std::chrono::milliseconds kHeldFor(200);

}  // namespace

bool WorkQueue::try_push(Work& work, std::size_t stretch) {
  const std::scoped_lock lock(mutex_);
  if (closed_ || waiting_.size() >= capacity_ * stretch) return false;
  waiting_.push_back(std::move(work));
  if (waiting_.size() == 1) filled_.notify_one();
  return true;
}

bool WorkQueue::push(Work work) {
  std::unique_lock lock(mutex_);
  emptied_.wait(lock, [&] { return closed_ || (!held_ && waiting_.size() < capacity_); });
  if (closed_) return false;
  waiting_.push_back(std::move(work));
  if (waiting_.size() == 1) filled_.notify_one();
  return true;
}

bool WorkQueue::push_interlude(Interlude interlude) {
  const std::scoped_lock lock(mutex_);
  if (closed_) return false;
  waiting_.emplace_back(std::move(interlude));
  if (waiting_.size() == 1) filled_.notify_one();
  return true;
}

bool WorkQueue::take(std::vector<Work>& batch) {
  batch.clear();
  std::unique_lock lock(mutex_);
  const auto filled = [&] { return closed_ || woken_ || !waiting_.empty(); };
  if (held_) {
    filled_.wait_for(lock, kHeldFor, filled);
  } else {
    filled_.wait(lock, filled);
  }
  woken_ = false;
  std::swap(batch, waiting_);
  emptied_.notify_all();
  return !(closed_ && batch.empty());
}

void WorkQueue::wake() {
  const std::scoped_lock lock(mutex_);
  woken_ = true;
  filled_.notify_one();
}

void WorkQueue::hold(bool held) {
  const std::scoped_lock lock(mutex_);
  held_ = held;
  if (!held) emptied_.notify_all();
}

void WorkQueue::close() {
  const std::scoped_lock lock(mutex_);
  closed_ = true;
  filled_.notify_all();
  emptied_.notify_all();
}

std::size_t WorkQueue::depth() const {
  const std::scoped_lock lock(mutex_);
  return waiting_.size();
}

}  // namespace accrue::pipeline
