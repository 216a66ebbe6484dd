// The commands of the accrue tool. Each takes its own options, prints for people or as JSON, and
// returns an exit code (console.hpp). Main thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace accrue::cli {

struct CheckOptions {
  std::filesystem::path program;  ///< A program folder; may be empty when a config is given.
  std::filesystem::path config;   ///< accrued.yaml; may be empty.
  std::filesystem::path plugins;
  bool json = false;
};
/// Reads and compiles everything and changes nothing.
int check(const CheckOptions& options);

struct TestOptions {
  std::filesystem::path program;
  std::filesystem::path plugins;
  std::string only;  ///< Tests whose name contains this.
  bool json = false;
};
/// Plays the *.test.yaml files of a program.
int test(const TestOptions& options);

struct DataOptions {
  std::filesystem::path data;
  bool hash_only = false;  ///< verify: print the state hash and nothing else.
  bool allow_any_filesystem = false;
  bool json = false;
};
/// Checks journal, ledger and that one follows from the other. The daemon may be running.
int verify(const DataOptions& options);
/// Makes the ledger anew from the journal. The daemon must be stopped.
int rebuild(const DataOptions& options);

struct MemberOptions {
  DataOptions data;
  std::string id;
  std::int64_t entries = 10;  ///< 0 to 1,000,000.
};
int show_member(const MemberOptions& options);

struct SummaryOptions {
  DataOptions data;
  std::filesystem::path program;  ///< For money values; may be empty.
  std::filesystem::path plugins;
  double seconds = 0;    ///< How long the feed took; 0: not known.
  std::int64_t top = 5;  ///< 0 to 10,000,000.
};
int summary(const SummaryOptions& options);

}  // namespace accrue::cli
