#include "process.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

namespace road {
namespace {

/// utime + stime, the 14th and 15th fields of /proc/PID/stat; the second is a name in brackets that
/// may hold blanks.
double cpu_of(const std::string& stat) {
  std::istringstream fields(stat.substr(stat.rfind(')') + 1));
  std::string skipped;
  for (int field = 3; field < 14; ++field) fields >> skipped;
  std::uint64_t user = 0;
  std::uint64_t system = 0;
  fields >> user >> system;
  return static_cast<double>(user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

Usage usage_of(int pid) {
  const std::string folder = "/proc/" + std::to_string(pid);
  Usage usage;
  std::string line;
  std::ifstream stat(folder + "/stat");
  if (!std::getline(stat, line)) return usage;
  usage.cpu_seconds = cpu_of(line);
  std::ifstream status(folder + "/status");
  while (std::getline(status, line)) {
    if (line.starts_with("VmRSS:")) usage.rss_kib = std::stoull(line.substr(6));
    if (line.starts_with("RssAnon:")) usage.anonymous_kib = std::stoull(line.substr(8));
    if (line.starts_with("VmHWM:")) usage.peak_kib = std::stoull(line.substr(6));
  }
  return usage;
}

Usage own_usage() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  Usage usage;
  usage.cpu_seconds = seconds(used.ru_utime) + seconds(used.ru_stime);
  return usage;
}

}  // namespace road
