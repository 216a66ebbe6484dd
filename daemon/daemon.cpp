#include "daemon.hpp"

#include "clock.hpp"
#include "housekeeping.hpp"
#include "version.hpp"

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace accrue {

/// Counts HTTP requests.
class Daemon::RequestMeter : public http::HttpObserver {
 public:
  explicit RequestMeter(const metrics::Metrics& metrics) : metrics_(metrics) {}
  void request(std::string_view route, int status, std::chrono::nanoseconds took) override {
    metrics_.http_requests.with(route, std::to_string(status)).add();
    metrics_.http_seconds.with(route).observe(took);
  }

 private:
  const metrics::Metrics& metrics_;
};

namespace {

/// After a failed sync nobody knows what the disk holds: only a fresh process may go on.
pipeline::OnFatal exit_at_once(Log& log) {
  return [&log](const Error& error) {
    log.write(LogLevel::error, "fatal, exiting so that the journal can tell: " + error.message);
    std::_Exit(74);  // EX_IOERR
  };
}

std::function<void(const Error&)> tell_unpacked(Log& log) {
  return [&log](const Error& error) {
    const bool damaged = error.code == ErrorCode::corrupt;
    log.write(damaged ? LogLevel::error : LogLevel::warning,
              std::string("a file of the journal is not packed") +
                  (damaged ? ": " : " now, but later: ") + error.message);
  };
}

/// A data folder that can never be made is a wrong setting; one that cannot be now is not.
Error setting_or_system(Error error, const std::filesystem::path& folder) {
  if (error.code != ErrorCode::exhausted) return error;
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  const bool never = failed == std::errc::not_a_directory ||
                     failed == std::errc::permission_denied ||
                     failed == std::errc::filename_too_long;
  if (never) error.code = ErrorCode::reject_input;
  return error;
}

}  // namespace

Daemon::Daemon(config::DaemonSettings settings, std::unique_ptr<pipeline::ProgramLoader> loader,
               Log& log)
    : settings_(std::move(settings)),
      data_{settings_.data_folder},
      log_(log),
      metrics_(kVersion),
      loader_(std::move(loader)) {}

Daemon::~Daemon() { stop(); }

Result<std::unique_ptr<Daemon>> Daemon::start(config::DaemonSettings settings,
                                              std::unique_ptr<pipeline::ProgramLoader> loader,
                                              Log& log) {
  std::unique_ptr<Daemon> daemon(new Daemon(std::move(settings), std::move(loader), log));
  if (auto opened = daemon->open_road(); !opened) return opened.error();
  if (auto opened = daemon->open_outbox(); !opened) return opened.error();
  if (auto opened = daemon->open_desk(); !opened) return opened.error();
  if (auto opened = daemon->open_server(); !opened) return opened.error();
  return daemon;
}

Result<void> Daemon::open_road() {
  rules_ = std::make_unique<ActiveRules>(*loader_, settings_.program_folder, metrics_, log_);
  rules_->archive_into(data_.rule_sets());
  if (auto loaded = rules_->load(); !loaded) return setting_or_system(loaded.error(), data_.root);
  auto vault = vault::Vault::open(data_.vault());
  if (!vault) return vault.error();
  vault_ = std::move(vault.value());
  pipeline::RoadOptions options;
  options.data = data_;
  options.journal.segment_bytes = settings_.segment_mb << 20;
  options.pack = settings_.pack_journal;
  options.packer.on_error = tell_unpacked(log_);
  options.store.map_bytes = settings_.map_gb << 30;
  options.store.allow_any_filesystem = settings_.allow_any_filesystem;
  options.sequencer = {
      settings_.group_max, settings_.unposted_max, settings_.ticks == config::TickSource::feed,
      [this](const engine::Fault& fault) {
        log_.write(LogLevel::error, "rule " + fault.rule + " of plugin " + fault.plugin +
                                        " gives nothing: it " + fault.what);
      },
      [this](const Error& damage) {
        log_.write(LogLevel::error,
                   "stored data are damaged; what needs them is refused: " + damage.message);
      }};
  options.decider = {settings_.cache_mb << 20, routing_of(settings_)};
  options.queue = settings_.queue;
  auto road = pipeline::Road::open(
      std::move(options), metrics_,
      [this](Seq) {
        if (started_) relays_.wake();
      },
      exit_at_once(log_));
  if (!road) return road.error();
  road_ = std::move(road.value());
  if (road_->bytes_cut() > 0) {
    log_.write(LogLevel::warning, "cut " + std::to_string(road_->bytes_cut()) +
                                      " bytes of an unfinished write off the journal");
  }
  if (!road_->store()->note().empty()) log_.write(LogLevel::warning, road_->store()->note());
  return ok();
}

Result<void> Daemon::open_outbox() {
  // Opened first: that cuts what a crash left half written off the log's end.
  auto deliveries = outbox::Deliveries::open(
      data_.deliveries(),
      [this](std::vector<outbox::Outcome> outcomes) { road_->settle(std::move(outcomes)); });
  if (!deliveries) return deliveries.error();
  deliveries_ = std::move(deliveries.value());
  auto applied = outbox::catch_up(*road_->store(), data_.deliveries());
  if (!applied) return applied.error();
  composer_ = std::make_unique<NoticeComposer>(road_->store(), road_->archive(), *vault_,
                                               [this] { return rules_->current(); });
  return relays_.make(settings_.notifiers,
                      {loader_->plugins(), *composer_, *road_->store(), *deliveries_, metrics_,
                       log_, exit_at_once(log_), data_});
}

std::function<std::optional<Timestamp>()> Daemon::latest_time() const {
  if (settings_.ticks == config::TickSource::feed) return {};
  return [] { return std::optional<Timestamp>(now() + std::chrono::hours(24)); };
}

Result<void> Daemon::open_desk() {
  auto codec = make_codec(loader_->plugins(), "json", Settings(), log_);
  if (!codec) return codec.error();
  codec_ = std::move(codec.value());
  desk_ = std::make_unique<FrontDesk>(
      *road_, pipeline::Decoder({*codec_, vault_.get(), latest_time()}), metrics_,
      [this] { return rules_->card(); },
      [this](ActiveRules::Done done) { rules_->reload(std::move(done)); });
  return feeds_.make(settings_.feeds, {loader_->plugins(), *road_, vault_.get(), latest_time(),
                                       metrics_, log_, data_});
}

Result<void> Daemon::open_server() {
  const config::HttpSettings& http = settings_.http;
  http::Options options;
  const bool v6 = http.address.find(':') != std::string::npos;
  options.listen = (v6 ? '[' + http.address + ']' : http.address) + ':' + std::to_string(http.port);
  options.limits.transaction_bytes = http.transaction_bytes;
  options.limits.batch_bytes = http.batch_bytes;
  options.limits.header_bytes = http.header_bytes;
  options.limits.header_fields = http.header_fields;
  options.limits.connections = http.connections;
  options.limits.header = http.header;
  options.limits.body = http.body;
  options.limits.write = http.write;
  options.limits.idle = http.idle;
  if (!http.api_keys.empty()) {
    auto keys = http::ApiKeys::load(http.api_keys);
    if (!keys) return keys.error();
    options.keys = std::move(keys.value());
  }
  options.now = now;
  meter_ = std::make_unique<RequestMeter>(metrics_);
  // Health can be asked while history is completed; nothing is recorded before ready.
  auto server = http::Server::start(std::move(options), *desk_, meter_.get());
  // What another process holds now may be free in a moment.
  if (!server && server.error().code == ErrorCode::internal) {
    return Error{ErrorCode::retry_later, server.error().message};
  }
  if (!server) return server.error();
  server_ = std::move(server.value());
  if (auto started = road_->start(rules_->current()); !started) return started;
  started_ = true;
  if (auto started = relays_.start(); !started) return started;
  rules_->serve(*road_, settings_.watch_program);
  if (auto started = feeds_.start(*road_->store()); !started) return started;
  desk_->set_ready(true);
  metrics_.ready.set(1);
  log_.write(LogLevel::info, "ready on " + http.address + ":" + std::to_string(server_->port()));
  housekeeper_ = std::thread([this] { keep_house(); });
  return ok();
}

void Daemon::reload() {
  rules_->reload([](const Result<pipeline::RuleSetCard>&) {});
}

bool Daemon::is_done() {
  const bool fed = feeds_.finished() || road_->room().full();
  if (!fed) return false;
  if (road_->applied() < road_->durable()) {
    road_->wait_applied(road_->applied());  // The poster would let its commit fill.
    return false;
  }
  auto txn = road_->store()->read();
  if (!txn) return false;
  const auto waiting = txn.value().count(store::Table::outbox);
  if (!waiting || waiting.value() == 0) return true;
  const auto now = std::chrono::steady_clock::now();
  if (waiting.value() != notices_waiting_) fewer_at_ = now;
  notices_waiting_ = waiting.value();
  return now - fewer_at_ > std::chrono::seconds(5);
}

std::string Daemon::trouble() const {
  const std::string why = feeds_.trouble();
  return why.empty() && !feeds_.finished() ? road_->room().why() : why;
}

void Daemon::keep_house() {
  for (std::uint64_t seconds = 0;; ++seconds) {
    look_around(seconds);
    std::unique_lock lock(mutex_);
    if (changed_.wait_for(lock, std::chrono::seconds(1), [&] { return stopping_; })) return;
  }
}

void Daemon::look_around(std::uint64_t seconds) {
  housekeeping::show(*road_, *rules_->current(), metrics_);
  feeds_.show();
  relays_.show();
  // The sign of life comes from the road itself: a sequencer that hangs is worth a restart.
  road_->queue().push_interlude(
      [this](pipeline::Decider&) -> std::function<void()> { return [this] { alive_ = true; }; });
  if (alive_.exchange(false)) housekeeping::tell_watchdog();
  look_at_storage(seconds);
  if (seconds % 60 == 0 && settings_.ticks == config::TickSource::wall) road_->tick(now());
  if (seconds % 30 == 0) {
    if (auto cleared = road_->store()->clear_dead_readers(); !cleared) {
      log_.write(LogLevel::warning, cleared.error().message);
    }
  }
}

void Daemon::look_at_storage(std::uint64_t seconds) {
  constexpr std::uint64_t kSayAgain = 300;  // Seconds.
  const bool full = road_->room().full();
  const bool was_full = full_since_.has_value();
  desk_->set_storage_full(full);
  metrics_.storage_full.set(full ? 1 : 0);
  metrics_.ready.set(full ? 0 : 1);
  if (full && (!was_full || (seconds - *full_since_) % kSayAgain == 0)) {
    log_.write(LogLevel::error, "storage full, nothing new is recorded: " + road_->room().why());
  }
  if (!full && was_full) log_.write(LogLevel::info, "there is space again: recording goes on");
  if (!full) full_since_.reset();
  if (full && !was_full) full_since_ = seconds;
}

void Daemon::stop() {
  {
    const std::scoped_lock lock(mutex_);
    if (stopping_) return;
    stopping_ = true;
    changed_.notify_all();
  }
  if (desk_) desk_->set_ready(false);
  if (housekeeper_.joinable()) housekeeper_.join();
  metrics_.ready.set(0);
  if (server_) server_->stop();
  if (rules_) rules_->stop();
  if (road_) road_->queue().close();
  feeds_.stop();
  if (road_) road_->stop();
  relays_.stop();
}

}  // namespace accrue
