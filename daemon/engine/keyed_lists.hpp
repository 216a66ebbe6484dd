// Lists of positions (of rules, of watches) found by a key: what a transaction has is looked up,
// what it has not costs nothing. Within a key, positions may be for one shop only, or for a stretch
// of time only; stretches are searched as an interval tree. Built once; then any thread.
#pragma once

#include "engine/words.hpp"

#include <accrue/time.hpp>

#include <vector>

namespace accrue::engine {

class KeyedLists {
 public:
  struct Entry {
    std::uint32_t kind = 0;  ///< Small numbers: what sort of key it is.
    Word word = kUnknownWord;
    Word store = kUnknownWord;  ///< kUnknownWord: any.
    std::uint32_t position = 0;
    LocalTime begin = LocalTime::min();
    LocalTime end = LocalTime::max();  ///< Exclusive, but for max().
  };

  /// Replaces what was there.
  void build(std::vector<Entry> entries);
  bool has(std::uint32_t kind) const { return kind < kinds_.size() && !kinds_[kind].empty(); }

  /// Appends the positions under that key which are for any shop or for this one, at this time.
  void collect(std::uint32_t kind, Word word, Word store, LocalTime time,
               std::vector<std::uint32_t>& found) const;

 private:
  struct Stretch {
    LocalTime begin, end;
    LocalTime latest_end;  ///< Of the subtree whose root this is.
    std::uint32_t position = 0;
  };
  struct Group {
    Word store = kUnknownWord;
    std::uint32_t lasting_begin = 0, lasting_end = 0;
    std::uint32_t stretches_begin = 0, stretches_end = 0;
  };
  struct Slot {
    std::uint32_t begin = 0, end = 0;  ///< Groups, ascending by shop.
  };

  void add_group(const Entry* begin, const Entry* end);
  LocalTime plant(std::size_t begin, std::size_t end);
  void collect(const Group& group, LocalTime time, std::vector<std::uint32_t>& found) const;
  void search(std::size_t begin, std::size_t end, LocalTime time,
              std::vector<std::uint32_t>& found) const;

  std::vector<std::vector<Slot>> kinds_;  ///< By kind, then by word.
  std::vector<Group> groups_;
  std::vector<std::uint32_t> lasting_;
  std::vector<Stretch> stretches_;
};

}  // namespace accrue::engine
