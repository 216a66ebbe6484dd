#include "cli/check_parts.hpp"
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "pipeline/program_loader.hpp"

#include <boost/json.hpp>

#include <cstdio>
#include <optional>

namespace accrue::cli {
namespace {

/// What is wrong with settings and program alike, in one.
class Refusal {
 public:
  void add(const Result<void>& checked) {
    if (checked) return;
    const Error& error = checked.error();
    if (!all_) {
      all_ = error;
      return;
    }
    all_->message += "; " + error.message;
    all_->problems.insert(all_->problems.end(), error.problems.begin(), error.problems.end());
  }
  const std::optional<Error>& all() const { return all_; }

 private:
  std::optional<Error> all_;
};

Result<void> check_config(const CheckOptions& options, const pipeline::ProgramLoader& loader,
                          Log& log, boost::json::object& report) {
  auto settings = config::load_settings(options.config, loader.tables());
  if (!settings) return settings.error();
  auto made = check_parts(options.config, settings.value(), loader.plugins(), log);
  if (!made) return made;
  report["config"] = options.config.string();
  if (!options.json) std::printf("%s is fine\n", options.config.c_str());
  return ok();
}

Result<void> check_program(const CheckOptions& options, const pipeline::ProgramLoader& loader,
                           boost::json::object& report) {
  auto rules = loader.load(options.program);
  if (!rules) return rules.error();
  const auto& spec = rules.value()->spec();
  report["program"] = spec.terms.name;
  report["rules"] = spec.rules.size();
  report["rule_set"] = rules.value()->hash_text();
  if (!options.json) {
    std::printf("program %s is fine: %zu rule%s, rule set %s\n", spec.terms.name.c_str(),
                spec.rules.size(), spec.rules.size() == 1 ? "" : "s",
                rules.value()->hash_text().c_str());
  }
  return ok();
}

}  // namespace

int check(const CheckOptions& options) {
  if (options.program.empty() && options.config.empty()) {
    return complain(reject("check what? Name a program folder, or --config and a settings file"),
                    options.json);
  }
  ConsoleLog log;
  auto loader = pipeline::ProgramLoader::open(options.plugins, log);
  if (!loader) return complain(loader.error(), options.json);
  boost::json::object report;
  Refusal refusal;
  if (!options.config.empty()) {
    refusal.add(check_config(options, *loader.value(), log, report));
  }
  if (!options.program.empty()) refusal.add(check_program(options, *loader.value(), report));
  if (refusal.all()) return complain(*refusal.all(), options.json, kFound);
  if (options.json) std::printf("%s\n", boost::json::serialize(report).c_str());
  return kFine;
}

}  // namespace accrue::cli
