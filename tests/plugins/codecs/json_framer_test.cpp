#include "codecs/json/line_framer.hpp"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace accrue::json_codec {
namespace {

using Messages = std::vector<std::pair<std::uint64_t, std::string>>;

/// Feeds `text` in pieces of `step` bytes, as a reader with a small buffer would.
Messages cut(std::string_view text, std::size_t step) {
  LineFramer framer;
  Messages messages;
  std::string input;
  for (std::size_t at = 0;;) {
    const bool at_end = at >= text.size();
    auto frame = framer.next(input, at_end);
    input.erase(0, frame->consumed);
    if (frame->message) messages.emplace_back(frame->line, *frame->message);
    if (frame->consumed != 0 || frame->message) continue;
    if (at_end) return messages;
    input += text.substr(at, step);
    at += step;
  }
}

TEST(Lines, AreMessagesHoweverTheBytesArrive) {
  const Messages expected{{1, "a"}, {2, "bc"}, {5, "d"}};
  for (std::size_t step = 1; step < 20; ++step) {
    EXPECT_EQ(cut("a\nbc\r\n\n \t\r\nd", step), expected) << step;
    EXPECT_EQ(cut("\xef\xbb\xbf"
                  "a\nbc\n\n\nd\n",
                  step),
              expected)
        << step;
  }
  EXPECT_TRUE(cut("", 4).empty());
  EXPECT_TRUE(cut("\n\n\n", 2).empty());
}

TEST(Lines, LongerThanAMebibyteAreCutOffAndTheNextOneIsWhole) {
  const std::string text = "a\n" + std::string(3 * kMaxMessageBytes, 'x') + "\nb\n";
  for (const std::size_t step : {std::size_t{4096}, std::size_t{100'000}, text.size()}) {
    const auto messages = cut(text, step);
    ASSERT_EQ(messages.size(), 3u);
    EXPECT_EQ(messages[1].first, 2u);
    EXPECT_EQ(messages[1].second.size(), kMaxMessageBytes + 1);
    EXPECT_EQ(messages[2], (std::pair<std::uint64_t, std::string>{3, "b"}));
  }
}

TEST(Lines, OfExactlyAMebibyteAreWhole) {
  const auto messages = cut(std::string(kMaxMessageBytes, 'x') + "\n", 65'536);
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(messages[0].second.size(), kMaxMessageBytes);
}

}  // namespace
}  // namespace accrue::json_codec
