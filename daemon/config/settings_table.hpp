// Reads a mapping against a table of settings: names, types, bounds, required ones and defaults.
// Serves the settings of plugins, of rules and of the daemon itself, so that all are checked and
// told in the same words. Any thread.
#pragma once

#include "config/node.hpp"
#include "config/problems.hpp"

#include <accrue/plugin_abi.h>
#include <accrue/settings.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace accrue::config {

using SettingTable = std::vector<const accrue_setting*>;

/// What stands around the plugin's own settings.
struct TableContext {
  std::string owner;                ///< "rule type earning.spend", for sentences.
  std::vector<std::string> shared;  ///< Keys at the top that somebody else reads.
};

/// Every setting that was written or has a default. Adds a problem for each fault; what could not
/// be read is left out.
Settings read_settings(Reading& in, const Node& mapping, const SettingTable& table,
                       const TableContext& context);

/// One value, as the row's type demands.
std::optional<SettingValue> read_setting(Reading& in, const Node& node, const accrue_setting& row);

/// The row's default, or nothing when it has none. A default that cannot be read adds a problem.
std::optional<SettingValue> default_of(Reading& in, const accrue_setting& row);

}  // namespace accrue::config
