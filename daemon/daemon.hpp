// accrued: builds its parts in the order in which transactions flow, and stops them in reverse.
// One object, on the main thread.
#pragma once

#include "active_rules.hpp"
#include "front_desk.hpp"
#include "http/server.hpp"
#include "parts.hpp"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace accrue {

class Daemon {
 public:
  /// Recovers, starts everything and is ready when this returns.
  static Result<std::unique_ptr<Daemon>> start(config::DaemonSettings settings,
                                               std::unique_ptr<pipeline::ProgramLoader> loader,
                                               Log& log);
  ~Daemon();

  std::uint16_t port() const { return server_->port(); }
  void reload();
  /// Every feed has brought all it has, all of it is posted, and no notice waits but those whose
  /// receivers do not take them.
  bool is_done();
  /// What keeps feeds from bringing what they have; empty when nothing does.
  std::string trouble() const;
  /// Takes nothing more in, finishes what was taken in, and returns when all is posted.
  void stop();

 private:
  class RequestMeter;

  Daemon(config::DaemonSettings settings, std::unique_ptr<pipeline::ProgramLoader> loader,
         Log& log);
  Result<void> open_road();
  Result<void> open_outbox();
  Result<void> open_desk();
  Result<void> open_server();
  std::function<std::optional<Timestamp>()> latest_time() const;
  void keep_house();
  void look_around(std::uint64_t seconds);
  void look_at_storage(std::uint64_t seconds);

  config::DaemonSettings settings_;
  pipeline::DataFolder data_;
  Log& log_;
  metrics::Metrics metrics_;
  std::unique_ptr<pipeline::ProgramLoader> loader_;
  std::unique_ptr<ActiveRules> rules_;
  std::unique_ptr<vault::Vault> vault_;
  Relays relays_;  ///< Woken by the road: made before it, stopped after it.
  std::unique_ptr<pipeline::Road> road_;
  std::unique_ptr<NoticeComposer> composer_;
  std::unique_ptr<outbox::Deliveries> deliveries_;
  std::shared_ptr<Codec> codec_;
  std::unique_ptr<FrontDesk> desk_;
  std::unique_ptr<RequestMeter> meter_;
  std::unique_ptr<http::Server> server_;
  Feeds feeds_;
  std::atomic<bool> started_{false};
  std::atomic<bool> alive_{true};            ///< The whole road has answered since last asked.
  std::optional<std::uint64_t> full_since_;  ///< Second of housekeeping; none while there is space.
  std::uint64_t notices_waiting_ = 0;        ///< When last looked at, for is_done().
  std::chrono::steady_clock::time_point fewer_at_{};
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::thread housekeeper_;
};

}  // namespace accrue
