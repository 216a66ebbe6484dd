#include "config/scenario.hpp"

#include "config/scenario_parts.hpp"
#include "config/source_file.hpp"
#include "config/values.hpp"
#include "config/yaml_reader.hpp"

#include <utility>

namespace accrue::config {
namespace {

const std::vector<std::string> kStepKeys{"at",     "sale",      "return",    "event",
                                         "member", "member_id", "anonymous", "expect"};

/// Where clocks are put forward there are times that never are.
void refuse_gap(Reading& in, const Node& node, LocalTime at, const Zone& zone) {
  if (zone.to_local(zone.to_instant(at)) == at) return;
  in.problem(node, "no_such_time",
             "there is no " + node.text + " in " + std::string(zone.name()) +
                 ": clocks are put forward over it; write a time before or after");
}

std::optional<Step> read_step(Reading& in, const Node& node, Story& story) {
  if (!expect_mapping(in, node, "steps", "{ at: 2026-01-06T18:00:00, sale: { … } }")) {
    return std::nullopt;
  }
  refuse_unknown_keys(in, node, "a step", kStepKeys);
  ++story.steps;
  Step step;
  step.place = in.place(node);
  step.transaction = read_transaction(in, node, story);
  if (const Node* at = node.find("at")) {
    step.at = read_local_time(in, *at, "at").value_or(LocalTime{});
    refuse_gap(in, *at, step.at, *story.program.zone);
  } else {
    in.problem(node, "missing_key",
               "`at` is missing; write the local time of the step, such as "
               "`at: 2026-01-06T18:00:00`");
  }
  step.transaction.time = story.program.zone->to_instant(step.at);
  if (const Node* expect = node.find("expect")) {
    step.expect = read_expect(in, *expect, story.program);
  }
  return step;
}

Scenario read_scenario(Reading& in, const Node& node, const engine::ProgramSpec& program) {
  Scenario scenario;
  scenario.place = in.place(node);
  refuse_unknown_keys(in, node, "a test", {"name", "steps"});
  if (const Node* name = node.find("name")) {
    scenario.name = read_word(in, *name, "name").value_or("");
  } else {
    in.problem(node, "missing_key", "`name` is missing; say in words what the test shows");
  }
  const Node* steps = node.find("steps");
  if (steps == nullptr) {
    in.problem(node, "missing_key", "`steps` is missing; write a list of what happens when");
    return scenario;
  }
  if (!expect_list(in, *steps, "steps", "- at: 2026-01-06T18:00:00")) return scenario;
  Story story{program, {}, 0};
  for (const Node& item : steps->items) {
    if (auto step = read_step(in, item, story)) scenario.steps.push_back(std::move(*step));
  }
  return scenario;
}

}  // namespace

Result<std::vector<Scenario>> load_scenarios(const std::filesystem::path& file,
                                             const engine::ProgramSpec& program) {
  Problems problems;
  std::vector<Scenario> scenarios;
  Reading in(file.string(), problems);
  const auto bytes = read_source(file, problems);
  const auto top = bytes ? parse_yaml_mapping(in, *bytes, "tests:") : std::nullopt;
  if (top) {
    refuse_unknown_keys(in, *top, "a test file", {"tests"});
    const Node* tests = top->find("tests");
    if (tests == nullptr) {
      in.problem(*top, "missing_key", "`tests` is missing; write `tests:` and a list of tests");
    } else if (expect_list(in, *tests, "tests", "- name: a pound earns a point")) {
      for (const Node& node : tests->items) {
        if (!expect_mapping(in, node, "tests", "{ name: …, steps: [ … ] }")) continue;
        scenarios.push_back(read_scenario(in, node, program));
      }
    }
  }
  if (problems.any()) return problems.to_error(file.string());
  return scenarios;
}

}  // namespace accrue::config
