// Which addresses a webhook may reach: rows of IANA's special-purpose registries and their edges.
#include "address.hpp"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <cstring>
#include <string>

namespace accrue::webhook {
namespace {

bool reachable(const std::string& text) {
  sockaddr_storage storage{};
  if (text.find(':') == std::string::npos) {
    sockaddr_in in{};
    in.sin_family = AF_INET;
    EXPECT_EQ(::inet_pton(AF_INET, text.c_str(), &in.sin_addr), 1) << text;
    std::memcpy(&storage, &in, sizeof in);
  } else {
    sockaddr_in6 in{};
    in.sin6_family = AF_INET6;
    EXPECT_EQ(::inet_pton(AF_INET6, text.c_str(), &in.sin6_addr), 1) << text;
    std::memcpy(&storage, &in, sizeof in);
  }
  return is_public(reinterpret_cast<const sockaddr&>(storage));
}

TEST(WebhookAddresses, OfThePublicInternetAreReached) {
  for (const char* text : {"1.1.1.1",         "9.255.255.255",        "11.0.0.0",
                           "100.63.255.255",  "100.128.0.0",          "126.255.255.255",
                           "128.0.0.0",       "169.253.255.255",      "169.255.0.0",
                           "172.15.255.255",  "172.32.0.0",           "192.167.255.255",
                           "192.169.0.0",     "198.17.255.255",       "198.20.0.0",
                           "223.255.255.255", "2606:4700:4700::1111", "2a00:1450::1",
                           "::ffff:1.1.1.1",  "64:ff9b::1.1.1.1",     "2002:0101:0101::1"}) {
    EXPECT_TRUE(reachable(text)) << text;
  }
}

TEST(WebhookAddresses, OfOnesOwnNetworkAreNot) {
  for (const char* text : {"0.0.0.0",
                           "0.1.2.3",
                           "10.0.0.1",
                           "10.255.255.255",
                           "100.64.0.1",
                           "127.0.0.1",
                           "127.255.255.255",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.0.0.1",
                           "192.168.0.1",
                           "192.168.255.255",
                           "198.18.0.1",
                           "198.19.255.255",
                           "224.0.0.1",
                           "240.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "fe80::1",
                           "fc00::1",
                           "fd12:3456::1",
                           "ff02::1",
                           "::ffff:127.0.0.1",
                           "::ffff:10.0.0.1",
                           "::127.0.0.1",
                           "64:ff9b::10.0.0.1",
                           "64:ff9b:1::1.1.1.1",
                           "2002:7f00:0001::1",
                           "2002:0a00:0001::1",
                           "2001::1",
                           "2001:db8::1",
                           "4000::1",
                           "100::1"}) {
    EXPECT_FALSE(reachable(text)) << text;
  }
}

TEST(WebhookAddresses, OfOtherFamiliesAreNot) {
  sockaddr address{};
  address.sa_family = AF_UNIX;
  EXPECT_FALSE(is_public(address));
}

}  // namespace
}  // namespace accrue::webhook
