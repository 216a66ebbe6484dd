#include <accrue/notice.hpp>
#include <accrue/text_arena.hpp>
#include <accrue/transaction.hpp>

#include <gtest/gtest.h>

#include <string>

namespace accrue {
namespace {

TEST(TextArena, KeepsEveryTextAcrossGrowthAndMoves) {
  TextArena arena;
  std::vector<std::string> texts;
  std::vector<std::string_view> kept;
  for (std::size_t size = 0; size < 1500; size += 7) {
    texts.emplace_back(size, static_cast<char>('a' + size % 26));
    kept.push_back(arena.keep(texts.back()));
  }
  const TextArena moved = std::move(arena);
  for (std::size_t place = 0; place < texts.size(); ++place) EXPECT_EQ(kept[place], texts[place]);
}

TEST(TextArena, PutsTextsOneBehindTheOtherWhenRoomWasMade) {
  TextArena arena;
  arena.reserve(4'000);
  const auto first = arena.keep("tea");
  const auto second = arena.keep(std::string(3'000, 'x'));
  EXPECT_EQ(first.data() + first.size(), second.data());
}

TEST(TextArena, MovedFromTouchesNothingOfTheNewOwner) {
  TextArena arena;
  arena.keep("tea");
  TextArena owner = std::move(arena);
  const auto mine = arena.keep("coffee");  // NOLINT(bugprone-use-after-move): what is tested
  const auto theirs = owner.keep("biscuits");
  EXPECT_EQ(mine, "coffee");
  EXPECT_EQ(theirs, "biscuits");
}

TEST(Names, OfTransactionTypesAreTheOnesTillsWrite) {
  EXPECT_EQ(name_of(TransactionType::goods_return), "return");
  for (int number = 0; number < kTransactionTypes; ++number) {
    const auto type = static_cast<TransactionType>(number);
    EXPECT_EQ(transaction_type_named(name_of(type)), type);
  }
  EXPECT_FALSE(transaction_type_named("Sale").has_value());
  EXPECT_FALSE(transaction_type_named("").has_value());
}

TEST(Names, OfNoticesAreTheTemplates) {
  EXPECT_EQ(name_of(NoticeKind::points_earned), "points_earned");
  EXPECT_EQ(name_of(NoticeKind::offer_made), "offer_made");
}

}  // namespace
}  // namespace accrue
