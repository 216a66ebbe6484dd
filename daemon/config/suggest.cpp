#include "config/suggest.hpp"

#include <algorithm>
#include <cstddef>

namespace accrue::config {
namespace {

constexpr std::size_t kLongestWord = 64;
constexpr std::size_t kMostListed = 12;
constexpr std::size_t kShortestBeginning = 3;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0U : 1U)});
      const bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                           lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
  if (word.empty() || word.size() > kLongestWord) return "";
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(1, (word.size() + 2) / 3) + 1;
  for (const std::string& candidate : known) {
    const std::size_t found = distance(word, candidate);
    if (found < best_distance) {
      best_distance = found;
      best = candidate;
    }
  }
  if (!best.empty() || word.size() < kShortestBeginning) return best;
  const auto akin = std::find_if(known.begin(), known.end(), [&](const std::string& candidate) {
    return candidate.starts_with(word) ||
           (candidate.size() >= kShortestBeginning && word.starts_with(candidate));
  });
  return akin == known.end() ? "" : *akin;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
  const std::string best = nearest(word, known);
  if (!best.empty()) return "; did you mean `" + best + "`?";
  if (known.empty() || known.size() > kMostListed) return "";
  std::string list = known.size() == 1 ? "; known is " : "; known are ";
  for (std::size_t i = 0; i < known.size(); ++i) {
    list += (i == 0 ? "`" : ", `") + known[i] + "`";
  }
  return list;
}

}  // namespace accrue::config
