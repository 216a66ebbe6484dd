// The parts of one step of a scenario: its transaction and what is expected of it. Any thread.
#pragma once

#include "config/node.hpp"
#include "config/problems.hpp"
#include "config/scenario.hpp"

#include <set>

namespace accrue::config {

/// What the steps of one scenario know of each other.
struct Story {
  const engine::ProgramSpec& program;
  std::set<std::string> sales;  ///< Ids of the sales so far.
  std::size_t steps = 0;        ///< So far.
};

/// The step's one thing that happens. Type tick when nothing does.
Transaction read_transaction(Reading& in, const Node& step, Story& story);

/// Lines of a sale or return into `transaction`.
void read_basket(Reading& in, const Node& lines, Transaction& transaction);

Expect read_expect(Reading& in, const Node& node, const engine::ProgramSpec& program);

}  // namespace accrue::config
