#include "engine/sharing.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>
#include <numeric>

namespace accrue::engine {
namespace {

using Numbers = std::vector<std::int64_t>;

TEST(Sharing, GivesWholeSharesExactly) {
  EXPECT_EQ(share(10, Numbers({100, 300, 600})), Numbers({1, 3, 6}));
}

TEST(Sharing, GivesWhatIsLeftToTheLargestRemainders) {
  // 10/3 each is 3.33: one point is left, the earliest takes it.
  EXPECT_EQ(share(10, Numbers({1, 1, 1})), Numbers({4, 3, 3}));
  // 7 × 1/6, 2/6, 3/6 = 1.17, 2.33, 3.5: 1, 2, 3 and one left for the .5.
  EXPECT_EQ(share(7, Numbers({1, 2, 3})), Numbers({1, 2, 4}));
}

TEST(Sharing, GivesNothingToLinesThatTakeGoodsBack) {
  EXPECT_EQ(share(9, Numbers({200, -500, 100})), Numbers({6, 0, 3}));
  EXPECT_EQ(share(9, Numbers({0, 0, 100})), Numbers({0, 0, 9}));
}

TEST(Sharing, GivesAllToTheFirstWhenNothingWeighs) {
  EXPECT_EQ(share(9, Numbers({0, -1, 0})), Numbers({9, 0, 0}));
}

TEST(Sharing, HoldsTheLargestNumbers) {
  const std::int64_t amount = 1'000'000'000'000'000;
  const auto shares = share(1'000'000'000'000, Numbers({amount, amount, amount - 1}));
  EXPECT_EQ(std::accumulate(shares.begin(), shares.end(), std::int64_t{0}), 1'000'000'000'000);
}

RC_GTEST_PROP(Sharing, SumsToTheWholeAndIsNeverOffByAPoint, ()) {
  const auto points = *rc::gen::inRange<std::int64_t>(0, 1'000'000);
  const auto weights = *rc::gen::suchThat(
      rc::gen::container<Numbers>(rc::gen::inRange<std::int64_t>(0, 10'000)),
      [](const Numbers& w) { return std::accumulate(w.begin(), w.end(), std::int64_t{0}) > 0; });
  const auto shares = share(points, weights);
  const auto total = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  RC_ASSERT(std::accumulate(shares.begin(), shares.end(), std::int64_t{0}) == points);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    // |share - points × weight / total| < 1, without fractions.
    RC_ASSERT(std::abs(shares[i] * total - points * weights[i]) < total);
  }
}

}  // namespace
}  // namespace accrue::engine
