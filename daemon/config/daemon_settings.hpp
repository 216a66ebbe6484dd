// The daemon's own settings (config/accrued.yaml). One table of keys feeds the reader, the help
// text and the test that config/accrued.yaml shows every key. Plain values: any thread.
#pragma once

#include "config/settings_table.hpp"

#include <accrue/notice.hpp>
#include <accrue/result.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace accrue::config {

/// Settings tables of loaded plugins: "feed.file", "codec.csv", "notifier.webhook".
using PluginTables = std::map<std::string, SettingTable>;

struct FeedSettings {
  std::string name;
  std::string plugin;
  Settings settings;
  std::string codec;
  Settings codec_settings;
  Place place;
};

struct NotifierSettings {
  std::string name;
  std::string plugin;
  std::vector<NoticeKind> kinds;  ///< What it delivers; all kinds when none were named.
  Settings settings;
  Place place;
};

struct HttpSettings {
  std::string address;  ///< "127.0.0.1", "::1"
  std::uint16_t port = 0;
  std::filesystem::path api_keys;  ///< Empty: none; only allowed on loopback.
  std::size_t transaction_bytes = 0;
  std::size_t batch_bytes = 0;
  std::size_t header_bytes = 0;
  std::size_t header_fields = 0;
  std::size_t connections = 0;
  std::chrono::seconds header{0}, body{0}, write{0}, idle{0};
};

enum class TickSource : std::uint8_t {
  wall,  ///< The system clock makes points lapse.
  feed,  ///< The time of transactions does: for replays and simulations.
};

struct DaemonSettings {
  std::filesystem::path data_folder;
  std::filesystem::path program_folder;
  bool watch_program = false;
  std::filesystem::path plugins_folder;
  HttpSettings http;
  std::size_t segment_mb = 0;
  bool pack_journal = false;
  std::size_t map_gb = 0;
  bool allow_any_filesystem = false;
  std::size_t cache_mb = 0;
  std::size_t queue = 0;
  std::size_t group_max = 0;
  std::size_t unposted_max = 0;
  TickSource ticks = TickSource::wall;
  std::vector<FeedSettings> feeds;
  std::vector<NotifierSettings> notifiers;
  std::string log_level;
};

/// A key that was set outside the file: `--set http.listen=127.0.0.1:9000`, or the environment.
struct Override {
  std::string key;
  std::string value;  ///< As it would be written in the file.
  std::string from;   ///< "--set http.listen", for sentences.
};

/// "key=value". Fails when the key is unknown (with a suggestion) or there is no "=".
Result<Override> parse_override(std::string_view text);

/// Overrides from the environment: ACCRUE_HTTP_LISTEN sets http.listen. `get` gives a variable's
/// value or nullptr.
std::vector<Override> overrides_from(const std::function<const char*(const char*)>& get);

/// A sentence for each variable of `environment` ("NAME=value" …, nullptr) that looks as if it set
/// something, ACCRUE_HTTP_LISTN, and does not. Names of one word are other programs' own.
std::vector<std::string> idle_variables(const char* const* environment);

/// Reads the file, or only defaults when `file` is empty; later overrides win. Relative folders in
/// the file are relative to the file's own folder. Fails with a Problem for each fault.
Result<DaemonSettings> load_settings(const std::filesystem::path& file, const PluginTables& plugins,
                                     const std::vector<Override>& overrides = {});

/// Only the plugins folder, which must be known before the plugins' tables are: everything else in
/// the file is left to load_settings.
Result<std::filesystem::path> find_plugins_folder(const std::filesystem::path& file,
                                                  const std::vector<Override>& overrides = {});

/// The table: every key but the lists `feeds` and `notifiers`. Rows have no owner.
std::span<const accrue_setting> setting_rows();

/// The table for people: key, default, unit and help, one key a line.
std::string settings_help();

}  // namespace accrue::config
