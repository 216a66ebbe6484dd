#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/scenario_runner.hpp"
#include "pipeline/program_loader.hpp"

#include <boost/json.hpp>

#include <cstdio>

namespace accrue::cli {
namespace {

/// Counts and prints as the tests go.
struct Tally {
  bool json = false;
  int passed = 0;
  int failed = 0;
  boost::json::array tests{};

  void add(const std::string& file, const config::Scenario& scenario,
           const std::vector<Failure>& failures) {
    ++(failures.empty() ? passed : failed);
    if (json) {
      boost::json::array found;
      for (const Failure& failure : failures) {
        found.push_back(boost::json::object{{"place", failure.place}, {"what", failure.what}});
      }
      tests.push_back(boost::json::object{
          {"file", file}, {"name", scenario.name}, {"failures", std::move(found)}});
      return;
    }
    if (failures.empty()) return;
    std::printf("FAILED  %s: %s\n", file.c_str(), scenario.name.c_str());
    for (const Failure& failure : failures) {
      std::printf("        %s: %s\n", failure.place.c_str(), failure.what.c_str());
    }
  }

  int finish() const {
    if (json) {
      std::printf("%s\n",
                  boost::json::serialize(
                      boost::json::object{{"passed", passed}, {"failed", failed}, {"tests", tests}})
                      .c_str());
    } else {
      std::printf("%d passed, %d failed\n", passed, failed);
    }
    return failed == 0 ? kFine : kFound;
  }
};

}  // namespace

int test(const TestOptions& options) {
  ConsoleLog log;
  auto loader = pipeline::ProgramLoader::open(options.plugins, log);
  if (!loader) return complain(loader.error(), options.json);
  auto rules = loader.value()->load(options.program);
  if (!rules) return complain(rules.error(), options.json, kFound);
  auto files = config::find_test_files(options.program);
  if (!files) return complain(files.error(), options.json);
  ScenarioRunner runner(rules.value());
  Tally tally{options.json};
  for (const auto& file : files.value()) {
    auto scenarios = config::load_scenarios(file, rules.value()->spec());
    if (!scenarios) return complain(scenarios.error(), options.json, kFound);
    for (config::Scenario& scenario : scenarios.value()) {
      if (scenario.name.find(options.only) == std::string::npos) continue;
      tally.add(file.filename().string(), scenario, runner.run(scenario));
    }
  }
  if (tally.passed + tally.failed == 0) {
    return complain(reject("no test of " + options.program.string() +
                           " was played: tests stand in "
                           "*.test.yaml beside the rules"),
                    options.json, kFound);
  }
  return tally.finish();
}

}  // namespace accrue::cli
