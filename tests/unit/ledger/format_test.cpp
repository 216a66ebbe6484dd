// docs/formats/ledger.md is held to the code: every stored field is named there, and the state hash
// worked out as the page says is the state hash.
#include "digest/sha256.hpp"
#include "posted.hpp"

#include <cctype>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace accrue::ledger {
namespace {

std::string bytes_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Names of the fields of `message Name { type name = 1; … }`; empty when there is no such message.
std::vector<std::string> fields_of(const std::string& schema, const std::string& message) {
  std::vector<std::string> names;
  const std::size_t begin = schema.find("message " + message + " {");
  if (begin == std::string::npos) return names;
  std::string name;
  for (std::size_t at = schema.find('{', begin) + 1; schema[at] != '}'; ++at) {
    const bool is_of_name =
        std::isalnum(static_cast<unsigned char>(schema[at])) || schema[at] == '_';
    if (is_of_name) {
      const bool goes_on = std::isspace(static_cast<unsigned char>(schema[at - 1])) == 0;
      name = goes_on ? name + schema[at] : std::string(1, schema[at]);
    } else if (schema[at] == '=') {
      names.push_back(name);
    }
  }
  return names;
}

TEST(LedgerFormat, ThePageNamesEveryFieldOfEveryStoredMessage) {
  const std::string page = bytes_of_file(ACCRUE_LEDGER_PAGE);
  const std::string schema = bytes_of_file(std::string(ACCRUE_SCHEMAS) + "/ledger.proto");
  std::size_t fields = 0;
  for (const char* message : {"Transaction", "Record", "Member", "Lots", "Lot", "Totals"}) {
    for (const std::string& name : fields_of(schema, message)) {
      ++fields;
      EXPECT_NE(page.find('`' + name + '`'), std::string::npos)
          << message << '.' << name << " is not in docs/formats/ledger.md";
    }
  }
  EXPECT_EQ(fields, 15u + 22u + 16u + 1u + 8u + 15u);
}

/// An item's bytes as the page describes them.
struct Item {
  std::string bytes;
  Item& number(std::int64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes += static_cast<char>(static_cast<std::uint64_t>(value) >> shift & 0xff);
    }
    return *this;
  }
  Item& text(const std::string& value) {
    number(static_cast<std::int64_t>(value.size()));
    bytes += value;
    return *this;
  }
  std::array<std::uint64_t, 2> halves() const {
    const Digest digest = sha256(bytes);
    std::array<std::uint64_t, 2> result{};
    for (std::size_t i = 0; i < 16; ++i) result[i / 8] = result[i / 8] << 8 | digest[i];
    return result;
  }
};

TEST(LedgerFormat, TheStateHashIsWhatThePageSays) {
  Posted books;
  const Transaction sale = test::sale_of(1200, "S1", "2026-01-06T10:00:00");
  books.post({{earning(sale, {}, 12, "2027-01-01"), &sale}});
  const std::int64_t time = 1'767'693'600'000;    // date -d 2026-01-06T10:00:00Z +%s000
  const std::int64_t expiry = 1'798'761'600'000;  // date -d 2027-01-01T00:00:00Z +%s000
  Item entry;
  entry.text("entry").text("S1").text("M1").text(encode(sale));
  entry.number(0).number(time).text(std::string(32, '0'));
  entry.text("base").text("points").number(12);
  Item lot;
  lot.text("lot").text("M1").text("S1").number(0).text("points").number(12).number(12);
  lot.number(expiry);
  Item member;
  member.text("member").text("M1").number(time).number(time).number(1).text("");
  member.text("points").number(12).number(0).number(0).number(0).number(0);
  std::string expected;
  for (std::size_t half = 0; half < 2; ++half) {
    char text[17];
    std::snprintf(text, sizeof text, "%016llx",
                  0ull + entry.halves()[half] + lot.halves()[half] + member.halves()[half]);
    expected += text;
  }
  EXPECT_EQ(books.hash(), expected);
}

}  // namespace
}  // namespace accrue::ledger
