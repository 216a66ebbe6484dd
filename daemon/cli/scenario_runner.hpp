// Plays a scenario through the very code that decides in the daemon, in memory and without a clock,
// and compares each step with what its author expects. One thread.
#pragma once

#include "config/scenario.hpp"
#include "pipeline/decider.hpp"

#include <memory>
#include <string>
#include <vector>

namespace accrue::cli {

/// One expectation that was not met: "file:line:column: expected …, found …".
struct Failure {
  std::string place;
  std::string what;
};

class ScenarioRunner {
 public:
  explicit ScenarioRunner(std::shared_ptr<const engine::RuleSet> rules);

  /// Plays all steps; a step that could not be decided is a failure, too.
  std::vector<Failure> run(config::Scenario& scenario);

 private:
  void play(config::Step& step);
  void compare(const config::Step& step, const pipeline::Answer& answer);
  void compare_balance(const config::Step& step);
  void expect_equal(const Place& place, const std::string& what, const std::string& expected,
                    const std::string& found);

  std::shared_ptr<const engine::RuleSet> rules_;
  pipeline::EmptyBooks books_;
  std::unique_ptr<pipeline::Decider> decider_;
  std::vector<ledger::Entry> entries_;  ///< Of the step being played, ticks before it included.
  std::vector<Failure> failures_;
};

}  // namespace accrue::cli
