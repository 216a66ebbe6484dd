#include "outbox/courier.hpp"

#include <algorithm>
#include <exception>

namespace accrue::outbox {
namespace {

constexpr std::chrono::milliseconds kRound{500};  // Outcomes wait no longer for their sync.
constexpr std::chrono::seconds kStoreBusy{1};     // All its reader slots are taken.
constexpr std::size_t kFetch = 256;

bool may_pass(ErrorCode code) {
  return code == ErrorCode::retry_later || code == ErrorCode::exhausted;
}

/// Whether words for a notice cannot be found later either.
bool is_final(ErrorCode code) {
  return code == ErrorCode::reject_input || code == ErrorCode::corrupt ||
         code == ErrorCode::unsupported;
}

}  // namespace

Courier::Courier(CourierParts parts, CourierSettings settings)
    : parts_(std::move(parts)),
      settings_(settings),
      backoff_(settings.first_pause, settings.longest_pause, settings.seed),
      position_{parts_.notifier, Seq::none, 0},
      owed_(parts_.notifier, parts_.metrics) {
  const std::string& name = parts_.notifier;
  delivered_ = parts_.metrics.notices.with(name, "delivered");
  retried_ = parts_.metrics.notices.with(name, "retried");
  dead_ = parts_.metrics.notices.with(name, "dead");
  faults_ = parts_.metrics.plugin_faults.with(name);
  off_ = parts_.metrics.notifier_disabled.with(name);
}

Result<Instant> Courier::round(const std::atomic<bool>& stopping) {
  std::vector<Outcome> outcomes;
  const auto worked = work(stopping, outcomes);
  // What was delivered is recorded whatever else failed.
  const std::size_t settled = outcomes.size();
  if (auto recorded = parts_.deliveries.record(std::move(outcomes)); !recorded) {
    return recorded.error();
  }
  owed_.settle(settled);
  note_oldest({});
  show();
  if (worked.has_value()) return next_call();
  if (may_pass(worked.error().code)) return parts_.now() + kStoreBusy;
  return worked.error();
}

void Courier::stop() {
  try {
    parts_.plugin.stop();
  } catch (...) {
    faults_.add();
    parts_.log.write(LogLevel::error, "notifier " + parts_.notifier + " threw when told to stop");
  }
}

Result<void> Courier::work(const std::atomic<bool>& stopping, std::vector<Outcome>& outcomes) {
  const Instant end = parts_.now() + kRound;
  while (!stopping && !disabled_ && outcomes.size() < settings_.batch) {
    const Instant now = parts_.now();
    if (now >= end || now < not_before_) break;
    auto pending = take();
    if (!pending) return pending.error();
    if (!pending.value()) break;
    note_oldest(pending.value()->first_seen);
    attempt(std::move(*pending.value()), stopping, outcomes);
  }
  return ok();
}

Result<std::optional<Courier::Pending>> Courier::take() {
  if (!waiting_.empty() && waiting_.begin()->first <= parts_.now()) {
    auto node = waiting_.extract(waiting_.begin());
    return std::optional(std::move(node.mapped()));
  }
  if (waiting_.size() >= settings_.window) return std::optional<Pending>();
  if (fresh_.empty()) {
    if (auto filled = refill(); !filled) return filled.error();
  }
  if (fresh_.empty()) return std::optional<Pending>();
  std::optional<Pending> next(std::move(fresh_.front()));
  fresh_.pop_front();
  return next;
}

// Reads only forward: every new notice has a key behind all before it, and what lies before
// position_ is in fresh_, in waiting_ or settled. So a settled notice that the poster has not taken
// out yet is never read again.
Result<void> Courier::refill() {
  auto snapshot = parts_.store.read();
  if (!snapshot) return snapshot.error();
  auto found = due(snapshot.value(), position_, kFetch);
  if (!found) return found.error();
  more_ = found.value().size() == kFetch;
  for (OutboxKey& key : found.value()) {
    position_ = key;
    fresh_.push_back({std::move(key), parts_.now(), 0});
  }
  return ok();
}

void Courier::attempt(Pending pending, const std::atomic<bool>& stopping,
                      std::vector<Outcome>& outcomes) {
  ++pending.attempts;
  const DeliveryResult result = deliver(pending.key);
  if (stopping && result.state == DeliveryState::retry) {
    // Cut short by us, as likely as not: no failure of the receiver's.
    waiting_.emplace(parts_.now(), std::move(pending));
    return;
  }
  switch (result.state) {
    case DeliveryState::delivered:
      failures_ = 0;
      delivered_.add();
      outcomes.push_back({std::move(pending.key), true, "", Seq::none});
      return;
    case DeliveryState::dead:
      return give_up(pending, result.reason, outcomes);
    case DeliveryState::disabled:
      return disable(std::move(pending), result);
    case DeliveryState::retry:
      return postpone(std::move(pending), result, outcomes);
  }
  give_up(pending, "the notifier answered with a state that does not exist", outcomes);
}

DeliveryResult Courier::deliver(const OutboxKey& key) {
  const auto composed = parts_.composer.compose(key);
  if (!composed) {
    const bool dead = is_final(composed.error().code);
    return {dead ? DeliveryState::dead : DeliveryState::retry, composed.error().message, {}};
  }
  return call_plugin(composed.value());
}

DeliveryResult Courier::call_plugin(const Delivery& delivery) {
  std::string thrown;
  try {
    return parts_.plugin.deliver(delivery);
  } catch (const std::exception& exception) {
    thrown = exception.what();
  } catch (...) {
    thrown = "something that is no std::exception";
  }
  faults_.add();
  parts_.log.write(LogLevel::error, "notifier " + parts_.notifier + " threw at notice " +
                                        delivery.id + ": " + thrown);
  return {DeliveryState::retry, "the notifier threw " + thrown, {}};
}

void Courier::postpone(Pending pending, const DeliveryResult& result,
                       std::vector<Outcome>& outcomes) {
  ++failures_;
  const Instant now = parts_.now();
  auto asked = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::clamp<std::chrono::seconds>(result.retry_after.value_or(std::chrono::seconds(0)),
                                       std::chrono::seconds(0), settings_.max_age));
  if (asked.count() > 0) not_before_ = std::max(not_before_, now + asked);
  if (failures_ >= settings_.failures_in_a_row) {
    const auto rest = backoff_.pause(failures_ - settings_.failures_in_a_row + 1);
    not_before_ = std::max(not_before_, now + rest);
  }
  const Instant next = now + std::max(asked, backoff_.pause(pending.attempts));
  if (pending.attempts >= settings_.max_attempts || next - pending.first_seen > settings_.max_age) {
    const std::string tried = std::to_string(pending.attempts);
    return give_up(pending, "given up after " + tried + " attempts: " + result.reason, outcomes);
  }
  retried_.add();
  if (pending.attempts == 1) {
    parts_.log.write(LogLevel::warning, "notifier " + parts_.notifier + ", notice " +
                                            pending.key.notice_id() + ": " + result.reason +
                                            "; it will be tried again");
  }
  waiting_.emplace(next, std::move(pending));
}

