// Reads the lists `feeds:` and `notifiers:` of accrued.yaml against the tables of the plugins they
// name. Any thread.
#pragma once

#include "config/daemon_settings.hpp"

namespace accrue::config {

std::vector<FeedSettings> read_feeds(Reading& in, const Node& list, const PluginTables& plugins);
std::vector<NotifierSettings> read_notifiers(Reading& in, const Node& list,
                                             const PluginTables& plugins);

}  // namespace accrue::config
