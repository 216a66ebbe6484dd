// Benchmarks that are registered once it is known what they run on. Main calls it, once, after
// opening the workshop.
#pragma once

namespace bench {

/// match, decide, take and one for each rule, of each program.
void register_decisions();

}  // namespace bench
