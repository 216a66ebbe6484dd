#include "pipeline/poster.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

namespace accrue::pipeline {
namespace {

constexpr const char* kWho = "the ledger";
constexpr std::chrono::milliseconds kShortestPause(100);
constexpr std::chrono::milliseconds kLongestPause(5000);

/// Adds records to the posting until a limit is reached. True when `until` or the journal's end is.
Result<bool> fill(journal::Reader& reader, Seq until, const CommitLimits& limits,
                  store::WriteTxn& txn, ledger::Posting& posting) {
  while (posting.applied().seq < until) {
    const bool full = posting.records() >= limits.records || txn.bytes() >= limits.bytes ||
                      txn.dirty_pages_at_most() >= limits.pages;
    if (full) return false;
    auto record = reader.next();
    if (!record) return record.error();
    if (!record.value()) return true;
    auto entry =
        posting.add(record.value()->seq, record.value()->payload, bytes_of(record.value()->chain));
    if (!entry) return entry.error();
    auto owed = outbox::enqueue(txn, entry.value().seq, entry.value().decision.notices);
    if (!owed) return owed.error();
  }
  return true;
}

Result<Seq> first_unposted(store::Environment& store) {
  auto txn = store.read();
  if (!txn) return txn.error();
  auto reached = ledger::applied(txn.value());
  if (!reached) return reached.error();
  return next_after(reached.value().seq);
}

Result<void> post_from(journal::Reader& reader, store::Environment& store, Seq until,
                       const CommitLimits& limits, const Committed& committed) {
  for (bool done = false; !done;) {
    const auto begun = std::chrono::steady_clock::now();
    auto txn = store.write();
    if (!txn) return txn.error();
    auto posting = ledger::Posting::begin(txn.value());
    if (!posting) return posting.error();
    auto filled = fill(reader, until, limits, txn.value(), posting.value());
    if (!filled) return filled.error();
    done = filled.value();
    if (posting.value().records() == 0) continue;
    if (auto finished = posting.value().finish(); !finished) return finished.error();
    if (auto stored = std::move(txn.value()).commit(); !stored) return stored.error();
    if (committed) committed(posting.value(), std::chrono::steady_clock::now() - begun);
  }
  return ok();
}

}  // namespace

Result<void> post_journal(store::Environment& store, const std::filesystem::path& journal,
                          Seq until, const CommitLimits& limits, const Committed& committed) {
  auto from = first_unposted(store);
  if (!from) return from.error();
  if (from.value() > until) return ok();
  auto reader = journal::Reader::open(journal, from.value());
  if (!reader) return reader.error();
  return post_from(reader.value(), store, until, limits, committed);
}

Poster::Poster(std::shared_ptr<store::Environment> store, std::filesystem::path journal,
               CommitLimits limits, metrics::Metrics& metrics, Room& room,
               std::function<void(Seq)> on_applied, OnFatal on_fatal)
    : store_(std::move(store)),
      journal_(std::move(journal)),
      limits_(limits),
      metrics_(metrics),
      room_(room),
      on_applied_(std::move(on_applied)),
      on_fatal_(std::move(on_fatal)) {}

Poster::~Poster() { stop(); }

Result<void> Poster::catch_up(Seq last) {
  auto from = first_unposted(*store_);
  if (!from) return from.error();
  const Seq reached = static_cast<Seq>(value_of(from.value()) - 1);
  if (reached > last) {
    return Error{
        ErrorCode::corrupt,
        "the ledger is posted up to record " + std::to_string(value_of(reached)) +
            " but the journal ends with " + std::to_string(value_of(last)) +
            ": they are not of one data folder; restore the journal, or run accrue rebuild"};
  }
  applied_.store(reached, std::memory_order_release);
  {
    const std::scoped_lock lock(mutex_);
    durable_ = last;  // What lags behind it is shown after each commit.
  }
  if (reached < last) {
    auto posted = post(last);
    if (!posted) return posted.error();
  }
  auto txn = store_->read();
  if (!txn) return txn.error();
  auto sums = ledger::totals(txn.value());
  if (!sums) return sums.error();
  const std::scoped_lock lock(mutex_);
  totals_ = std::move(sums.value());
  return ok();
}

void Poster::start() {
  thread_ = std::thread([this] { run(); });
  pthread_setname_np(thread_.native_handle(), "poster");
}

void Poster::follow(Seq seq) {
  const std::scoped_lock lock(mutex_);
  durable_ = seq;
  if (!pacing_ || is_worth_a_commit()) changed_.notify_one();
}

void Poster::settle(std::vector<outbox::Outcome> outcomes) {
  const std::scoped_lock lock(mutex_);
  outcomes_.insert(outcomes_.end(), std::make_move_iterator(outcomes.begin()),
                   std::make_move_iterator(outcomes.end()));
  changed_.notify_one();
}

void Poster::when_applied(Seq seq, std::function<void()> then) {
  {
    const std::scoped_lock lock(mutex_);
    if (applied() < seq && !stuck_) {
      waiting_.emplace_back(seq, std::move(then));
      changed_.notify_one();
      return;
    }
  }
  then();
}

void Poster::call_waiting() {
  std::vector<std::pair<Seq, std::function<void()>>> ready;
  {
    const std::scoped_lock lock(mutex_);
    const auto split = std::partition(
        waiting_.begin(), waiting_.end(),
        [this, reached = applied()](const auto& one) { return one.first > reached && !stuck_; });
    std::move(split, waiting_.end(), std::back_inserter(ready));
    waiting_.erase(split, waiting_.end());
  }
  for (const auto& [seq, then] : ready) then();
}

void Poster::wait_applied(Seq seq) {
  std::unique_lock lock(mutex_);
  ++in_a_hurry_;
  changed_.notify_one();
  committed_.wait_for(lock, std::chrono::seconds(1), [&] { return applied() > seq; });
  --in_a_hurry_;
}

ledger::Totals Poster::totals() const {
  const std::scoped_lock lock(mutex_);
  return totals_;
}

void Poster::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    changed_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

void Poster::run() {
  for (;;) {
    Seq until;
    std::vector<outbox::Outcome> outcomes;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopping_ || durable_ > applied() || !outcomes_.empty(); });
      pacing_ = true;
      changed_.wait_until(lock, next_commit_, [&] { return is_worth_a_commit(); });
      pacing_ = false;
      next_commit_ = std::chrono::steady_clock::now() + limits_.pace;
      until = durable_;
      outcomes = std::exchange(outcomes_, {});
      if (until <= applied() && outcomes.empty()) return;
    }
    auto done = round(until, outcomes);
    if (!done && !wait_for_room(done.error(), std::move(outcomes))) return;
    if (!done || pause_ == pause_.zero()) continue;
    set_stuck(false);
    room_.end_waiting(kWho);
    pause_ = pause_.zero();
  }
}

