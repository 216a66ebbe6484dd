#include "field_table.hpp"

#include <algorithm>

namespace accrue::json_codec {
namespace {

constexpr std::size_t kUnknown = 32;

/// Lines of one basket write their fields in one order: `after` is where to look first.
std::size_t index_of(std::string_view name, std::span<const std::string_view> names,
                     std::size_t after) {
  for (std::size_t place = after; place < names.size(); ++place) {
    if (names[place] == name) return place;
  }
  for (std::size_t place = 0; place < after; ++place) {
    if (names[place] == name) return place;
  }
  return kUnknown;
}

/// Edit distance (Levenshtein) of words up to 31 letters.
std::size_t distance(std::string_view a, std::string_view b) {
  std::array<std::size_t, 32> row{};
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({change, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

std::string unknown_field(std::string_view name, std::span<const std::string_view> names) {
  const std::string_view meant = nearest(name, names);
  if (!meant.empty()) return "there is no such field; did you mean '" + std::string(meant) + "'?";
  std::string text = "there is no such field; the fields here are";
  for (const std::string_view known : names) text += ' ' + std::string(known);
  return text;
}

}  // namespace

std::string_view describe(NodeKind kind) {
  constexpr std::array<std::string_view, 7> kNames{
      "null", "true or false", "a number", "a number", "a string", "an array", "an object"};
  return kNames[static_cast<std::size_t>(kind)];
}

void find_fields(Reading& reading, std::uint32_t object, const codecs::Path& path,
                 std::span<const std::string_view> names, std::span<std::uint32_t> places) {
  std::fill(places.begin(), places.end(), 0);
  const std::uint32_t end = reading.tape[object].end;
  std::size_t after = 0;
  for (std::uint32_t key = object + 1; key < end; key = reading.tape[key + 1].end) {
    const std::string_view name = reading.tape[key].view();
    const std::size_t place = index_of(name, names, after);
    if (place == kUnknown) {
      reading.problems.add({&path, name}, "unknown_field", unknown_field(name, names));
    } else if (places[place] != 0) {
      reading.problems.add({&path, name}, "duplicate_key",
                           "the field is written twice; write it once");
    } else {
      places[place] = key + 1;
      after = place + 1;
    }
  }
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> words) {
  if (word.size() > 31) return {};
  std::string_view best;
  std::size_t least = word.size() > 4 ? 3 : 2;
  for (const std::string_view known : words) {
    if (known.size() > 31) continue;
    const std::size_t away = distance(word, known);
    if (away < least) {
      least = away;
      best = known;
    }
  }
  if (!best.empty() || word.size() < 4) return best;
  // "price" for "unit_price", "member" for "member_id".
  const auto holds = [&](std::string_view known) { return known.find(word) != known.npos; };
  const auto longer = std::find_if(words.begin(), words.end(), holds);
  return longer != words.end() ? *longer : best;
}

}  // namespace accrue::json_codec
