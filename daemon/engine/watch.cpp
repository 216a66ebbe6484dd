#include "engine/watch.hpp"

#include "digest/sha256.hpp"

#include <algorithm>

namespace accrue::engine {

std::uint64_t watch_id(const ItemFilter& items) {
  const auto canonical = [](std::vector<std::string> words, char kind) {
    std::sort(words.begin(), words.end());
    std::string text;
    for (const auto& word : words) text += kind + std::to_string(word.size()) + ':' + word;
    return text;
  };
  const Digest hash = sha256(canonical(items.skus, 's') + canonical(items.categories, 'c'));
  std::uint64_t id = 0;
  for (std::size_t i = 0; i < 8; ++i) id = id << 8 | hash[i];
  return id == 0 ? 1 : id;
}

bool buys(const Transaction& transaction, const ItemFilter& items) {
  return std::any_of(transaction.lines.begin(), transaction.lines.end(), [&](const Line& line) {
    return line.quantity > Decimal() && items.matches(line.sku, line.category);
  });
}

std::vector<HistoryMark> marks_of(const Transaction& transaction,
                                  const std::vector<WatchedItems>& watches) {
  std::vector<HistoryMark> marks;
  if (transaction.type != TransactionType::sale) return marks;
  for (const WatchedItems& watch : watches) {
    if (buys(transaction, watch.items)) marks.push_back({watch.id, transaction.time});
  }
  return marks;
}

}  // namespace accrue::engine
