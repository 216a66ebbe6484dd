// Finds quotes that are not closed on the line they open on. YAML would read on to the next quote,
// lines or rules further down, and take all between for one text: in files that people write by
// hand that is always a slip. Pure: any thread.
#pragma once

#include "config/problems.hpp"

#include <string_view>

namespace accrue::config {

/// Adds a problem for each open quote of a YAML text; false when there was one.
bool check_quotes(Reading& reading, std::string_view bytes);

}  // namespace accrue::config
