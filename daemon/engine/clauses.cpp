#include "engine/clauses.hpp"

#include <algorithm>
#include <cstring>

namespace accrue::engine {
namespace {

constexpr std::uint8_t kAllTypes = (1u << kTransactionTypes) - 1;

std::vector<Word> words_of(const std::vector<std::string>& texts, Words& words) {
  std::vector<Word> list;
  list.reserve(texts.size());
  for (const std::string& text : texts) list.push_back(words.add(text));
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return list;
}

void sort_out(const std::vector<std::string>& patterns, Words& words, std::vector<Word>& names,
              std::vector<std::string>& beginnings) {
  std::vector<std::string> exact;
  for (const std::string& pattern : patterns) {
    if (pattern.empty()) continue;  // Matches no text.
    if (pattern.back() == '*') {
      beginnings.push_back(pattern.substr(0, pattern.size() - 1));
    } else {
      exact.push_back(pattern);
    }
  }
  names = words_of(exact, words);
}

bool begins(std::string_view text, const std::vector<std::string>& beginnings) {
  if (text.empty()) return false;
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](const std::string& beginning) { return text.starts_with(beginning); });
}

std::uint8_t types_of(const std::vector<TransactionType>& types) {
  std::uint8_t bits = 0;
  for (const TransactionType type : types) bits = static_cast<std::uint8_t>(bits | bit_of(type));
  return bits;
}

std::uint8_t weekdays_of(const std::vector<int>& weekdays) {
  if (weekdays.empty()) return 0xff;
  unsigned bits = 0;
  for (const int day : weekdays) {
    if (day >= 1 && day <= 7) bits |= 1u << day;
  }
  return static_cast<std::uint8_t>(bits);
}

std::uint32_t attribute_number(const std::string& name, ClauseNumbers& numbers) {
  auto& known = numbers.attributes;
  auto found = std::find(known.begin(), known.end(), name);
  if (found == known.end()) found = known.insert(known.end(), name);
  return static_cast<std::uint32_t>(found - known.begin());
}

/// Rules with the same `items` and `except` select the same lines.
std::uint32_t selection_number(const RuleText& text, ClauseNumbers& numbers) {
  std::string key;
  const auto write = [&](char kind, const std::vector<std::string>& texts) {
    for (const std::string& word : texts) key += kind + std::to_string(word.size()) + ':' + word;
  };
  if (text.items) {
    key += 'i';
    write('s', text.items->skus);
    write('c', text.items->categories);
  }
  if (text.except && !text.except->empty()) {
    key += 'e';
    write('s', text.except->skus);
    write('c', text.except->categories);
  }
  const auto number = static_cast<std::uint32_t>(numbers.selections.size());
  return numbers.selections.try_emplace(std::move(key), number).first->second;
}

}  // namespace

ItemWords ItemWords::of(const ItemFilter& items, Words& words) {
  ItemWords found;
  sort_out(items.skus, words, found.skus, found.sku_beginnings);
  sort_out(items.categories, words, found.categories, found.category_beginnings);
  return found;
}

bool ItemWords::matches(const LineWords& words, const Line& line) const {
  return has(skus, words.sku) || has(categories, words.category) ||
         (!is_exact() &&
          (begins(line.sku, sku_beginnings) || begins(line.category, category_beginnings)));
}

Clauses compile_clauses(const RuleText& text, const RuleTraits& traits, Words& words,
                        ClauseNumbers& numbers) {
  Clauses made;
  const When& when = text.when;
  // A lot may be opened by any transaction; other rules say which types they are for.
  made.types = traits.stage == Stage::expire ? kAllTypes : types_of(traits.types);
  if (!when.types.empty()) made.types &= types_of(when.types);
  made.weekdays = weekdays_of(when.weekdays);
  made.window = when.time;
  for (const auto& from : {when.from, text.active_from}) {
    if (from) made.begin = std::max(made.begin, *from);
  }
  for (const auto& until : {when.until, text.active_until}) {
    if (until) made.end = std::min(made.end, *until);
  }
  made.stores = words_of(when.stores, words);
  made.events = words_of(when.events, words);
  made.rule_events = words_of(traits.events, words);
  if (!when.tiers.empty())
    made.member.push_back({attribute_number("tier", numbers), words_of(when.tiers, words)});
  for (const auto& [name, values] : when.member) {
    made.member.push_back({attribute_number(name, numbers), words_of(values, words)});
  }
  if (text.items) made.items = ItemWords::of(*text.items, words);
  if (text.except) made.except = ItemWords::of(*text.except, words);
  made.selection = selection_number(text, numbers);
  made.needs_lines = traits.needs_lines;
  made.is_plain = made.weekdays == 0xff && !made.window && made.begin == LocalTime::min() &&
                  made.end == LocalTime::max() && made.stores.empty() && made.events.empty() &&
                  made.rule_events.empty() && made.member.empty();
  return made;
}

}  // namespace accrue::engine
