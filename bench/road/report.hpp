// What a run came to, for people or as one JSON object. Main thread.
#pragma once

#include "process.hpp"
#include "tally.hpp"

#include <string>
#include <utility>
#include <vector>

namespace road {

struct Report {
  double seconds = 0;  ///< Measured.
  std::vector<std::pair<std::string, Tally>> streams;
  std::uint64_t next_first = 0;  ///< The first receipt number that was not used: for the next run.
  double own_cpu_seconds = 0;
  bool sees_daemon = false;
  double daemon_cpu_seconds = 0;
  Usage daemon;  ///< At the end.
};

std::string as_json(const Report& report);
std::string as_text(const Report& report);

}  // namespace road
