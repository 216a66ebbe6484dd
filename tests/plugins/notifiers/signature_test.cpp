// Signatures against the vector that Standard Webhooks publishes with its reference libraries.
#include "signature.hpp"

#include <gtest/gtest.h>

namespace accrue::webhook {
namespace {

constexpr const char* kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

TEST(WebhookSignature, EqualsTheStandardsPublishedOne) {
  const auto secret = parse_secret(kSecret);
  ASSERT_TRUE(secret.has_value());
  EXPECT_EQ(signature(secret.value(), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
                      "{\"test\": 2432232314}"),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(WebhookSignature, ChangesWithIdTimeBodyAndSecret) {
  const std::string secret = parse_secret(kSecret).value();
  const std::string good = signature(secret, "1-0", 100, "{}");
  EXPECT_NE(signature(secret, "1-1", 100, "{}"), good);
  EXPECT_NE(signature(secret, "1-0", 101, "{}"), good);
  EXPECT_NE(signature(secret, "1-0", 100, "{ }"), good);
  EXPECT_NE(signature(secret + "x", "1-0", 100, "{}"), good);
}

TEST(WebhookSecret, TakesTwentyFourToSixtyFourBytes) {
  EXPECT_EQ(parse_secret(kSecret).value().size(), 24U);
  EXPECT_EQ(parse_secret("whsec_" + std::string(43, 'A') + "=").value(), std::string(32, '\0'));
  EXPECT_EQ(parse_secret("whsec_" + std::string(86, 'A') + "==").value().size(), 64U);
  for (const std::string& bad :
       {std::string("whsec_"), std::string("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        "whsec_" + std::string(31, 'A'), "whsec_" + std::string(28, 'A'),
        "whsec_" + std::string(87, 'A') + "=", "whsec_" + std::string(31, 'A') + "!",
        "whsec_" + std::string(132, 'A')}) {
    const auto secret = parse_secret(bad);
    ASSERT_FALSE(secret.has_value()) << bad;
    EXPECT_EQ(secret.error().message.find("AAAA"), std::string::npos);  // Never repeats it.
  }
}

}  // namespace
}  // namespace accrue::webhook
