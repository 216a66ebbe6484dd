#include "csv_cases.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace accrue::csv_codec {
namespace {

class NoLog final : public Log {
 public:
  void write(LogLevel, std::string_view) override {}
};

}  // namespace

Settings giftshop() {
  Settings settings;
  settings.set("columns",
               Map{{"id", "InvoiceNo"},
                   {"sku", "StockCode"},
                   {"description", "Description"},
                   {"quantity", "Quantity"},
                   {"time", "InvoiceDate"},
                   {"unit_price", "UnitPrice"},
                   {"member_id", "CustomerID"},
                   {"store", "Country"}},
               {"accrued.yaml", 7, 3});
  settings.set("currency", std::string("GBP"), {"accrued.yaml", 8, 3});
  settings.set("zone", std::string("UTC"), {"accrued.yaml", 9, 3});
  settings.set("time_format", std::string("%Y-%m-%d %H:%M:%S"), {"accrued.yaml", 10, 3});
  settings.set("return_prefix", std::string("C"), {});
  settings.set("member_suffix_strip", std::string(".0"), {});
  return settings;
}

Result<std::unique_ptr<CsvCodec>> make_codec(const Settings& settings) {
  NoLog log;
  return CsvCodec::create(PluginContext{"shop", settings, log, nullptr, ""});
}

std::vector<RawMessage> cut(const Codec& codec, std::string_view text, std::size_t step) {
  const auto framer = codec.framer();
  std::vector<RawMessage> messages;
  std::string_view input;
  for (std::size_t end = 0;;) {
    const bool at_end = end >= text.size();
    auto frame = framer->next(input, at_end);
    EXPECT_TRUE(frame.has_value());
    if (!frame.has_value()) return messages;
    input.remove_prefix(frame->consumed);
    if (frame->message) {
      RawMessage& message = messages.emplace_back();
      message.bytes = std::move(*frame->message);
      message.line = frame->line;
    }
    if (frame->consumed != 0 || frame->message) continue;
    if (at_end) return messages;
    const std::size_t begin = end - input.size();
    end = std::min(text.size(), end + step);
    input = text.substr(begin, end - begin);
  }
}

}  // namespace accrue::csv_codec
