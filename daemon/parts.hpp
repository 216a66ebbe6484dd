// The daemon's moving parts at its two ends: feeds that bring transactions, relays that carry
// notices out. Built and stopped by the composition root, on its thread.
#pragma once

#include "composer.hpp"
#include "config/daemon_settings.hpp"
#include "outbox/relay.hpp"
#include "pipeline/feed_lane.hpp"
#include "pipeline/program_loader.hpp"
#include "pipeline/road.hpp"

#include <memory>
#include <string>
#include <vector>

namespace accrue {

/// The notifiers that deliver each kind of notice, as accrued.yaml names them.
engine::NoticeRouting routing_of(const config::DaemonSettings& settings);

class Feeds {
 public:
  struct Parts {
    const host::PluginSet& plugins;
    pipeline::Road& road;
    vault::Vault* vault;
    std::function<std::optional<Timestamp>()> latest;
    const metrics::Metrics& metrics;
    Log& log;
    pipeline::DataFolder data;
  };
  /// Makes every feed of the settings; starts none.
  Result<void> make(const std::vector<config::FeedSettings>& settings, const Parts& parts);
  /// Each continues behind the position that the ledger holds.
  Result<void> start(store::Environment& store);
  /// True when no feed has anything more to bring, or can bring it.
  bool finished() const;
  /// What holds feeds up, by name; empty when nothing does.
  std::string trouble() const;
  /// Brings their numbers up to date; one thread.
  void show();
  void stop();

 private:
  struct Made {
    std::shared_ptr<Feed> feed;
    std::unique_ptr<pipeline::FeedLane> lane;
  };
  std::vector<Made> feeds_;
};

class Relays {
 public:
  struct Parts {
    const host::PluginSet& plugins;
    outbox::Composer& composer;
    store::Environment& store;
    outbox::Deliveries& deliveries;
    metrics::Metrics& metrics;
    Log& log;
    pipeline::OnFatal on_fatal;
    pipeline::DataFolder data;
  };
  Result<void> make(const std::vector<config::NotifierSettings>& settings, const Parts& parts);
  Result<void> start();
  /// There may be new notices. After each commit, on the poster's thread.
  void wake();
  /// Brings their numbers up to date; one thread.
  void show();
  void stop();

 private:
  struct Made {
    std::shared_ptr<Notifier> notifier;
    std::unique_ptr<outbox::Relay> relay;
  };
  std::vector<Made> relays_;
};

/// A codec of the plugin folder with these settings.
Result<std::shared_ptr<Codec>> make_codec(const host::PluginSet& plugins, const std::string& plugin,
                                          const Settings& settings, Log& log);

}  // namespace accrue
