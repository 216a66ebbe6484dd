// What `road` was asked to do. Plain values.
#pragma once

#include <cstdint>
#include <string>

namespace road {

enum class Job : std::uint8_t { posts, batch, reads, mixed, write };

struct Options {
  Job job = Job::posts;
  std::uint16_t port = 0;
  std::size_t connections = 64;
  std::size_t sale_connections = 16;  ///< mixed: of the sales, beside those of the reads.
  double rate = 0;                    ///< Requests a second, open loop; 0: closed loop.
  double seconds = 0;                 ///< Measured; or …
  std::uint64_t count = 0;            ///< … so many transactions or reads.
  double warmup = 0;                  ///< Seconds before it, which are not measured.
  std::uint64_t members = 10'000;
  double zipf = 0;        ///< Exponent; 0: all members alike.
  bool in_turn = false;   ///< Each member once, from the first.
  std::size_t lines = 4;  ///< Of a basket.
  std::size_t batch_lines = 1000;
  std::uint64_t seed = 1;
  std::uint64_t first = 1;  ///< Running number of the first receipt: ids must be new to the daemon.
  std::size_t threads = 1;
  std::string day = "2026-06-16";
  std::string file;  ///< write: where to.
  int pid = 0;       ///< Of the daemon, to see what it uses.
  bool json = false;
};

/// Ends the program with a word about what is wrong.
Options read_options(int argc, char** argv);

}  // namespace road
