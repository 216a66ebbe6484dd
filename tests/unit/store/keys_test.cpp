#include "store/keys.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace accrue::store {
namespace {

TEST(StoreKeys, SortAsTheirNumbersDo) {
  std::mt19937_64 random(1);
  std::vector<std::uint64_t> numbers{0, 1, 255, 256, 0xFFFFFFFF, 0x100000000, ~0ull};
  for (int i = 0; i < 1000; ++i) numbers.push_back(random() >> (random() % 64));
  std::sort(numbers.begin(), numbers.end());
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    const auto a = key_of(numbers[i - 1]);
    const auto b = key_of(numbers[i]);
    EXPECT_LE(view(a), view(b));
  }
}

TEST(StoreKeys, AreTakenApartAsTheyWereBuilt) {
  KeyWriter key;
  key.text("M000123").u64(0x0102030405060708).u32(7).u8(9).raw("rest");
  EXPECT_EQ(key.view(), std::string("M000123\0\1\2\3\4\5\6\7\x08\0\0\0\7\x09rest", 25));
  KeyReader reader(key.view());
  EXPECT_EQ(reader.text(), "M000123");
  EXPECT_EQ(reader.u64(), 0x0102030405060708u);
  EXPECT_EQ(reader.u32(), 7u);
  EXPECT_EQ(reader.u8(), 9);
  EXPECT_EQ(reader.rest(), "rest");
  EXPECT_EQ(reader.u64(), std::nullopt) << "four bytes are no number of eight";
  EXPECT_EQ(reader.text(), std::nullopt) << "no zero byte ends it";
  EXPECT_EQ(reader.raw(4), "rest");
}

TEST(StoreKeys, OfAMemberNeverMixWithThoseOfALongerName) {
  KeyWriter short_name, long_name;
  short_name.text("M1").u64(~0ull);
  long_name.text("M10").u64(0);
  EXPECT_LT(short_name.view(), long_name.view());
}

}  // namespace
}  // namespace accrue::store
