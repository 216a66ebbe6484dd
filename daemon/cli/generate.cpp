#include "cli/generate.hpp"

#include "cli/generate_year.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

namespace accrue::cli {
namespace {

Result<void> check(std::string_view option, std::int64_t value, std::int64_t first,
                   std::int64_t last) {
  if (first <= value && value <= last) return ok();
  return reject(
      fmt::format("--{} is {}; write a number from {} to {}", option, value, first, last));
}

Result<void> check(const GenerateOptions& options) {
  if (auto days = check("days", options.days, 1, 3660); !days) return days;
  if (auto members = check("members", options.members, 1, 10'000'000); !members) return members;
  if (auto stores = check("stores", options.stores, 1, 500); !stores) return stores;
  if (auto all = check("transactions", options.transactions, 1, 1'000'000'000); !all) return all;
  const auto year = static_cast<int>(std::chrono::year_month_day(options.from).year());
  if (year < 1970 || year > 2180) {
    return reject(
        fmt::format("--from is in the year {}; write a date from 1970-01-01 to "
                    "2180-12-31",
                    year));
  }
  return ok();
}

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

Error cannot_write(const std::string& path, int error) {
  const ErrorCode code = error == ENOSPC ? ErrorCode::exhausted : ErrorCode::internal;
  return Error{code,
               fmt::format("cannot write {}: {}; see that its folder exists, is yours and has "
                           "room",
                           path, std::strerror(error))};
}

GenerateSink sink_into(std::FILE* file, const std::string& path) {
  return [file, path](std::string_view block) -> Result<void> {
    if (std::fwrite(block.data(), 1, block.size(), file) == block.size()) return ok();
    return cannot_write(path, errno);
  };
}

/// Flushed, so that a full disk shows here and not when the file is closed.
Result<GenerateReport> generate_into(std::FILE* file, const std::string& name,
                                     const GenerateOptions& options) {
  auto report = generate(options, sink_into(file, name));
  if (report.has_value() && std::fflush(file) != 0) return cannot_write(name, errno);
  return report;
}

}  // namespace

Result<GenerateReport> generate(const GenerateOptions& options, const GenerateSink& sink) {
  if (auto checked = check(options); !checked) return checked.error();
  return GeneratedYear(options, sink).write();
}

Result<GenerateReport> generate_to(const std::string& path, const GenerateOptions& options) {
  if (path == "-") return generate_into(stdout, "standard output", options);
  // A device or a pipe is written to as it is; renaming a file over it would take its place.
  std::error_code trouble;
  const auto there = std::filesystem::status(path, trouble);
  const bool direct = std::filesystem::exists(there) && !std::filesystem::is_regular_file(there);
  const std::string target = direct ? path : path + ".part";
  const File file(std::fopen(target.c_str(), "wbe"));
  if (!file) return cannot_write(target, errno);
  auto report = generate_into(file.get(), target, options);
  if (direct) return report;
  trouble.clear();
  if (report.has_value()) std::filesystem::rename(target, path, trouble);
  if (trouble) report = cannot_write(path, trouble.value());
  if (!report.has_value()) std::filesystem::remove(target, trouble);
  return report;
}

}  // namespace accrue::cli
