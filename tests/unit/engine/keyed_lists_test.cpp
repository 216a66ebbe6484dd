#include "engine/keyed_lists.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <accrue/time.hpp>

#include <algorithm>

namespace accrue::engine {
namespace {

constexpr std::uint32_t kKind = 2;
constexpr Word kTea = 7;

LocalTime hour(int number) { return LocalTime{} + std::chrono::hours(number); }

std::vector<std::uint32_t> found(const KeyedLists& lists, Word word, Word store, LocalTime time) {
  std::vector<std::uint32_t> positions;
  lists.collect(kKind, word, store, time, positions);
  std::sort(positions.begin(), positions.end());
  return positions;
}

using Positions = std::vector<std::uint32_t>;

TEST(KeyedLists, WhatIsForOneShopIsFoundInThatShop) {
  KeyedLists lists;
  lists.build({{kKind, kTea, kUnknownWord, 1}, {kKind, kTea, 3, 2}, {kKind, kTea, 4, 5}});
  EXPECT_EQ(found(lists, kTea, kUnknownWord, hour(0)), Positions({1}));
  EXPECT_EQ(found(lists, kTea, 3, hour(0)), Positions({1, 2}));
  EXPECT_EQ(found(lists, kTea, 4, hour(0)), Positions({1, 5}));
  EXPECT_EQ(found(lists, kTea + 1, 4, hour(0)), Positions());
}

TEST(KeyedLists, AStretchHoldsItsBeginningAndNotItsEnd) {
  KeyedLists lists;
  lists.build({{kKind, kTea, kUnknownWord, 1, hour(10), hour(12)}});
  EXPECT_EQ(found(lists, kTea, kUnknownWord, hour(10) - std::chrono::seconds(1)), Positions());
  EXPECT_EQ(found(lists, kTea, kUnknownWord, hour(10)), Positions({1}));
  EXPECT_EQ(found(lists, kTea, kUnknownWord, hour(12) - std::chrono::seconds(1)), Positions({1}));
  EXPECT_EQ(found(lists, kTea, kUnknownWord, hour(12)), Positions());
}

RC_GTEST_PROP(KeyedLists, FindsTheStretchesThatHoldATime, ()) {
  const auto bounds = *rc::gen::container<std::vector<std::pair<int, int>>>(
      rc::gen::pair(rc::gen::inRange(0, 40), rc::gen::inRange(0, 40)));
  std::vector<KeyedLists::Entry> entries;
  for (std::uint32_t i = 0; i < bounds.size(); ++i) {
    const auto [begin, end] = bounds[i];
    // Some are open to one side.
    entries.push_back({kKind, kTea, kUnknownWord, i, begin < 4 ? LocalTime::min() : hour(begin),
                       end > 35 ? LocalTime::max() : hour(end)});
  }
  KeyedLists lists;
  lists.build(entries);
  for (int time = 0; time < 40; ++time) {
    Positions expected;
    for (const auto& entry : entries) {
      if (entry.begin <= hour(time) && hour(time) < entry.end) expected.push_back(entry.position);
    }
    RC_ASSERT(found(lists, kTea, kUnknownWord, hour(time)) == expected);
  }
}

TEST(Words, ATextIsKnownByItsNumberOrNotAtAll) {
  Words words;
  EXPECT_EQ(words.find("tea"), kUnknownWord);
  std::vector<std::string> texts{"", "a", "b", "ab", "ba", "tea", "teapots"};
  for (int i = 0; i < 2000; ++i) texts.push_back("50" + std::to_string(13000000 + i * 37));
  for (int i = 0; i < 200; ++i)
    texts.push_back(std::string(static_cast<std::size_t>(i), 'x') + "y");
  std::vector<Word> numbers;
  for (const std::string& text : texts) numbers.push_back(words.add(text));
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_EQ(words.find(texts[i]), numbers[i]) << texts[i];
    EXPECT_EQ(words.add(texts[i]), numbers[i]) << texts[i];
  }
  std::sort(numbers.begin(), numbers.end());
  EXPECT_EQ(std::unique(numbers.begin(), numbers.end()), numbers.end());
  EXPECT_EQ(words.find("coffee"), kUnknownWord);
  EXPECT_EQ(words.find("aa"), kUnknownWord);
}

}  // namespace
}  // namespace accrue::engine
