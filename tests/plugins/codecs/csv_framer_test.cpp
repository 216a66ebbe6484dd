#include "csv_cases.hpp"

#include "codecs/csv/row_framer.hpp"

#include <gtest/gtest.h>

namespace accrue::csv_codec {
namespace {

/// A file of columns id, time, sku, quantity, unit_price; settings need no mapping for it.
std::unique_ptr<CsvCodec> plain(std::int64_t merge_rows = 1000) {
  Settings settings;
  settings.set("currency", std::string("GBP"), {});
  settings.set("merge_rows", merge_rows, {});
  return std::move(*make_codec(settings));
}

constexpr std::string_view kHeader = "id,time,sku,quantity,unit_price\n";

/// Rows of the named transactions, each with its place as sku.
std::string file(std::string_view ids) {
  std::string text(kHeader);
  int place = 0;
  for (const char id : ids) {
    text += std::string(1, id) + ",2026-01-03T10:00:00Z," + std::to_string(++place) + ",1,1.00\n";
  }
  return text;
}

/// "A:1,2 B:3": ids and skus of the messages in order.
std::string groups(const Codec& codec, std::string_view text, std::size_t step = 1 << 16) {
  std::string told;
  for (const RawMessage& message : cut(codec, text, step)) {
    const auto transaction = codec.decode(message);
    if (!told.empty()) told += ' ';
    if (!transaction.has_value()) {
      told += "refused@" + std::to_string(message.line);
      continue;
    }
    told += transaction->id.text() + ':';
    for (const Line& line : transaction->lines) {
      if (told.back() != ':') told += ',';
      told += line.sku;
    }
  }
  return told;
}

TEST(Rows, OfOneIdBecomeOneTransactionHoweverTheBytesArrive) {
  const auto codec = plain();
  for (const std::size_t step : {1u, 2u, 3u, 7u, 50u, 10'000u}) {
    EXPECT_EQ(groups(*codec, file("AABCC"), step), "A:1,2 B:3 C:4,5") << step;
  }
}

TEST(Rows, MayStandApartAndKeepTheOrderOfFirstAppearance) {
  EXPECT_EQ(groups(*plain(), file("ABABCA")), "A:1,3,6 B:2,4 C:5");
}

TEST(Rows, FurtherApartThanMergeRowsAreTwoTransactions) {
  EXPECT_EQ(groups(*plain(2), file("ABCA")), "A:1,4 B:2 C:3");
  EXPECT_EQ(groups(*plain(1), file("ABCA")), "A:1 B:2 C:3 A:4");
  EXPECT_EQ(groups(*plain(0), file("AABA")), "A:1,2 B:3 A:4");
  // C closes by distance while it waits behind A, which goes on.
  EXPECT_EQ(groups(*plain(2), file("ACAAABAAC")), "A:1,3,4,5,7,8 C:2 B:6 C:9");
}

TEST(Rows, ComeOutAsSoonAsTheyAreWhole) {
  const auto codec = plain(1);
  const auto framer = codec->framer();
  std::string input = file("ABC");
  std::vector<std::string> messages;
  for (;;) {
    auto frame = framer->next(input, false);
    input.erase(0, frame->consumed);
    if (frame->message) messages.push_back(*frame->message);
    if (frame->consumed == 0 && !frame->message) break;
  }
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(messages[0], std::string(kHeader) + "A,2026-01-03T10:00:00Z,1,1,1.00\n");
}

TEST(Rows, AreNumberedByTheLineTheyBeginOn) {
  const std::string text = std::string("\xef\xbb\xbf") + std::string(kHeader) +
                           "\r\nA,2026-01-03T10:00:00Z,\"x\r\ny\",1,1.00\r\n\r\n"
                           "B,2026-01-03T10:00:00Z,z,1,1.00";
  const auto messages = cut(*plain(), text, 5);
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(messages[0].line, 3u);
  EXPECT_EQ(messages[1].line, 6u);
  EXPECT_TRUE(messages[1].bytes.ends_with("1.00\n"));
}

TEST(Rows, ThatCannotBeToldApartAreMessagesOfTheirOwnAndTheNextOnesAreFine) {
  const std::string good = "B,2026-01-03T10:00:00Z,z,1,1.00\n";
  EXPECT_EQ(groups(*plain(), std::string(kHeader) + "A,\"x\"y,1,1,1\n" + good), "refused@2 B:z");
  EXPECT_EQ(groups(*plain(), std::string(kHeader) + "A,\"x,1,1,1\n" + good), "refused@2 B:z");
  EXPECT_EQ(groups(*plain(), std::string(kHeader) + ",2026-01-03T10:00:00Z,z,1,1\n" + good),
            "refused@2 B:z");
  EXPECT_EQ(groups(*plain(), std::string(kHeader) + "A,B\n" + good), "refused@2 B:z");
}

TEST(Rows, WithoutEndCostNoUnboundedMemory) {
  const std::string good = "B,2026-01-03T10:00:00Z,z,1,1.00\n";
  const std::string text =
      std::string(kHeader) + "A," + std::string(3 * kMaxRowBytes, 'x') + "\n" + good;
  const auto messages = cut(*plain(), text);
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_LT(messages[0].bytes.size(), kMaxRowBytes + (1 << 17));
  EXPECT_FALSE(plain()->decode(messages[0]).has_value());
  EXPECT_EQ(messages[1].line, 3u);
}

TEST(Rows, SpreadOverTheWholeFileAreAnErrorThatNamesTheTransaction) {
  const auto codec = plain(1'000'000);
  const auto framer = codec->framer();
  std::string input = std::string(kHeader) + "A,2026-01-03T10:00:00Z,z,1,1.00\n";
  int number = 0;
  for (;;) {
    const auto frame = framer->next(input, false);
    if (!frame.has_value()) {
      EXPECT_NE(frame.error().message.find("transaction 'A'"), std::string::npos);
      EXPECT_NE(frame.error().message.find("merge_rows"), std::string::npos);
      return;
    }
    input.erase(0, frame->consumed);
    if (frame->consumed == 0) {
      input = "B" + std::to_string(++number) + ",2026-01-03T10:00:00Z," + std::string(1000, 'z') +
              ",1,1.00\n";
    }
    ASSERT_LT(number, 100'000);
  }
}

TEST(Header, WithoutANeededColumnIsAnErrorThatListsTheColumns) {
  const auto codec = plain();
  const auto framer = codec->framer();
  const auto frame = framer->next("id,when,sku\n", false);
  ASSERT_FALSE(frame.has_value());
  EXPECT_EQ(frame.error().message,
            "the file has no column 'time' for 'time'; its columns are 'id', 'when', 'sku'");
}

TEST(Header, AloneOrNothingAtAllIsAnEmptyFile) {
  EXPECT_EQ(groups(*plain(), ""), "");
  EXPECT_EQ(groups(*plain(), kHeader), "");
  EXPECT_EQ(groups(*plain(), "id,time,sku,quantity,unit_price"), "");
}

}  // namespace
}  // namespace accrue::csv_codec
