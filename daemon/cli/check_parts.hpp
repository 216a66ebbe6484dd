// Makes what accrued makes of its settings at a start: codecs, feeds and notifiers, which have the
// last word on their own settings. Starts none of them. One thread.
#pragma once

#include "config/daemon_settings.hpp"
#include "host/plugin_set.hpp"

#include <accrue/plugin.hpp>
#include <accrue/result.hpp>

#include <filesystem>

namespace accrue::cli {

/// Fails with a Problem for each part that cannot be made, its pointer "file:line:column". `file`
/// is where the settings come from.
Result<void> check_parts(const std::filesystem::path& file, const config::DaemonSettings& settings,
                         const host::PluginSet& plugins, Log& log);

}  // namespace accrue::cli
