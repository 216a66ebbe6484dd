// What the commands of the tool share: exit codes, printing of errors, a progress bar, and where
// plugins lie when nobody says. Main thread.
#pragma once

#include <accrue/plugin.hpp>
#include <accrue/result.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace accrue::cli {

/// What every command ends with.
enum ExitCode : int {
  kFine = 0,
  kFound = 1,   ///< The command worked and found something wrong: problems, failed tests, damage.
  kUnable = 2,  ///< The command could not do its work; the sentence says why.
};

/// Prints the sentence and each problem on its own line, "place: what to write instead"; with
/// `json` as one object {"error", "problems":[{pointer, code, detail}]}. Returns `code`.
int complain(const Error& error, bool json, int code = kUnable);

/// <folder of the executable>/../plugins as in a build, or ../lib/accrue/plugins as installed.
std::filesystem::path default_plugins_folder();

/// A bar on standard error, when that is a terminal; otherwise nothing.
class Progress {
 public:
  explicit Progress(std::string label);
  ~Progress();
  void show(std::uint64_t done, std::uint64_t total);

 private:
  std::string label_;
  bool terminal_;
  int shown_ = -1;
};

/// Lines of plugins, to standard error: warnings and errors only.
class ConsoleLog : public Log {
 public:
  void write(LogLevel level, std::string_view line) override;
};

/// "1,234,567"
std::string grouped(std::int64_t number);

}  // namespace accrue::cli
