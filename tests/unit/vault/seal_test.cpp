// The bytes themselves: sealed data against another implementation, and packed contact data.
#include "vault/seal.hpp"
#include "digest/sha256.hpp"
#include "vault/contact.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <string>

namespace accrue::vault {
namespace {

Key key_of_00_to_1f() {
  Key key;
  std::iota(key.bytes().begin(), key.bytes().end(), std::uint8_t{0});
  return key;
}

// Made by following docs/formats/vault.md with Python's hmac and `cryptography` (AESGCM).
constexpr const char* kSealed =
    "0133d3db961f4c0b77a8cba92453e6ba9f19bbf474666e1d4474510a7ffc725332a4599dfdc4e8ba4bd01974bd"
    "bbc2f6dd9620bf";

TEST(Seal, GivesTheBytesThatAnotherImplementationGives) {
  const auto sealed = seal_with(key_of_00_to_1f(), MemberId::trusted("M1"), "ann@example.com");
  ASSERT_TRUE(sealed.has_value());
  EXPECT_EQ(to_hex(sealed.value()), kSealed);
}

TEST(Seal, OpensTheBytesThatAnotherImplementationGave) {
  const auto plain =
      open_with(key_of_00_to_1f(), MemberId::trusted("M1"), from_hex(kSealed).value());
  ASSERT_TRUE(plain.has_value());
  EXPECT_EQ(plain.value(), "ann@example.com");
}

TEST(Seal, BindsTheMemberEvenUnderTheSameKey) {
  const auto plain =
      open_with(key_of_00_to_1f(), MemberId::trusted("M2"), from_hex(kSealed).value());
  ASSERT_FALSE(plain.has_value());
  EXPECT_EQ(plain.error().code, ErrorCode::corrupt);
}

TEST(Seal, RefusesMoreThanAMebibyte) {
  const auto sealed = seal_with(key_of_00_to_1f(), MemberId::trusted("M1"),
                                std::string((std::size_t{1} << 20) + 1, 'x'));
  ASSERT_FALSE(sealed.has_value());
  EXPECT_EQ(sealed.error().code, ErrorCode::reject_input);
}

TEST(Contact, ComesBackAsItWasInOrderOfFields) {
  const Contact contact{
      {"phone", "+44 20"}, {"email", "a@b"}, {"name", std::string("A\0b", 3)}, {"note", ""}};
  const auto back = unpack_contact(pack_contact(contact));
  ASSERT_TRUE(back.has_value());
  const Contact sorted{
      {"email", "a@b"}, {"name", std::string("A\0b", 3)}, {"note", ""}, {"phone", "+44 20"}};
  EXPECT_EQ(back.value(), sorted);
  EXPECT_TRUE(unpack_contact(pack_contact({})).value().empty());
}

TEST(Contact, GivesTheSameBytesWhateverTheOrderOfItsFields) {
  EXPECT_EQ(pack_contact({{"a", "1"}, {"b", "2"}}), pack_contact({{"b", "2"}, {"a", "1"}}));
  EXPECT_NE(pack_contact({{"a", "12"}}), pack_contact({{"a1", "2"}}));
}

TEST(Contact, IsRefusedWhenCutAnywhereWithinAField) {
  const std::string bytes = pack_contact({{"email", "a@b"}});
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    if (size == 1) continue;  // The version alone is an empty contact.
    const auto back = unpack_contact(bytes.substr(0, size));
    ASSERT_FALSE(back.has_value()) << size;
    EXPECT_EQ(back.error().code, ErrorCode::corrupt);
  }
  EXPECT_FALSE(unpack_contact("\x02").has_value());
  EXPECT_FALSE(unpack_contact("\x01\xff\xff\xff\xff").has_value());
}

}  // namespace
}  // namespace accrue::vault
