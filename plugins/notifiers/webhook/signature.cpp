#include "signature.hpp"

#include <accrue/assert.hpp>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <array>

namespace accrue::webhook {
namespace {

constexpr std::string_view kPrefix = "whsec_";

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

Result<std::string> parse_secret(std::string_view text) {
  const Error bad = reject("write the secret as whsec_ and base64 of 24 to 64 random bytes");
  if (!text.starts_with(kPrefix)) return bad;
  const std::string_view coded = text.substr(kPrefix.size());
  if (coded.empty() || coded.size() > 128 || coded.size() % 4 != 0) return bad;
  std::string bytes(coded.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), raw(coded),
                                   static_cast<int>(coded.size()));
  if (size < 0) return bad;
  // OpenSSL counts the padding as bytes.
  const std::size_t padding = coded.ends_with("==") ? 2 : coded.ends_with("=") ? 1 : 0;
  bytes.resize(static_cast<std::size_t>(size) - padding);
  if (bytes.size() < 24 || bytes.size() > 64) return bad;
  return bytes;
}

std::string signature(std::string_view secret, std::string_view id, std::int64_t timestamp_s,
                      std::string_view body) {
  std::string signed_text(id);
  signed_text += "." + std::to_string(timestamp_s) + ".";
  signed_text += body;
  std::array<unsigned char, 32> mac{};
  unsigned size = 0;
  const unsigned char* made = HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
                                   raw(signed_text), signed_text.size(), mac.data(), &size);
  ACCRUE_ASSERT(made != nullptr && size == mac.size());
  std::array<unsigned char, 45> coded{};  // 44 characters and a zero.
  EVP_EncodeBlock(coded.data(), mac.data(), static_cast<int>(mac.size()));
  return "v1," + std::string(reinterpret_cast<const char*>(coded.data()));
}

}  // namespace accrue::webhook
