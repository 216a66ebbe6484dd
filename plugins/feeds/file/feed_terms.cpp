#include "feed_terms.hpp"

#include <algorithm>
#include <filesystem>

namespace accrue::file_feed {
namespace {

Error refused(const Settings& settings, std::string_view key, const std::string& why) {
  const std::string place = settings.place(key).to_string();
  const std::string what = std::string(key) + ": " + why;
  Error error = reject(place.empty() ? what : place + ": " + what);
  error.problems.push_back({place, "bad_setting", why});
  return error;
}

}  // namespace

Result<FeedTerms> FeedTerms::read(const PluginContext& context) {
  const Settings& settings = context.settings;
  FeedTerms terms;
  terms.path = settings.text("path");
  std::error_code failed;
  const auto type = std::filesystem::status(terms.path, failed).type();
  terms.is_folder = type == std::filesystem::file_type::directory;
  if (!terms.is_folder && type != std::filesystem::file_type::regular) {
    return refused(settings, "path",
                   "there is no file or folder '" + terms.path + "'; make it, or name another");
  }
  while (terms.path.size() > 1 && terms.path.back() == '/') terms.path.pop_back();
  if (!settings.text("pattern").empty()) terms.pattern = settings.text("pattern");
  if (!settings.text("done").empty()) terms.done = settings.text("done");
  if (terms.done.find('/') != terms.done.npos || terms.done.starts_with('.')) {
    return refused(settings, "done", "write the name of a subfolder, such as done");
  }
  if (settings.has("poll_ms")) {
    terms.poll = std::chrono::milliseconds{std::max<std::int64_t>(1, settings.integer("poll_ms"))};
  }
  if (settings.has("quiet_ms"))
    terms.quiet = std::chrono::milliseconds{settings.integer("quiet_ms")};
  terms.follow = settings.has("follow") ? settings.boolean("follow") : terms.is_folder;
  if (context.codec == nullptr) return reject("the feed '" + context.name + "' names no codec");
  terms.data_folder = context.data_folder;
  terms.codec = context.codec;
  terms.log = &context.log;
  terms.name = context.name;
  return terms;
}

}  // namespace accrue::file_feed
