// The words that a program's conditions name (articles, categories, shops, tiers, events), each
// with a small number, so that a basket's texts are looked up once and then compared as numbers.
// Adding: while a program is compiled. Finding: any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace accrue::engine {

using Word = std::uint32_t;
/// A text that no condition names.
inline constexpr Word kUnknownWord = 0;

class Words {
 public:
  /// The text's number, from 1 on; a new one when it has none yet.
  Word add(std::string_view text);
  Word find(std::string_view text) const {
    if (text.empty()) return empty_;
    return cells_.empty() ? kUnknownWord : cells_[place(text, hash_of(text))].word;
  }

 private:
  struct Cell {
    std::uint32_t hash = 0;
    Word word = kUnknownWord;
  };
  static std::uint32_t hash_of(std::string_view text);
  /// The cell that holds the text, or the empty one where it belongs. REQUIRES: cells.
  std::size_t place(std::string_view text, std::uint32_t hash) const {
    const std::size_t mask = cells_.size() - 1;
    std::size_t at = hash & mask;
    while (cells_[at].word != kUnknownWord &&
           (cells_[at].hash != hash || texts_[cells_[at].word - 1] != text)) {
      at = (at + 1) & mask;
    }
    return at;
  }
  void grow();

  std::vector<Cell> cells_;  ///< A power of two of them, at most half full.
  std::vector<std::string> texts_;
  Word empty_ = kUnknownWord;  ///< Of the empty text: most baskets have some.
};

}  // namespace accrue::engine
