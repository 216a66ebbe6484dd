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
  Word find(std::string_view text) const;

 private:
  struct Cell {
    std::uint32_t hash = 0;
    Word word = kUnknownWord;
  };
  /// The cell that holds the text, or the empty one where it belongs. REQUIRES: cells.
  std::size_t place(std::string_view text, std::uint32_t hash) const;
  void grow();

  std::vector<Cell> cells_;  ///< A power of two of them, at most half full.
  std::vector<std::string> texts_;
};

}  // namespace accrue::engine
