#include "http/line_cutter.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace accrue::http {
namespace {

/// Lines as "number:text", too long ones as "number!", fed in pieces of `step` bytes.
std::vector<std::string> cut(std::string_view body, std::size_t step, std::size_t longest = 100) {
  LineCutter cutter(longest);
  std::vector<std::string> lines;
  const auto note = [&](LineCutter::Cut found) {
    const std::string number = std::to_string(cutter.number());
    if (found == LineCutter::Cut::line) lines.push_back(number + ":" + cutter.take_line());
    if (found == LineCutter::Cut::too_long) lines.push_back(number + "!");
  };
  while (!body.empty()) {
    std::string_view piece = body.substr(0, step);
    body.remove_prefix(piece.size());
    while (!piece.empty()) {
      std::size_t consumed = 0;
      note(cutter.next(piece, consumed));
      piece.remove_prefix(consumed);
    }
  }
  note(cutter.end());
  return lines;
}

TEST(LineCutter, CutsAlikeHoweverTheBytesArrive) {
  const std::vector<std::string> expected{"1:one", "2:two", "5:five"};
  for (const std::size_t step : {1U, 2U, 3U, 5U, 100U}) {
    EXPECT_EQ(cut("one\ntwo\r\n\n  \nfive", step), expected) << step;
    EXPECT_EQ(cut("one\ntwo\r\n\n  \nfive\n", step), expected) << step;
  }
}

TEST(LineCutter, PassesOverALongLineAndGoesOnBehindIt) {
  for (const std::size_t step : {1U, 4U, 100U}) {
    EXPECT_EQ(cut("1234\n123456\n12345\n123456", step, 5),
              (std::vector<std::string>{"1:1234", "2!", "3:12345", "4!"}))
        << step;
  }
}

TEST(LineCutter, FindsNothingInNothing) {
  EXPECT_TRUE(cut("", 1).empty());
  EXPECT_TRUE(cut("\n\n", 1).empty());
}

}  // namespace
}  // namespace accrue::http