void Courier::give_up(const Pending& pending, std::string reason, std::vector<Outcome>& outcomes) {
  dead_.add();
  reason.resize(std::min(reason.size(), kMaxReason));
  parts_.log.write(LogLevel::error, "notifier " + parts_.notifier + ", notice " +
                                        pending.key.notice_id() + " is dead: " + reason);
  outcomes.push_back({pending.key, false, std::move(reason), Seq::none});
}

void Courier::disable(Pending pending, const DeliveryResult& result) {
  disabled_ = true;
  off_.set(1);
  waiting_.emplace(parts_.now(), std::move(pending));
  parts_.log.write(LogLevel::error, "notifier " + parts_.notifier +
                                        " is switched off until a restart: " + result.reason);
}

/// `tried`: of the notice that is being delivered.
void Courier::note_oldest(std::optional<Instant> tried) {
  std::optional<Instant> oldest = tried;
  const auto older = [&oldest](Instant seen) { oldest = oldest ? std::min(*oldest, seen) : seen; };
  if (!fresh_.empty()) older(fresh_.front().first_seen);
  for (const auto& [at, pending] : waiting_) older(pending.first_seen);
  owed_.set_oldest(oldest);
}

Instant Courier::next_call() const {
  const Instant now = parts_.now();
  const bool idle = fresh_.empty() && waiting_.empty() && !more_;
  if (idle) return Instant::max();
  if (disabled_) return Instant::max();
  Instant next = waiting_.empty() ? Instant::max() : waiting_.begin()->first;
  if (waiting_.size() < settings_.window && (!fresh_.empty() || more_)) next = now;
  return std::max(next, not_before_);
}

}  // namespace accrue::outbox
