// A receiver's check by Standard Webhooks 1.0, written apart from the plugin's own code.
#pragma once

#include "digest/sha256.hpp"
#include "receiver.hpp"

#include <cstdlib>
#include <ctime>
#include <string>

namespace accrue::test {

inline std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t three = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      three = three << 8 | (i + j < bytes.size() ? static_cast<std::uint8_t>(bytes[i + j]) : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      text += i + j <= bytes.size() ? kDigits[three >> (18 - 6 * j) & 63] : '=';
    }
  }
  return text;
}

/// True when the request is signed with the secret (its bytes) and at most five minutes old.
inline bool is_genuine(const ReceivedRequest& request, std::string_view secret) {
  const auto header = [&](const char* name) {
    const auto found = request.headers.find(name);
    return found == request.headers.end() ? std::string() : found->second;
  };
  const std::string id = header("webhook-id"), at = header("webhook-timestamp");
  if (std::llabs(std::atoll(at.c_str()) - std::time(nullptr)) > 300) return false;
  const Digest mac = hmac_sha256(secret, id + "." + at + "." + request.body);
  return !id.empty() && header("webhook-signature") == "v1," + base64(bytes_of(mac));
}

}  // namespace accrue::test
