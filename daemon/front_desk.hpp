// What the HTTP API may ask of the daemon, answered: transactions go on the road, fresh states are
// asked of the sequencer, statements are read from the ledger. Any thread.
#pragma once

#include "pipeline/decoder.hpp"
#include "pipeline/desk.hpp"
#include "pipeline/road.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <string>

namespace accrue {

class FrontDesk : public pipeline::Desk {
 public:
  using Reload = std::function<void(std::function<void(Result<pipeline::RuleSetCard>)>)>;

  FrontDesk(pipeline::Road& road, pipeline::Decoder decoder, const metrics::Metrics& metrics,
            std::function<pipeline::RuleSetCard()> rules, Reload reload)
      : road_(road),
        decoder_(std::move(decoder)),
        metrics_(metrics),
        rules_(std::move(rules)),
        reload_(std::move(reload)) {}

  void post(RawMessage message, OnAnswer done) override;
  void quote(RawMessage message, OnAnswer done) override;
  void member(const MemberId& id, std::function<void(Result<pipeline::MemberCard>)> done) override;
  std::optional<Result<pipeline::MemberCard>> member_now(const MemberId& id) override;
  void when_posted(const MemberId& id, std::function<void()> done) override;
  Result<pipeline::EntryPage> entries(const MemberId& id, Seq before, std::size_t limit) override;
  Result<pipeline::Entry> entry(Seq seq) override;
  pipeline::RuleSetCard rules() override { return rules_(); }
  void reload(std::function<void(Result<pipeline::RuleSetCard>)> done) override {
    reload_(std::move(done));
  }
  std::string metrics_text() override { return metrics_.text(); }
  pipeline::Readiness readiness() override;

  void set_ready(bool ready) { ready_.store(ready); }
  /// The disk has no room; the road refuses what is new until it has.
  void set_storage_full(bool full) { storage_full_.store(full); }

 private:
  void submit(const RawMessage& message, OnAnswer done, bool quote);

  pipeline::Road& road_;
  pipeline::Decoder decoder_;
  const metrics::Metrics& metrics_;
  std::function<pipeline::RuleSetCard()> rules_;
  Reload reload_;
  std::atomic<bool> ready_{false};
  std::atomic<bool> storage_full_{false};
};

}  // namespace accrue
