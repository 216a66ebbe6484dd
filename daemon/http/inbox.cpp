#include "http/inbox.hpp"

namespace accrue::http {

void Inbox::put(Delivery delivery) {
  const std::lock_guard lock(mutex_);
  if (!wake_) return;
  waiting_.push_back(std::move(delivery));
  if (waiting_.size() == 1) wake_();
}

void Inbox::take_all(std::vector<Delivery>& burst) {
  burst.clear();
  const std::lock_guard lock(mutex_);
  waiting_.swap(burst);
}

void Inbox::close() {
  const std::lock_guard lock(mutex_);
  wake_ = nullptr;
  waiting_.clear();
}

}  // namespace accrue::http
