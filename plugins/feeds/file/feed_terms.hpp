// What the settings of a file feed say, checked. Const after it was read: any thread.
#pragma once

#include <accrue/plugin.hpp>

#include <chrono>
#include <string>

namespace accrue::file_feed {

struct FeedTerms {
  std::string path;
  bool is_folder = false;
  std::string pattern = "*";
  std::string done = "done";  ///< Subfolder of finished files.
  std::chrono::milliseconds poll{500};
  std::chrono::milliseconds quiet{2'000};  ///< A file that has not changed for so long is whole.
  bool follow = false;  ///< Keep watching when everything there is has been read.
  std::string data_folder;
  const Codec* codec = nullptr;
  Log* log = nullptr;
  std::string name;  ///< Of the feed, for log lines.

  /// Fails with the setting and its place.
  static Result<FeedTerms> read(const PluginContext& context);
};

/// Subfolder of files that could not be read to their end.
inline constexpr const char* kFailed = "failed";

}  // namespace accrue::file_feed
