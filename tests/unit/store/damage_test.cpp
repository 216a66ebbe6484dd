// Bytes of the store's file changed behind its back.
#include "store_support.hpp"

#include <algorithm>
#include <cstring>

#include "digest/crc32c.hpp"

namespace accrue::store {
namespace {

/// Changes one byte of every copy of `text` in the store's file.
void flip_in_file(const Folder& folder, std::string_view text, std::size_t offset = 0) {
  std::string bytes = read_bytes(folder.data());
  std::size_t found = 0;
  for (std::size_t at = bytes.find(text); at != std::string::npos; at = bytes.find(text, at + 1)) {
    bytes[at + offset] = static_cast<char>(bytes[at + offset] ^ 1);
    ++found;
  }
  ASSERT_GT(found, 0u);
  write_bytes(folder.data(), bytes);
}

TEST(StoreDamage, AFlippedByteOfAValueIsReportedWithTableAndKey) {
  Folder folder;
  put_one(*open_store(folder), Table::members, "M1", "the member's balances");
  flip_in_file(folder, "the member's balances", 4);
  auto environment = open_store(folder);
  const auto txn = environment->read();
  const auto value = txn.value().get(Table::members, "M1");
  ASSERT_FALSE(value.has_value());
  EXPECT_EQ(value.error().code, ErrorCode::corrupt);
  EXPECT_NE(value.error().message.find("table members, key M1:"), std::string::npos)
      << value.error().message;
  const auto scanned = txn.value().scan(Table::members, "", [](auto, auto) { return true; });
  ASSERT_FALSE(scanned.has_value());
  EXPECT_EQ(scanned.error().code, ErrorCode::corrupt);
}

TEST(StoreDamage, AFlippedByteOfAKeyIsReportedToo) {
  Folder folder;
  put_one(*open_store(folder), Table::members, "member-12", "x");
  flip_in_file(folder, "member-12", 8);  // '2' becomes '3'.
  auto environment = open_store(folder);
  const auto txn = environment->read();
  EXPECT_EQ(txn.value().get(Table::members, "member-13").error().code, ErrorCode::corrupt)
      << "another member's value must not be given";
}

TEST(StoreDamage, BinaryKeysAreShownReadably) {
  Folder folder;
  put_one(*open_store(folder), Table::returns, view(key_of(258)), "an entry to be damaged");
  flip_in_file(folder, "an entry to be damaged");
  auto environment = open_store(folder);
  const auto txn = environment->read();
  const auto value = txn.value().get(Table::returns, view(key_of(258)));
  EXPECT_NE(value.error().message.find("\\x00\\x00\\x00\\x00\\x00\\x00\\x01\\x02:"),
            std::string::npos)
      << value.error().message;
}

/// The stored form of the format's version: u32 and CRC32C over key and value, little-endian.
std::string format_record(std::uint32_t version) {
  std::string bytes(4, '\0');
  std::memcpy(bytes.data(), &version, 4);
  const std::uint32_t crc = crc32c("format" + bytes);
  bytes.append(reinterpret_cast<const char*>(&crc), 4);
  return bytes;
}

void replace_in_file(const Folder& folder, const std::string& from, const std::string& to) {
  std::string bytes = read_bytes(folder.data());
  std::size_t found = 0;
  for (std::size_t at = bytes.find(from); at != std::string::npos; at = bytes.find(from, at + 1)) {
    bytes.replace(at, from.size(), to);
    ++found;
  }
  ASSERT_GT(found, 0u);
  write_bytes(folder.data(), bytes);
}

Error refused(const Folder& folder) {
  Options options;
  options.allow_any_filesystem = true;
  const auto opened = Environment::open(folder.store(), options);
  EXPECT_FALSE(opened.has_value());
  return opened ? Error{} : opened.error();
}

TEST(StoreDamage, AFormatNewerThanThisProgramIsRefused) {
  Folder folder;
  put_one(*open_store(folder), Table::members, "M1", "anna");
  replace_in_file(folder, "format" + format_record(1), "format" + format_record(2));
  const std::string before = read_bytes(folder.data());
  const Error error = refused(folder);
  EXPECT_EQ(error.code, ErrorCode::unsupported);
  EXPECT_NE(error.message.find("version 2"), std::string::npos) << error.message;
  EXPECT_NE(error.message.find(folder.store().string()), std::string::npos);
  EXPECT_EQ(read_bytes(folder.data()), before);
}

TEST(StoreDamage, AFormatThatCannotBeReadIsRefused) {
  Folder folder;
  put_one(*open_store(folder), Table::members, "M1", "anna");
  std::string wrong = "format" + format_record(1);
  wrong.back() = static_cast<char>(wrong.back() ^ 1);
  replace_in_file(folder, "format" + format_record(1), wrong);
  EXPECT_EQ(refused(folder).code, ErrorCode::corrupt);
}

TEST(StoreDamage, AFileThatWasCutShortIsRefusedWhereverItWasCut) {
  Folder folder;
  {
    auto environment = open_store(folder);
    for (std::uint64_t i = 0; i < 40; ++i) {
      put_one(*environment, Table::returns, view(key_of(i)), std::string(500, 'e'));
    }
  }
  const std::uint64_t used = open_store(folder)->stats().value().used_bytes;
  const std::string whole = read_bytes(folder.data()).substr(0, used);
  write_bytes(folder.data(), whole);
  EXPECT_NE(open_store(folder), nullptr) << "no more than its pages is enough";
  for (std::size_t size = used - 1; size > 3 * 4096; size -= 1000) {
    write_bytes(folder.data(), whole.substr(0, size));
    const Error error = refused(folder);
    EXPECT_EQ(error.code, ErrorCode::corrupt) << size;
    EXPECT_NE(error.message.find("accrue rebuild"), std::string::npos) << error.message;
  }
}

TEST(StoreDamage, AFileThatIsNoStoreIsRefused) {
  Folder folder;
  std::filesystem::create_directories(folder.store());
  write_bytes(folder.data(), std::string(8192, 'x'));
  const Error error = refused(folder);
  EXPECT_EQ(error.code, ErrorCode::corrupt) << error.message;
  EXPECT_NE(error.message.find("rebuild"), std::string::npos);
}

}  // namespace
}  // namespace accrue::store