bool Poster::is_worth_a_commit() const {
  return stopping_ || !waiting_.empty() || in_a_hurry_ > 0 ||
         value_of(durable_) - value_of(applied()) >= limits_.records;
}

bool Poster::wait_for_room(const Error& error, std::vector<outbox::Outcome> unsettled) {
  if (error.code != ErrorCode::exhausted) {
    on_fatal_(error);
    return false;
  }
  // Nothing of the commit is stored and all of it is in the journal: read it again, later.
  reader_.reset();
  room_.begin_waiting(kWho, error);
  set_stuck(true);
  pause_ = std::clamp(pause_ * 2, kShortestPause, kLongestPause);
  std::unique_lock lock(mutex_);
  outcomes_.insert(outcomes_.begin(), std::make_move_iterator(unsettled.begin()),
                   std::make_move_iterator(unsettled.end()));
  return !changed_.wait_for(lock, pause_, [&] { return stopping_; });
}

void Poster::set_stuck(bool stuck) {
  {
    const std::scoped_lock lock(mutex_);
    stuck_ = stuck;
  }
  if (stuck) call_waiting();
}

Result<void> Poster::round(Seq until, std::vector<outbox::Outcome>& outcomes) {
  // Outcomes come after the transactions that owed them: what they name has been posted.
  if (!outcomes.empty()) {
    auto txn = store_->write();
    if (!txn) return txn.error();
    if (auto settled = outbox::settle(txn.value(), outcomes); !settled) return settled.error();
    if (auto stored = std::move(txn.value()).commit(); !stored) return stored.error();
    outcomes.clear();
  }
  if (until <= applied()) return ok();
  return post(until);
}

Result<void> Poster::post(Seq until) {
  if (!reader_) {
    // Once: finding a place in a segment means reading the segment up to it.
    auto reader = journal::Reader::open(journal_, next_after(applied()));
    if (!reader) return reader.error();
    reader_.emplace(std::move(reader.value()));
  }
  return post_from(*reader_, *store_, until, limits_,
                   [this](const ledger::Posting& posting, std::chrono::nanoseconds took) {
                     show(posting, took);
                   });
}

void Poster::show(const ledger::Posting& posting, std::chrono::nanoseconds took) {
  metrics_.posting.observe(took);
  {
    const std::scoped_lock lock(mutex_);
    totals_ = posting.totals();
    metrics_.poster_lag.set(static_cast<std::int64_t>(value_of(durable_)) -
                            static_cast<std::int64_t>(value_of(posting.applied().seq)));
    applied_.store(posting.applied().seq, std::memory_order_release);
  }
  committed_.notify_all();
  call_waiting();
  on_applied_(posting.applied().seq);
}

}  // namespace accrue::pipeline
