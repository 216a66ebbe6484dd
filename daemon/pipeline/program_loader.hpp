// From folders to a rule set: plugins admitted, program files read and checked, rules compiled.
// Serves the daemon's start and reload and every command of the tool alike. One thread at a time.
#pragma once

#include "config/daemon_settings.hpp"
#include "config/program.hpp"
#include "engine/rule_set.hpp"
#include "host/plugin_objects.hpp"
#include "host/plugin_set.hpp"

#include <filesystem>
#include <memory>

namespace accrue::pipeline {

class ProgramLoader {
 public:
  /// Admits the folder's plugins and makes every rule plugin's rule types. `log` outlives it.
  static Result<std::unique_ptr<ProgramLoader>> open(const std::filesystem::path& plugins_folder,
                                                     Log& log);

  /// Reads, checks and compiles a program folder; every problem at once, with its place.
  Result<std::shared_ptr<const engine::RuleSet>> load(
      const std::filesystem::path& program_folder) const;

  const host::PluginSet& plugins() const { return plugins_; }
  /// What accrued.yaml may say to feeds, codecs and notifiers.
  config::PluginTables tables() const;

 private:
  explicit ProgramLoader(host::PluginSet plugins) : plugins_(std::move(plugins)) {}

  host::PluginSet plugins_;
  engine::RulePlugins rule_plugins_;
  config::TypeTables types_;
};

}  // namespace accrue::pipeline
