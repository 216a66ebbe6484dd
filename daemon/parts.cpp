#include "parts.hpp"

#include "clock.hpp"
#include "ledger/books.hpp"

#include <algorithm>
#include <system_error>

namespace accrue {
namespace {

Result<std::string> make_folder(const std::filesystem::path& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) {
    return Error{ErrorCode::exhausted,
                 "cannot create " + folder.string() + ": " + failed.message()};
  }
  return folder.string();
}

Error no_plugin(std::string_view kind, const std::string& plugin) {
  return reject("there is no " + std::string(kind) + " plugin " + plugin +
                " in the plugins folder");
}

/// Says whose plugin it is, as one may serve several, and where that is written.
Error of_part(std::string_view kind, const std::string& name, const Place& place, Error error) {
  error.message = std::string(kind) + ' ' + name + ": " + error.message;
  // A setting that is there has its own place.
  if (place.line > 0 && error.message.find(place.file + ':') == error.message.npos) {
    error.message = place.to_string() + ": " + error.message;
  }
  return error;
}

}  // namespace

engine::NoticeRouting routing_of(const config::DaemonSettings& settings) {
  engine::NoticeRouting routing;
  for (const config::NotifierSettings& notifier : settings.notifiers) {
    for (const NoticeKind kind : notifier.kinds) {
      routing[static_cast<std::size_t>(kind)].push_back(notifier.name);
    }
  }
  return routing;
}

Result<std::shared_ptr<Codec>> make_codec(const host::PluginSet& plugins, const std::string& plugin,
                                          const Settings& settings, Log& log) {
  const auto* library = plugins.find(ACCRUE_CODEC, plugin);
  if (!library) return no_plugin("codec", plugin);
  return host::make_codec(*library, std::make_shared<host::ContextBox>(plugin, settings, log));
}

Result<void> Feeds::make(const std::vector<config::FeedSettings>& settings, const Parts& parts) {
  for (const config::FeedSettings& wanted : settings) {
    auto codec = make_codec(parts.plugins, wanted.codec, wanted.codec_settings, parts.log);
    if (!codec) return of_part("feed", wanted.name, wanted.place, codec.error());
    const auto* library = parts.plugins.find(ACCRUE_FEED, wanted.plugin);
    if (!library) return no_plugin("feed", wanted.plugin);
    auto folder = make_folder(parts.data.feed(wanted.name));
    if (!folder) return folder.error();
    auto feed = host::make_feed(
        *library, std::make_shared<host::ContextBox>(wanted.name, wanted.settings, parts.log,
                                                     codec.value(), folder.value()));
    if (!feed) return of_part("feed", wanted.name, wanted.place, feed.error());
    pipeline::Decoder decoder({*codec.value(), parts.vault, parts.latest});
    auto lane = std::make_unique<pipeline::FeedLane>(wanted.name, *feed.value(), std::move(decoder),
                                                     parts.road.queue(), parts.metrics, now);
    feeds_.push_back({std::move(feed.value()), std::move(lane)});
  }
  return ok();
}

Result<void> Feeds::start(store::Environment& store) {
  for (Made& made : feeds_) {
    auto txn = store.read();
    if (!txn) return txn.error();
    auto reached = ledger::feed_position(txn.value(), made.lane->name());
    if (!reached) return reached.error();
    if (auto started = made.lane->start(reached.value()); !started) {
      return of_part("feed", made.lane->name(), {}, started.error());
    }
  }
  return ok();
}

bool Feeds::finished() const {
  return std::all_of(feeds_.begin(), feeds_.end(), [](const Made& made) {
    const FeedProgress progress = made.feed->progress();
    return progress.finished || !progress.trouble.empty();
  });
}

std::string Feeds::trouble() const {
  std::string all;
  for (const Made& made : feeds_) {
    const std::string why = made.feed->progress().trouble;
    if (!why.empty()) all += (all.empty() ? "" : "; ") + ("feed " + made.lane->name() + ": " + why);
  }
  return all;
}

void Feeds::show() {
  for (Made& made : feeds_) made.lane->show();
}

void Feeds::stop() {
  for (Made& made : feeds_) made.feed->stop();
}

Result<void> Relays::make(const std::vector<config::NotifierSettings>& settings,
                          const Parts& parts) {
  for (const config::NotifierSettings& wanted : settings) {
    const auto* library = parts.plugins.find(ACCRUE_NOTIFIER, wanted.plugin);
    if (!library) return no_plugin("notifier", wanted.plugin);
    auto folder = make_folder(parts.data.root / "notifiers" / wanted.name);
    if (!folder) return folder.error();
    auto notifier = host::make_notifier(
        *library, std::make_shared<host::ContextBox>(wanted.name, wanted.settings, parts.log,
                                                     nullptr, folder.value()));
    if (!notifier) return of_part("notifier", wanted.name, wanted.place, notifier.error());
    auto relay = std::make_unique<outbox::Relay>(
        outbox::CourierParts{wanted.name, *notifier.value(), parts.composer, parts.store,
                             parts.deliveries, parts.metrics, parts.log},
        outbox::CourierSettings{}, parts.on_fatal);
    relays_.push_back({std::move(notifier.value()), std::move(relay)});
  }
  return ok();
}

Result<void> Relays::start() {
  for (Made& made : relays_) {
    if (auto started = made.relay->start(); !started) return started;
  }
  return ok();
}

void Relays::show() {
  for (Made& made : relays_) made.relay->show();
}

void Relays::wake() {
  for (Made& made : relays_) made.relay->wake();
}

void Relays::stop() {
  // All are told before any is waited for.
  for (Made& made : relays_) made.relay->ask_to_stop();
  for (Made& made : relays_) made.relay->stop();
}

}  // namespace accrue
