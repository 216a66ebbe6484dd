#include "digest/crc32c.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace accrue {
namespace {

std::string counting(int from, int step) {
  std::string bytes;
  for (int i = 0; i < 32; ++i) bytes.push_back(static_cast<char>(from + step * i));
  return bytes;
}

TEST(Crc32c, GivesTheValuesPrintedInRfc3720) {
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAu);
  EXPECT_EQ(crc32c(std::string(32, '\xFF')), 0x62A8AB43u);
  EXPECT_EQ(crc32c(counting(0, 1)), 0x46DD794Eu);
  EXPECT_EQ(crc32c(counting(31, -1)), 0x113FDB5Cu);
  EXPECT_EQ(crc32c("123456789"), 0xE3069283u);
  EXPECT_EQ(crc32c(""), 0u);
}

TEST(Crc32c, IsTheSameByTableAndByInstruction) {
  if (!digest::has_crc32c_instruction()) GTEST_SKIP() << "this processor has no CRC32C instruction";
  std::mt19937 random(7);
  std::string bytes(4096, '\0');
  for (char& c : bytes) c = static_cast<char>(random());
  for (int round = 0; round < 5000; ++round) {
    const std::size_t from = random() % bytes.size();
    const std::size_t size = random() % (bytes.size() - from);
    const std::string_view part = std::string_view(bytes).substr(from, size);
    const auto seed = static_cast<std::uint32_t>(random());
    ASSERT_EQ(digest::crc32c_by_table(part, seed), digest::crc32c_by_instruction(part, seed));
  }
}

TEST(Crc32c, OfPiecesIsThatOfTheWhole) {
  const std::string text = "the cat sat on the mat, and then it went away again";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    EXPECT_EQ(crc32c(text.substr(cut), crc32c(text.substr(0, cut))), crc32c(text));
  }
}

TEST(Crc32c, NoticesEveryFlippedBit) {
  const std::string text = "6.98 at 1 for each 1.00";
  for (std::size_t i = 0; i < text.size() * 8; ++i) {
    std::string flipped = text;
    flipped[i / 8] = static_cast<char>(flipped[i / 8] ^ (1 << (i % 8)));
    EXPECT_NE(crc32c(flipped), crc32c(text));
  }
}

}  // namespace
}  // namespace accrue
