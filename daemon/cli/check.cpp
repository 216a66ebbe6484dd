#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "pipeline/program_loader.hpp"

#include <boost/json.hpp>

#include <cstdio>

namespace accrue::cli {

int check(const CheckOptions& options) {
  if (options.program.empty() && options.config.empty()) {
    return complain(reject("check what? Name a program folder, or --config and a settings file"),
                    options.json);
  }
  ConsoleLog log;
  auto loader = pipeline::ProgramLoader::open(options.plugins, log);
  if (!loader) return complain(loader.error(), options.json);
  boost::json::object report;
  if (!options.config.empty()) {
    auto settings = config::load_settings(options.config, loader.value()->tables());
    if (!settings) return complain(settings.error(), options.json, kFound);
    report["config"] = options.config.string();
    if (!options.json) std::printf("%s is fine\n", options.config.c_str());
  }
  if (!options.program.empty()) {
    auto rules = loader.value()->load(options.program);
    if (!rules) return complain(rules.error(), options.json, kFound);
    const auto& spec = rules.value()->spec();
    report["program"] = spec.terms.name;
    report["rules"] = spec.rules.size();
    report["rule_set"] = rules.value()->hash_text();
    if (!options.json) {
      std::printf("program %s is fine: %zu rule%s, rule set %s\n", spec.terms.name.c_str(),
                  spec.rules.size(), spec.rules.size() == 1 ? "" : "s",
                  rules.value()->hash_text().c_str());
    }
  }
  if (options.json) std::printf("%s\n", boost::json::serialize(report).c_str());
  return kFine;
}

}  // namespace accrue::cli
