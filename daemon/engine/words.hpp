// The words that a program's conditions name (articles, categories, shops, tiers, events), each
// with a small number, so that a basket's texts are looked up once and then compared as numbers.
// Adding: while a program is compiled. Finding: any thread.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace accrue::engine {

using Word = std::uint32_t;
/// A text that no condition names.
inline constexpr Word kUnknownWord = 0;

class Words {
 public:
  /// The text's number, from 1 on; a new one when it has none yet.
  Word add(std::string_view text);
  Word find(std::string_view text) const {
    if (text.empty()) return empty_;  // Most baskets have some.
    const auto found = numbers_.find(text);
    return found == numbers_.end() ? kUnknownWord : found->second;
  }

 private:
  struct Hash {
    using is_transparent = void;
    using is_avalanching = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  boost::unordered_flat_map<std::string, Word, Hash, std::equal_to<>> numbers_;
  Word empty_ = kUnknownWord;
};

}  // namespace accrue::engine
