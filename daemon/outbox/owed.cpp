#include "outbox/owed.hpp"

#include "outbox/outbox.hpp"

#include <algorithm>

namespace accrue::outbox {

Owed::Owed(const std::string& notifier, const metrics::Metrics& metrics)
    : counted_{notifier, Seq::none, 0},
      due_(metrics.outbox_due.with(notifier)),
      age_(metrics.outbox_oldest.with(notifier)) {}

Result<void> Owed::count(store::Environment& store) {
  const std::lock_guard lock(mutex_);
  auto snapshot = store.read();
  if (!snapshot) return snapshot.error();
  auto more = count_due(snapshot.value(), counted_);
  if (!more) return more.error();
  owed_ += static_cast<std::int64_t>(more.value());
  return ok();
}

void Owed::settle(std::size_t outcomes) {
  const std::lock_guard lock(mutex_);
  owed_ -= static_cast<std::int64_t>(outcomes);
}

void Owed::set_oldest(std::optional<Instant> seen) {
  const std::lock_guard lock(mutex_);
  oldest_ = seen;
}

void Owed::show(Instant now) const {
  const std::lock_guard lock(mutex_);
  // A notice may be delivered a moment before it is counted.
  due_.set(std::max<std::int64_t>(owed_, 0));
  const auto age = oldest_ ? now - *oldest_ : Instant::duration::zero();
  age_.set(std::chrono::duration_cast<std::chrono::seconds>(age).count());
}

}  // namespace accrue::outbox
