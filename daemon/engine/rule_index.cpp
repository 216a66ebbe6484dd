#include "engine/rule_index.hpp"

#include "engine/rule_set.hpp"

namespace accrue::engine {
namespace {

using Entry = KeyedLists::Entry;

/// The rule's entries under one key: one for each of its shops.
void add_under(std::uint32_t kind, Word word, const Clauses& clauses, std::uint32_t position,
               std::vector<Entry>& entries) {
  Entry entry{kind, word, kUnknownWord, position, clauses.begin, clauses.end};
  if (clauses.stores.empty()) entries.push_back(entry);
  for (const Word store : clauses.stores) {
    entry.store = store;
    entries.push_back(entry);
  }
}

/// Types of transactions that the rule is ever asked of.
bool is_asked_of(const CompiledRule& rule, TransactionType type) {
  if ((rule.clauses.types & bit_of(type)) == 0) return false;
  const RuleTraits& traits = rule.rule->traits();
  const bool is_mirrored = traits.mirrors_returns && rule.lane == 0;
  return type != TransactionType::goods_return || traits.stage != Stage::earn || is_mirrored;
}

/// Under the goods it needs, now or ever, else under its events, else under its types.
void add(const CompiledRule& rule, std::uint32_t position, std::vector<Entry>& entries) {
  const Clauses& clauses = rule.clauses;
  if (clauses.needs_lines && clauses.items && clauses.items->is_exact()) {
    for (const Word sku : clauses.items->skus) add_under(kBySku, sku, clauses, position, entries);
    for (const Word category : clauses.items->categories) {
      add_under(kByCategory, category, clauses, position, entries);
    }
    return;
  }
  const auto& watches = rule.rule->traits().watches;
  for (std::size_t i = 0; i < watches.size(); ++i) {
    if (!watches[i].needed) continue;
    add_under(kByWatch, static_cast<Word>(rule.watches[i]), clauses, position, entries);
    return;
  }
  const auto& events = clauses.rule_events.empty() ? clauses.events : clauses.rule_events;
  for (const Word event : events) add_under(kByEvent, event, clauses, position, entries);
  if (!events.empty()) return;
  for (int type = 0; type < kTransactionTypes; ++type) {
    if (!is_asked_of(rule, static_cast<TransactionType>(type))) continue;
    add_under(kByType, static_cast<Word>(type), clauses, position, entries);
  }
}

}  // namespace

KeyedLists index_of(const std::vector<CompiledRule>& rules) {
  std::vector<Entry> entries;
  for (std::uint32_t i = 0; i < rules.size(); ++i) add(rules[i], i, entries);
  KeyedLists lists;
  lists.build(std::move(entries));
  return lists;
}

KeyedLists index_of(const std::vector<WatchedItems>& watches, Words& words) {
  std::vector<Entry> entries;
  for (std::uint32_t i = 0; i < watches.size(); ++i) {
    const ItemWords items = ItemWords::of(watches[i].items, words);
    const auto add = [&](std::uint32_t kind, Word word) {
      entries.push_back({kind, word, kUnknownWord, i, LocalTime::min(), LocalTime::max()});
    };
    if (!items.is_exact()) {
      add(kByType, kUnknownWord);
      continue;
    }
    for (const Word sku : items.skus) add(kBySku, sku);
    for (const Word category : items.categories) add(kByCategory, category);
  }
  KeyedLists lists;
  lists.build(std::move(entries));
  return lists;
}

}  // namespace accrue::engine
