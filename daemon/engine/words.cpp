#include "engine/words.hpp"

namespace accrue::engine {

Word Words::add(std::string_view text) {
  const Word known = find(text);
  if (known != kUnknownWord) return known;
  const auto number = static_cast<Word>(numbers_.size() + 1);
  numbers_.emplace(text, number);
  if (text.empty()) empty_ = number;
  return number;
}

}  // namespace accrue::engine
