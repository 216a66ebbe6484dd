#include "engine/reading.hpp"

#include "engine/conditions.hpp"

#include <algorithm>

namespace accrue::engine {
namespace {

/// Of an attribute: not looked up yet, and looked up in vain. No word is that large.
constexpr Word kNotAsked = 0xffffffff;
constexpr Word kAbsent = 0xfffffffe;

/// Ascending, each once. Mostly the list is in order but for a few at its end.
void sort_once(std::vector<std::uint32_t>& list) {
  auto end = std::adjacent_find(list.begin(), list.end(), std::greater_equal<>());
  if (end == list.end()) return;
  constexpr std::ptrdiff_t kFew = 16;
  if (list.end() - ++end <= kFew) {
    for (auto next = end; next != list.end(); ++next) {
      const std::uint32_t value = *next;
      auto place = end;
      while (place != list.begin() && *(place - 1) > value) --place;
      if (place != list.begin() && *(place - 1) == value) continue;
      std::move_backward(place, end, end + 1);
      *place = value;
      ++end;
    }
    list.erase(end, list.end());
    return;
  }
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

}  // namespace

std::unique_ptr<Reading::Memory>& Reading::spare() {
  thread_local std::unique_ptr<Memory> memory;
  return memory;
}

Reading::Reading(const RuleSet& rules, const Transaction& transaction, const MemberState& member)
    : rules_(rules),
      transaction_(transaction),
      member_(member),
      local_time_(rules.terms().zone->to_local(transaction.time)),
      type_(bit_of(transaction.type)),
      memory_(std::move(spare())) {
  if (!memory_) memory_ = std::make_unique<Memory>();
  ++memory_->readings;
  memory_->lines.clear();
  if (memory_->selections.size() < rules.selections()) {
    memory_->selections.resize(rules.selections());
  }
  memory_->attributes.assign(rules.attributes().size(), kNotAsked);
  const auto day = std::chrono::floor<std::chrono::days>(local_time_);
  minute_ = std::chrono::floor<std::chrono::minutes>(local_time_ - day);
  weekday_ = static_cast<int>(std::chrono::weekday{day}.iso_encoding());
  read_words();
}

Reading::~Reading() { spare() = std::move(memory_); }

void Reading::read_words() {
  const Words& words = rules_.words();
  store_ = words.find(transaction_.store);
  event_ = words.find(transaction_.event);
  auto& lines = memory_->words;
  lines.clear();
  for (const Line& line : transaction_.lines) {
    LineWords& found = lines.emplace_back();
    if (!line.sku.empty()) found.sku = words.find(line.sku);
    if (!line.category.empty()) found.category = words.find(line.category);
  }
}

void Reading::collect_lines(const KeyedLists& lists, std::vector<std::uint32_t>& found,
                            bool bought) const {
  const bool by_sku = lists.has(kBySku);
  const bool by_category = lists.has(kByCategory);
  if (!by_sku && !by_category) return;
  for (std::size_t i = 0; i < memory_->words.size(); ++i) {
    if (bought && transaction_.lines[i].quantity <= Decimal()) continue;
    const LineWords& words = memory_->words[i];
    if (by_sku && words.sku != kUnknownWord) {
      lists.collect(kBySku, words.sku, store_, local_time_, found);
    }
    if (by_category && words.category != kUnknownWord) {
      lists.collect(kByCategory, words.category, store_, local_time_, found);
    }
  }
}

std::span<const std::uint32_t> Reading::candidates(Stage stage) {
  if (rules_.rules(stage).empty()) return {};
  auto& found = memory_->candidates[static_cast<std::size_t>(stage)];
  found.clear();
  const KeyedLists& lists = rules_.index(stage);
  const auto type = static_cast<Word>(transaction_.type);
  lists.collect(kByType, type, store_, local_time_, found);
  collect_lines(lists, found, false);
  if (lists.has(kByEvent) && event_ != kUnknownWord) {
    lists.collect(kByEvent, event_, store_, local_time_, found);
  }
  if (lists.has(kByWatch)) collect_by_watch(lists, found);
  sort_once(found);
  return found;
}

void Reading::collect_by_watch(const KeyedLists& lists, std::vector<std::uint32_t>& found) {
  for (const std::uint32_t watch : bought()) {
    lists.collect(kByWatch, watch, store_, local_time_, found);
  }
  for (const HistoryMark& mark : member_.history()) {
    const auto watch = rules_.watch_named(mark.watch);
    if (watch) lists.collect(kByWatch, static_cast<Word>(*watch), store_, local_time_, found);
  }
}

bool Reading::all_hold(const Clauses& clauses) {
  if (local_time_ < clauses.begin) return false;
  if (local_time_ >= clauses.end && clauses.end != LocalTime::max()) return false;
  if ((clauses.weekdays >> weekday_ & 1) == 0) return false;
  if (!clauses.stores.empty() && !has(clauses.stores, store_)) return false;
  if (!clauses.events.empty() && !has(clauses.events, event_)) return false;
  if (!clauses.rule_events.empty() && !has(clauses.rule_events, event_)) return false;
  if (clauses.window && !is_within(*clauses.window, minute_)) return false;
  return clauses.member.empty() || member_matches(clauses);
}

bool Reading::member_matches(const Clauses& clauses) {
  return std::all_of(
      clauses.member.begin(), clauses.member.end(), [&](const Clauses::Wanted& wanted) {
        const Word value = attribute(wanted.attribute);
        return value != kAbsent && (wanted.values.empty() || has(wanted.values, value));
      });
}

Word Reading::attribute(std::uint32_t number) {
  Word& known = memory_->attributes[number];
  if (known == kNotAsked) {
    const auto value = member_.attribute(rules_.attributes()[number]);
    if (!value) {
      known = kAbsent;
    } else if (const auto* text = std::get_if<std::string_view>(&*value)) {
      known = rules_.words().find(*text);
    } else {
      known = rules_.words().find(text_of(*value));
    }
  }
  return known;
}

void Reading::select(const Clauses& clauses, Selected& selected) {
  auto& lines = memory_->lines;
  selected = {memory_->readings, lines.size(), 0, Money(), 0};
  bool is_plain = true;
  for (std::uint32_t i = 0; i < transaction_.lines.size(); ++i) {
    const Line& line = transaction_.lines[i];
    const LineWords& words = memory_->words[i];
    if (clauses.items && !clauses.items->matches(words, line)) continue;
    if (clauses.except && clauses.except->matches(words, line)) continue;
    lines.push_back(i);
    selected.amount = selected.amount + line.amount;
    is_plain = is_plain && line.amount >= Money();
  }
  selected.count = lines.size() - selected.begin;
  if (is_plain) selected.weight = static_cast<std::uint64_t>(selected.amount.minor());
  if (transaction_.type == TransactionType::goods_return && selected.amount < Money()) {
    selected.amount = -selected.amount;
  }
}

std::span<const std::uint32_t> Reading::bought() {
  auto& found = memory_->bought;
  if (bought_known_) return found;
  bought_known_ = true;
  found.clear();
  if (rules_.watches().empty()) return found;
  const KeyedLists& lists = rules_.watch_index();
  lists.collect(kByType, kUnknownWord, kUnknownWord, local_time_, found);
  std::erase_if(found, [&](std::uint32_t watch) {
    return !buys(transaction_, rules_.watches()[watch].items);
  });
  collect_lines(lists, found, true);
  sort_once(found);
  return found;
}

}  // namespace accrue::engine
