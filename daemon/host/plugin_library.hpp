// One plugin's shared library: opened, found fit, and its door. A library is never unloaded, so a
// PluginLibrary is a small handle that may be copied, and everything a plugin hands out stays
// callable until the process ends. open() is for start-up and checks, any one thread at a time;
// the rest is const: any thread.
#pragma once

#include <accrue/plugin_abi.h>
#include <accrue/result.hpp>

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace accrue::host {

/// "feed", "codec", "rule", "notifier"; "unknown" for a number that is no kind.
std::string_view name_of(accrue_plugin_kind kind);

class PluginLibrary {
 public:
  /// Opens a plugin and reads its door. Everything is checked before a function of the door is
  /// called; static initialisers of the library run when it is opened, as with any library.
  /// Fails with one sentence that names the file and both sides of whatever differs.
  static Result<PluginLibrary> open(const std::filesystem::path& file);

  const accrue_plugin_door& door() const { return *door_; }
  const std::filesystem::path& file() const { return file_; }
  accrue_plugin_kind kind() const { return static_cast<accrue_plugin_kind>(door_->kind); }
  std::string_view name() const { return door_->name; }
  std::string_view version() const { return door_->version; }
  std::string_view summary() const { return door_->summary; }
  std::span<const accrue_setting> settings() const {
    return {door_->settings, door_->settings_count};
  }
  /// "earning 1.0": what a rule set's hash names.
  std::string identity() const;

 private:
  PluginLibrary(std::filesystem::path file, const accrue_plugin_door& door)
      : file_(std::move(file)), door_(&door) {}

  std::filesystem::path file_;
  const accrue_plugin_door* door_;
};

}  // namespace accrue::host
