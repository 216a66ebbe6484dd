// Under which words of a transaction each rule is found, and each watch: so that a decision costs
// what concerns its basket and not what exists. While a program is compiled.
#pragma once

#include "engine/clauses.hpp"
#include "engine/keyed_lists.hpp"
#include "engine/watch.hpp"

#include <vector>

namespace accrue::engine {

struct CompiledRule;

/// Kinds of keys. Under kByType (word: the TransactionType) stands what no other key narrows down.
inline constexpr std::uint32_t kByType = 0;
inline constexpr std::uint32_t kBySku = 1;
inline constexpr std::uint32_t kByCategory = 2;
inline constexpr std::uint32_t kByEvent = 3;
inline constexpr std::uint32_t kByWatch = 4;  ///< Word: the watch's index in the rule set.

/// Positions are indices into the rules.
KeyedLists index_of(const std::vector<CompiledRule>& rules);

/// Positions are indices into the watches; those with patterns stand under kByType, word 0.
KeyedLists index_of(const std::vector<WatchedItems>& watches, Words& words);

}  // namespace accrue::engine
