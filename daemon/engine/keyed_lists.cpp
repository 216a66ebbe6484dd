#include "engine/keyed_lists.hpp"

#include <algorithm>
#include <tuple>

namespace accrue::engine {
namespace {

bool is_lasting(const KeyedLists::Entry& entry) {
  return entry.begin == LocalTime::min() && entry.end == LocalTime::max();
}

auto group_of(const KeyedLists::Entry& entry) {
  return std::tuple(entry.kind, entry.word, entry.store);
}

bool is_before(const KeyedLists::Entry& a, const KeyedLists::Entry& b) {
  return std::tuple(group_of(a), a.begin, a.position) <
         std::tuple(group_of(b), b.begin, b.position);
}

bool is_over(LocalTime end, LocalTime time) { return end <= time && end != LocalTime::max(); }

}  // namespace

void KeyedLists::build(std::vector<Entry> entries) {
  *this = {};
  std::sort(entries.begin(), entries.end(), is_before);
  const Entry* const end = entries.data() + entries.size();
  for (const Entry* from = entries.data(); from != end;) {
    const Entry* const to = std::find_if(
        from, end, [&](const Entry& entry) { return group_of(entry) != group_of(*from); });
    if (from->kind >= kinds_.size()) kinds_.resize(from->kind + 1);
    auto& slots = kinds_[from->kind];
    if (from->word >= slots.size()) slots.resize(from->word + 1);
    Slot& slot = slots[from->word];
    if (slot.begin == slot.end) slot.begin = static_cast<std::uint32_t>(groups_.size());
    add_group(from, to);
    slot.end = static_cast<std::uint32_t>(groups_.size());
    from = to;
  }
}

void KeyedLists::add_group(const Entry* begin, const Entry* end) {
  Group group;
  group.store = begin->store;
  group.lasting_begin = static_cast<std::uint32_t>(lasting_.size());
  group.stretches_begin = static_cast<std::uint32_t>(stretches_.size());
  for (const Entry* entry = begin; entry != end; ++entry) {
    if (is_lasting(*entry)) {
      lasting_.push_back(entry->position);
    } else {
      stretches_.push_back({entry->begin, entry->end, entry->end, entry->position});
    }
  }
  group.lasting_end = static_cast<std::uint32_t>(lasting_.size());
  group.stretches_end = static_cast<std::uint32_t>(stretches_.size());
  plant(group.stretches_begin, group.stretches_end);
  groups_.push_back(group);
}

/// The middle of a range is the root of its tree; its halves are the subtrees.
LocalTime KeyedLists::plant(std::size_t begin, std::size_t end) {
  if (begin == end) return LocalTime::min();
  const std::size_t middle = begin + (end - begin) / 2;
  Stretch& root = stretches_[middle];
  root.latest_end = std::max({root.end, plant(begin, middle), plant(middle + 1, end)});
  return root.latest_end;
}

void KeyedLists::collect(std::uint32_t kind, Word word, Word store, LocalTime time,
                         std::vector<std::uint32_t>& found) const {
  if (kind >= kinds_.size() || word >= kinds_[kind].size()) return;
  const Slot slot = kinds_[kind][word];
  if (slot.begin == slot.end) return;
  const auto begin = groups_.begin() + slot.begin;
  const auto end = groups_.begin() + slot.end;
  if (begin->store == kUnknownWord) collect(*begin, time, found);
  if (store == kUnknownWord) return;
  const auto own =
      std::lower_bound(begin, end, store, [](const Group& g, Word s) { return g.store < s; });
  if (own != end && own->store == store) collect(*own, time, found);
}

void KeyedLists::collect(const Group& group, LocalTime time,
                         std::vector<std::uint32_t>& found) const {
  // Mostly one or two: a copy in one piece would cost more to begin.
  for (std::uint32_t i = group.lasting_begin; i < group.lasting_end; ++i) {
    found.push_back(lasting_[i]);
  }
  search(group.stretches_begin, group.stretches_end, time, found);
}

void KeyedLists::search(std::size_t begin, std::size_t end, LocalTime time,
                        std::vector<std::uint32_t>& found) const {
  if (begin == end) return;
  const std::size_t middle = begin + (end - begin) / 2;
  const Stretch& root = stretches_[middle];
  if (is_over(root.latest_end, time)) return;
  search(begin, middle, time, found);
  if (root.begin > time) return;
  if (!is_over(root.end, time)) found.push_back(root.position);
  search(middle + 1, end, time, found);
}

}  // namespace accrue::engine
