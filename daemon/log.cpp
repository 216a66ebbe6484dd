#include "log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace accrue {
namespace {

spdlog::level::level_enum level_named(std::string_view name) {
  if (name == "debug") return spdlog::level::debug;
  if (name == "warning") return spdlog::level::warn;
  if (name == "error") return spdlog::level::err;
  return spdlog::level::info;
}

class StderrLog : public Log {
 public:
  explicit StderrLog(std::string_view level)
      : logger_("accrued", std::make_shared<spdlog::sinks::stderr_sink_mt>()) {
    logger_.set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
    logger_.set_level(level_named(level));
  }

  void write(LogLevel level, std::string_view line) override {
    switch (level) {
      case LogLevel::debug:
        return logger_.debug(line);
      case LogLevel::info:
        return logger_.info(line);
      case LogLevel::warning:
        return logger_.warn(line);
      case LogLevel::error:
        return logger_.error(line);
    }
  }

  void set_level(std::string_view level) { logger_.set_level(level_named(level)); }

 private:
  spdlog::logger logger_;
};

}  // namespace

std::unique_ptr<Log> open_log(std::string_view level) { return std::make_unique<StderrLog>(level); }

void set_level(Log& log, std::string_view level) {
  if (auto* open = dynamic_cast<StderrLog*>(&log)) open->set_level(level);
}

std::string describe(const Error& error) {
  std::string text = error.message;
  for (const Problem& problem : error.problems) {
    text += "\n  " + problem.pointer + ": " + problem.detail;
  }
  return text;
}

}  // namespace accrue
