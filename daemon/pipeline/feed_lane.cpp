#include "pipeline/feed_lane.hpp"

#include <algorithm>

namespace accrue::pipeline {

FeedLane::FeedLane(std::string name, Feed& feed, Decoder decoder, WorkQueue& queue,
                   const metrics::Metrics& metrics, Clock clock)
    : name_(std::move(name)),
      feed_(feed),
      decoder_(std::move(decoder)),
      queue_(queue),
      clock_(std::move(clock)),
      posted_(metrics.feed_messages.with(name_, "posted")),
      duplicate_(metrics.feed_messages.with(name_, "duplicate")),
      rejected_(metrics.feed_messages.with(name_, "rejected")),
      finished_(metrics.feed_sources.with(name_, "finished")),
      failed_(metrics.feed_sources.with(name_, "failed")),
      position_(metrics.feed_position.with(name_)),
      up_(metrics.feed_up.with(name_)) {
  up_.set(1);
}

Result<void> FeedLane::start(const FeedPosition& reached) {
  position_.set(static_cast<std::int64_t>(reached.message));
  return feed_.start(*this, reached);
}

void FeedLane::show() {
  FeedProgress now = feed_.progress();
  const auto more = [](std::uint64_t count, std::uint64_t before) {
    return static_cast<std::int64_t>(count - std::min(before, count));
  };
  finished_.add(more(now.sources_finished, shown_.sources_finished));
  failed_.add(more(now.sources_failed, shown_.sources_failed));
  up_.set(now.trouble.empty() ? 1 : 0);
  shown_ = std::move(now);
}

Admission FeedLane::push(RawMessage message) {
  auto received = decoder_.decode(message, name_);
  auto done = [this, position = message.position](const Answer& answer) {
    settle(position, answer);
  };
  const bool taken = received
                         ? queue_.push(Submission{std::move(received.value()), std::move(done)})
                         : queue_.push(Rejection{received.error(), std::move(done)});
  return taken ? Admission::accepted : Admission::stopping;
}

void FeedLane::settle(const FeedPosition& position, const Answer& answer) const {
  position_.set(static_cast<std::int64_t>(position.message));
  switch (answer.status) {
    case Status::posted:
      posted_.add();
      return feed_.settled(position, Settlement::posted, nullptr);
    case Status::duplicate:
      duplicate_.add();
      return feed_.settled(position, Settlement::duplicate, nullptr);
    default:
      rejected_.add();
      return feed_.settled(position, Settlement::rejected, &answer.error);
  }
}

}  // namespace accrue::pipeline
