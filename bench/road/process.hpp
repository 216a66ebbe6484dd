// What a process has used so far, by /proc and the kernel. Any thread.
#pragma once

#include <cstdint>

namespace road {

struct Usage {
  double cpu_seconds = 0;           ///< In user and system mode, all threads.
  std::uint64_t rss_kib = 0;        ///< Memory now: its own and mapped files' …
  std::uint64_t anonymous_kib = 0;  ///< … its own alone …
  std::uint64_t peak_kib = 0;       ///< … and both at their most.
};

/// All zero when there is no such process.
Usage usage_of(int pid);
/// CPU alone.
Usage own_usage();

}  // namespace road
