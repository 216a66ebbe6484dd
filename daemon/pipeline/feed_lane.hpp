// The daemon's end of one feed: decodes what it pushes, puts it on the road in order, and tells the
// feed what became of each message. push() on the feed's thread; answers on the journaler's; show()
// on the housekeeper's.
#pragma once

#include "metrics/metrics.hpp"
#include "pipeline/decoder.hpp"
#include "pipeline/work_queue.hpp"

#include <accrue/feed.hpp>

#include <functional>
#include <string>

namespace accrue::pipeline {

class FeedLane : public Intake {
 public:
  using Clock = std::function<Timestamp()>;
  FeedLane(std::string name, Feed& feed, Decoder decoder, WorkQueue& queue,
           const metrics::Metrics& metrics, Clock clock);

  Admission push(RawMessage message) override;
  Timestamp now() const override { return clock_(); }
  /// Starts the feed behind the last position that the ledger holds.
  Result<void> start(const FeedPosition& reached);
  /// Brings the numbers of the feed's progress up to date.
  void show();
  const std::string& name() const { return name_; }
  Feed& feed() { return feed_; }

 private:
  void settle(const FeedPosition& position, const Answer& answer) const;

  std::string name_;
  Feed& feed_;
  Decoder decoder_;
  WorkQueue& queue_;
  Clock clock_;
  metrics::Counter posted_, duplicate_, rejected_;
  metrics::Counter finished_, failed_;
  metrics::Gauge position_, up_;
  FeedProgress shown_;
};

}  // namespace accrue::pipeline
