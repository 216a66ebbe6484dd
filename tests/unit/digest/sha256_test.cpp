#include "digest/sha256.hpp"

#include <gtest/gtest.h>

#include <string>

namespace accrue {
namespace {

TEST(Sha256, GivesTheValuesOfFips180) {
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, MayBeUsedAgainAfterFinishing) {
  Sha256 hash;
  for (int round = 0; round < 3; ++round) {
    hash.update("a");
    hash.update("bc");
    EXPECT_EQ(hash.finish(), sha256("abc"));
  }
  Sha256 moved = std::move(hash);
  moved.update("abc");
  EXPECT_EQ(moved.finish(), sha256("abc"));
}

TEST(Sha256, TakesNumbersAsEightBytesWithTheHighestFirst) {
  Sha256 hash;
  hash.update(std::uint64_t{0x0102030405060708});
  EXPECT_EQ(hash.finish(), sha256("\x01\x02\x03\x04\x05\x06\x07\x08"));
}

TEST(HmacSha256, GivesTheValuesOfRfc4231) {
  EXPECT_EQ(to_hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(to_hex(hmac_sha256(std::string(131, '\xaa'),
                               "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Hex, GoesThereAndBack) {
  std::string all;
  for (int i = 0; i < 256; ++i) all.push_back(static_cast<char>(i));
  EXPECT_EQ(from_hex(to_hex(all)).value(), all);
  EXPECT_EQ(from_hex("0aFf").value(), "\x0a\xff");
}

TEST(Hex, RefusesWhatIsNotHex) {
  EXPECT_EQ(from_hex("abc").error().code, ErrorCode::reject_input);
  EXPECT_EQ(from_hex("0g").error().code, ErrorCode::reject_input);
}

}  // namespace
}  // namespace accrue
