// Settings as text: reads one value by its row of a plugin's settings table, and fills in what was
// left out. Here because a table's defaults are text, and are checked before a plugin is admitted.
// Pure: any thread.
#pragma once

#include <accrue/plugin_abi.h>
#include <accrue/settings.hpp>

#include <span>
#include <string_view>

namespace accrue::host {

/// The value that `text` stands for. Lists are written "a" or "[a, b]"; item filters and maps have
/// no one-line form and are refused. Bounds and choices of the row are checked. Fails with what to
/// write instead.
Result<SettingValue> parse_setting(const accrue_setting& setting, std::string_view text);

/// Sets every default of the owner's rows that `settings` lacks. Places are the whole's.
/// REQUIRES: a table that check_settings has passed.
void fill_defaults(Settings& settings, std::span<const accrue_setting> table,
                   std::string_view owner);

}  // namespace accrue::host
