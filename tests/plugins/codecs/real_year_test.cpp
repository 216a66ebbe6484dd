// The real year, read twice: from the shop's CSV, and from the NDJSON that an independent script
// makes of it. Both must give the same transactions.
#include "csv_cases.hpp"

#include "codecs/json/json_decoder.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>

namespace accrue::csv_codec {
namespace {

std::string data_folder() {
  const char* named = std::getenv("ACCRUE_DATA");
  return named != nullptr ? named : ACCRUE_DATA_DEFAULT;
}

std::string output_of(const std::string& command) {
  std::string output;
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return output;
  std::string piece(1 << 20, '\0');
  while (const std::size_t size = std::fread(piece.data(), 1, piece.size(), pipe)) {
    output.append(piece, 0, size);
  }
  EXPECT_EQ(pclose(pipe), 0) << command;
  return output;
}

using Year = std::map<std::string, Transaction>;

void read_year(const Codec& codec, const std::string& text, Year& year) {
  for (const RawMessage& message : cut(codec, text, text.size())) {
    auto transaction = codec.decode(message);
    ASSERT_TRUE(transaction.has_value()) << transaction.error().message;
    std::string id = transaction->id.text();
    ASSERT_TRUE(year.emplace(std::move(id), std::move(*transaction)).second);
  }
}

void expect_same(const Transaction& a, const Transaction& b) {
  ASSERT_EQ(a.type, b.type);
  ASSERT_EQ(a.member, b.member);
  ASSERT_EQ(a.time, b.time);
  ASSERT_EQ(a.store, b.store);
  ASSERT_EQ(a.currency, b.currency);
  ASSERT_EQ(a.lines.size(), b.lines.size());
  for (std::size_t place = 0; place < a.lines.size(); ++place) {
    ASSERT_EQ(a.lines[place].sku, b.lines[place].sku);
    ASSERT_EQ(a.lines[place].description, b.lines[place].description);
    ASSERT_EQ(a.lines[place].quantity, b.lines[place].quantity);
    ASSERT_EQ(a.lines[place].unit_price, b.lines[place].unit_price);
    ASSERT_EQ(a.lines[place].amount, b.lines[place].amount);
  }
}

TEST(RealYear, ReadsTheSameFromCsvAndFromNdjson) {
  const std::string data = data_folder();
  const std::string packed = data + "/online_retail/online_retail.csv.xz";
  if (!std::filesystem::exists(packed)) GTEST_SKIP() << "left out: there is no " << packed;
  Year from_csv;
  const auto codec = make_codec(giftshop());
  read_year(**codec, output_of("xz -dc '" + packed + "'"), from_csv);
  Year from_json;
  const json_codec::JsonCodec json;
  read_year(json,
            output_of("python3 '" + data + "/online_retail_to_ndjson.py' --zone Z 2>/dev/null"),
            from_json);
  ASSERT_EQ(from_csv.size(), 25'900u);
  ASSERT_EQ(from_json.size(), 25'900u);
  std::size_t lines = 0;
  for (const auto& [id, transaction] : from_csv) {
    ASSERT_TRUE(from_json.contains(id)) << id;
    ASSERT_NO_FATAL_FAILURE(expect_same(transaction, from_json.at(id))) << id;
    lines += transaction.lines.size();
  }
  EXPECT_EQ(lines, 541'909u);
}

}  // namespace
}  // namespace accrue::csv_codec
