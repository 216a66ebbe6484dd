// "Did you mean …?" for misspelt keys, rule types and names. Pure: any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace accrue::config {

/// The known word nearest to `word` when it is near enough to be a slip, otherwise empty.
/// Nearness counts insertions, deletions, changes and swaps of neighbours (optimal string
/// alignment distance), letter case apart; failing that, the first of which one begins the other.
std::string nearest(std::string_view word, const std::vector<std::string>& known);

/// "; did you mean `award`?", or "; known are `a`, `b`" for up to twelve words, or nothing.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& known);

}  // namespace accrue::config
