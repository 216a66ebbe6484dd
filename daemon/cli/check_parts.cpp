#include "cli/check_parts.hpp"

#include "cli/data_folder.hpp"
#include "config/problems.hpp"
#include "host/plugin_objects.hpp"

#include <unistd.h>
#include <memory>
#include <string>
#include <system_error>

namespace accrue::cli {
namespace {

class PartsCheck {
 public:
  PartsCheck(const host::PluginSet& plugins, Log& log)
      : plugins_(plugins),
        log_(log),
        scratch_(std::filesystem::temp_directory_path() /
                 ("accrue-check-" + std::to_string(getpid()))) {
    std::error_code ignored;  // A part that needs its folder says so.
    std::filesystem::create_directories(scratch_.path(), ignored);
  }

  void feed(const config::FeedSettings& wanted) {
    const auto* library = plugins_.find(ACCRUE_CODEC, wanted.codec);
    if (library == nullptr) return;  // Told when the settings were read.
    auto codec = host::make_codec(
        *library, std::make_shared<host::ContextBox>(wanted.codec, wanted.codec_settings, log_));
    if (!codec)
      return refuse(wanted.codec_settings.place(""), "feed " + wanted.name, codec.error());
    library = plugins_.find(ACCRUE_FEED, wanted.plugin);
    if (library == nullptr) return;
    auto feed = host::make_feed(
        *library, std::make_shared<host::ContextBox>(wanted.name, wanted.settings, log_,
                                                     codec.value(), scratch_.path().string()));
    if (!feed) refuse(wanted.place, "feed " + wanted.name, feed.error());
  }

  void notifier(const config::NotifierSettings& wanted) {
    const auto* library = plugins_.find(ACCRUE_NOTIFIER, wanted.plugin);
    if (library == nullptr) return;
    auto notifier = host::make_notifier(
        *library, std::make_shared<host::ContextBox>(wanted.name, wanted.settings, log_, nullptr,
                                                     scratch_.path().string()));
    if (!notifier) refuse(wanted.place, "notifier " + wanted.name, notifier.error());
  }

  const config::Problems& problems() const { return problems_; }

 private:
  void refuse(const Place& place, const std::string& whose, const Error& error) {
    problems_.add(place, "cannot_be_used", whose + ": " + error.message);
  }

  const host::PluginSet& plugins_;
  Log& log_;
  Scratch scratch_;
  config::Problems problems_;
};

}  // namespace

Result<void> check_parts(const std::filesystem::path& file, const config::DaemonSettings& settings,
                         const host::PluginSet& plugins, Log& log) {
  PartsCheck check(plugins, log);
  for (const config::FeedSettings& feed : settings.feeds) check.feed(feed);
  for (const config::NotifierSettings& notifier : settings.notifiers) check.notifier(notifier);
  if (check.problems().any()) return check.problems().to_error(file.string());
  return ok();
}

}  // namespace accrue::cli
