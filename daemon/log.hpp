// The daemon's log: one line an event, to standard error, where systemd and containers look for it.
// Any thread.
#pragma once

#include <accrue/plugin.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace accrue {

/// Lines below `level` ("debug", "info", "warning", "error") are not written.
std::unique_ptr<Log> open_log(std::string_view level);
/// The same for a log that is open.
void set_level(Log& log, std::string_view level);

/// An error as one line: its sentence, then each problem.
std::string describe(const Error& error);

}  // namespace accrue
