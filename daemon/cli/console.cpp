#include "cli/console.hpp"

#include <unistd.h>
#include <boost/json.hpp>

#include <cstdio>
#include <system_error>

namespace accrue::cli {

int complain(const Error& error, bool json, int code) {
  if (json) {
    boost::json::array problems;
    for (const Problem& problem : error.problems) {
      problems.push_back(boost::json::object{
          {"pointer", problem.pointer}, {"code", problem.code}, {"detail", problem.detail}});
    }
    const boost::json::object report{{"error", error.message}, {"problems", std::move(problems)}};
    std::printf("%s\n", boost::json::serialize(report).c_str());
    return code;
  }
  for (const Problem& problem : error.problems) {
    std::fprintf(stderr, "%s: %s\n", problem.pointer.c_str(), problem.detail.c_str());
  }
  std::fprintf(stderr, "accrue: %s\n", error.message.c_str());
  return code;
}

std::filesystem::path default_plugins_folder() {
  std::error_code failed;
  const auto binary = std::filesystem::read_symlink("/proc/self/exe", failed).parent_path();
  for (const char* place : {"../plugins", "../lib/accrue/plugins"}) {
    auto folder = (binary / place).lexically_normal();
    if (std::filesystem::is_directory(folder, failed)) return folder;
  }
  return "/usr/lib/accrue/plugins";
}

Progress::Progress(std::string label)
    : label_(std::move(label)), terminal_(isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (shown_ >= 0) std::fprintf(stderr, "\r\033[K");
}

void Progress::show(std::uint64_t done, std::uint64_t total) {
  if (!terminal_ || total == 0) return;
  const int percent = static_cast<int>(done * 100 / total);
  if (percent == shown_) return;
  shown_ = percent;
  const std::string bar(static_cast<std::size_t>(percent / 4), '#');
  std::fprintf(stderr, "\r%s [%-25s] %3d %%", label_.c_str(), bar.c_str(), percent);
}

void ConsoleLog::write(LogLevel level, std::string_view line) {
  if (level < LogLevel::warning) return;
  std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
}

std::string grouped(std::int64_t number) {
  const std::string digits = std::to_string(number < 0 ? -number : number);
  std::string text;
  if (number < 0) text.push_back('-');
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text.push_back(',');
    text.push_back(digits[i]);
  }
  return text;
}

}  // namespace accrue::cli
