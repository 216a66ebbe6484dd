#include "pipeline/sequencer.hpp"

#include <chrono>
#include <string>

namespace accrue::pipeline {
namespace {

constexpr std::size_t kMostFaultsTold = 1000;

const char* result_of(Status status) {
  switch (status) {
    case Status::posted:
      return "posted";
    case Status::duplicate:
      return "duplicate";
    case Status::conflict:
      return "conflict";
    default:
      return "refused";
  }
}

}  // namespace

Sequencer::Sequencer(WorkQueue& queue, Decider& decider, StoredBooks& books, Journaler& journaler,
                     Poster& poster, metrics::Metrics& metrics, Room& room,
                     SequencerOptions options, OnFatal on_fatal)
    : queue_(queue),
      decider_(decider),
      books_(books),
      journaler_(journaler),
      poster_(poster),
      metrics_(metrics),
      room_(room),
      options_(std::move(options)),
      on_fatal_(std::move(on_fatal)) {}

Sequencer::~Sequencer() { stop(); }

void Sequencer::start() {
  thread_ = std::thread([this] { run(); });
  pthread_setname_np(thread_.native_handle(), "sequencer");
}

void Sequencer::stop() {
  if (thread_.joinable()) thread_.join();
}

void Sequencer::run() {
  std::vector<Work> batch;
  while (queue_.take(batch)) {
    // In this order: the snapshot holds at least what is let go of.
    const Seq applied = poster_.applied();
    if (auto fresh = books_.refresh(); !fresh) return on_fatal_(fresh.error());
    between([applied](Decider& decider) { decider.posted(applied); });
    look_for_room();
    for (Work& item : batch) {
      if (auto done = work(item); !done) return on_fatal_(done.error());
      if (group_->records.size() < options_.group_max) continue;
      hand_over();
      look_for_room();
    }
    hand_over();
    for (const Error& damage : decider_.take_damages()) tell_damage(damage);
    books_.release();
    metrics_.members_cached.set(static_cast<std::int64_t>(decider_.members_cached()));
    wait_for_poster();
  }
}

void Sequencer::between(const std::function<void(Decider&)>& look) {
  const std::scoped_lock lock(deciding_);
  look(decider_);
}

Result<void> Sequencer::work(Work& item) {
  const std::scoped_lock lock(deciding_);
  if (auto* submission = std::get_if<Submission>(&item)) return answer(*submission);
  if (auto* rejection = std::get_if<Rejection>(&item)) {
    Answer answer;
    answer.error = std::move(rejection->error);
    group_->answers.emplace_back(std::move(rejection->done), std::move(answer));
    return ok();
  }
  if (auto then = std::get<Interlude>(item)(decider_))
    group_->afterwards.push_back(std::move(then));
  return ok();
}

Result<void> Sequencer::answer(Submission& submission) {
  if (!submission.quote && options_.ticks_from_feed && !room_.full()) {
    if (auto passed = pass_days(submission.received.transaction.time); !passed) return passed;
  }
  const auto begun = std::chrono::steady_clock::now();
  auto answer = decide(submission);
  if (!answer && answer.error().code != ErrorCode::corrupt) return answer.error();
  const char* result = "failed";
  if (answer) {
    result = result_of(answer.value().status);
  } else {
    // Nothing was changed: damage costs the transactions that meet it, not the daemon.
    tell_damage(answer.error());
    Answer refusal;
    refusal.error = Error{ErrorCode::internal, answer.error().message};
    answer = std::move(refusal);
  }
  if (!submission.quote) {
    metrics_.decision.observe(std::chrono::steady_clock::now() - begun);
    metrics_.transactions.with(name_of(submission.received.transaction.type), result).add();
  }
  count_faults();
  group_->answers.emplace_back(std::move(submission.done), std::move(answer.value()));
  return ok();
}

Result<Answer> Sequencer::decide(const Submission& submission) {
  if (submission.quote) return decider_.quote(submission.received);
  // What a feed had pushed before it was held is part of what room is kept for.
  if (!room_.full() || !submission.received.origin.feed.empty()) {
    return decider_.take(submission.received);
  }
  // What was recorded before is answered as ever.
  auto answer = decider_.quote(submission.received);
  if (!answer || answer.value().status != Status::quoted) return answer;
  Answer full;
  full.status = Status::full;
  full.error = {ErrorCode::exhausted, "storage full, nothing recorded: send it again later"};
  return full;
}

void Sequencer::tell_damage(const Error& damage) {
  const bool full = told_faults_.size() >= kMostFaultsTold;
  if (full || !told_faults_.insert(damage.message).second) return;
  if (options_.on_damage) options_.on_damage(damage);
}

void Sequencer::look_for_room() {
  room_.look(value_of(decider_.last()) - value_of(poster_.applied()));
  queue_.hold(room_.full());
}

/// A rule that fails does so with every sale: the count says how often, the log what it was.
void Sequencer::count_faults() {
  for (const engine::Fault& fault : decider_.take_faults()) {
    metrics_.plugin_faults.with(fault.plugin).add();
    const bool full = told_faults_.size() >= kMostFaultsTold;
    if (full || !told_faults_.insert(fault.rule + ' ' + fault.what).second) continue;
    if (options_.on_fault) options_.on_fault(fault);
  }
}

/// In feed time a day is over when the first transaction of a later one comes: what lapsed until
/// its midnight lapses before it.
Result<void> Sequencer::pass_days(Timestamp time) {
  if (next_day_ && time < *next_day_) return ok();
  const Zone& zone = *decider_.rules()->terms().zone;
  const LocalTime today = floor_to(zone.to_local(time), CalendarUnit::day);
  next_day_ = zone.to_instant(next(today, CalendarUnit::day));
  for (;;) {
    auto done = decider_.tick(zone.to_instant(today), 256);
    if (!done) return done.error();
    if (group_->records.size() >= options_.group_max) hand_over();
    if (done.value()) return ok();
  }
}

void Sequencer::record(const ledger::Entry& entry, std::string_view payload) {
  group_->records.add(payload);
  for (const Award& award : entry.decision.awards) {
    if (award.points <= Points()) continue;  // A return takes back; it gives nothing.
    metrics_.awards.with(award.rule).add();
    metrics_.award_points.with(award.rule).add(award.points.count());
  }
  for (const BalanceChange& change : entry.decision.balances) {
    metrics_.points_issued.with(change.currency).add(change.issued.count());
    metrics_.points_redeemed.with(change.currency).add(change.redeemed.count());
    metrics_.points_expired.with(change.currency).add(change.expired.count());
    metrics_.points_reversed.with(change.currency).add(change.reversed.count());
  }
}

void Sequencer::hand_over() {
  if (group_->records.empty() && group_->answers.empty() && group_->afterwards.empty()) return;
  journaler_.submit(group_);
}

/// Memory holds what is not posted: beyond the limit the road waits, and its queue fills.
void Sequencer::wait_for_poster() {
  while (value_of(decider_.last()) - value_of(poster_.applied()) > options_.unposted_max) {
    poster_.wait_applied(poster_.applied());
  }
}

}  // namespace accrue::pipeline
