// Signatures of Standard Webhooks 1.0 (https://www.standardwebhooks.com): what lets a receiver know
// that a notice is from this shop, unchanged and recent. Pure: any thread.
#pragma once

#include <accrue/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace accrue::webhook {

/// Bytes of a secret written "whsec_" and base64 of 24 to 64 bytes. Fails with reject_input; the
/// message never repeats the secret.
Result<std::string> parse_secret(std::string_view text);

/// The header webhook-signature: "v1," and base64 of HMAC-SHA-256(secret, id.timestamp.body).
std::string signature(std::string_view secret, std::string_view id, std::int64_t timestamp_s,
                      std::string_view body);

}  // namespace accrue::webhook
