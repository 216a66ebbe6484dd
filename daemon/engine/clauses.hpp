// A rule's shared clauses (when, active, items, except) in the words of its program, made once when
// the program is compiled. They say the same as engine/conditions does of the text. Any thread.
#pragma once

#include "engine/program_spec.hpp"
#include "engine/words.hpp"

#include <accrue/rule.hpp>

#include <algorithm>

namespace accrue::engine {

/// The words of one line of a basket; those of an empty text are unknown.
struct LineWords {
  Word sku = kUnknownWord;
  Word category = kUnknownWord;
};

/// An item filter: names by their words, patterns by what stands before their '*'.
struct ItemWords {
  std::vector<Word> skus, categories;  ///< Ascending.
  std::vector<std::string> sku_beginnings, category_beginnings;

  static ItemWords of(const ItemFilter& items, Words& words);
  bool is_exact() const { return sku_beginnings.empty() && category_beginnings.empty(); }
  bool matches(const LineWords& words, const Line& line) const;
};

/// Numbers of the member's attributes that conditions name, and of the line selections that rules
/// share, both counted from 0 over a whole rule set.
struct ClauseNumbers {
  std::vector<std::string> attributes;
  std::map<std::string, std::uint32_t> selections;
};

struct Clauses {
  /// A member's attribute and the texts it may have; none means any.
  struct Wanted {
    std::uint32_t attribute = 0;
    std::vector<Word> values;
  };

  std::uint8_t types = 0;  ///< A bit for each TransactionType.
  /// Nothing else is asked than the type: no day, shop, event or member.
  bool is_plain = false;
  std::uint8_t weekdays = 0xff;  ///< Bit 1 Monday … 7 Sunday.
  std::optional<When::Window> window;
  LocalTime begin = LocalTime::min();
  LocalTime end = LocalTime::max();  ///< Exclusive, but for max().
  std::vector<Word> stores;          ///< Ascending; none means any. So are the others.
  std::vector<Word> events;
  std::vector<Word> rule_events;  ///< Those that the rule itself says it is for.
  std::vector<Wanted> member;
  std::optional<ItemWords> items, except;
  std::uint32_t selection = 0;
  bool needs_lines = false;
};

Clauses compile_clauses(const RuleText& text, const RuleTraits& traits, Words& words,
                        ClauseNumbers& numbers);

inline constexpr std::uint8_t bit_of(TransactionType type) {
  return static_cast<std::uint8_t>(1u << static_cast<unsigned>(type));
}

/// True when the ascending list has the word.
inline bool has(const std::vector<Word>& list, Word word) {
  constexpr std::size_t kFew = 8;
  if (list.size() > kFew) return std::binary_search(list.begin(), list.end(), word);
  for (const Word known : list) {
    if (known == word) return true;
  }
  return false;
}

}  // namespace accrue::engine
