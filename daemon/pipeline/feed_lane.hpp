// The daemon's end of one feed: decodes what it pushes, puts it on the road in order, and tells the
// feed what became of each message. push() on the feed's thread; answers on the journaler's.
#pragma once

#include "metrics/metrics.hpp"
#include "pipeline/decoder.hpp"
#include "pipeline/work_queue.hpp"

#include <accrue/feed.hpp>

#include <string>

namespace accrue::pipeline {

class FeedLane : public Intake {
 public:
  FeedLane(std::string name, Feed& feed, Decoder decoder, WorkQueue& queue,
           const metrics::Metrics& metrics);

  Admission push(RawMessage message) override;
  const std::string& name() const { return name_; }
  Feed& feed() { return feed_; }

 private:
  void settle(const FeedPosition& position, const Answer& answer) const;

  std::string name_;
  Feed& feed_;
  Decoder decoder_;
  WorkQueue& queue_;
  metrics::Counter posted_, duplicate_, rejected_;
  metrics::Gauge position_;
};

}  // namespace accrue::pipeline
