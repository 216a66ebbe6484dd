#include "pipeline/feed_lane.hpp"

namespace accrue::pipeline {

FeedLane::FeedLane(std::string name, Feed& feed, Decoder decoder, WorkQueue& queue,
                   const metrics::Metrics& metrics)
    : name_(std::move(name)),
      feed_(feed),
      decoder_(std::move(decoder)),
      queue_(queue),
      posted_(metrics.feed_messages.with(name_, "posted")),
      duplicate_(metrics.feed_messages.with(name_, "duplicate")),
      rejected_(metrics.feed_messages.with(name_, "rejected")),
      position_(metrics.feed_position.with(name_)) {}

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
