#include "digest/sha256.hpp"

#include <openssl/evp.h>

#include <accrue/assert.hpp>

namespace accrue {
namespace {

/// Fetched once: OpenSSL 3 looks an algorithm up by name on every EVP_sha256(), which costs more
/// than hashing a short text. Never freed: it is used until the process ends.
const EVP_MD* algorithm() {
  static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  ACCRUE_ASSERT(fetched != nullptr);
  return fetched;
}

}  // namespace

void Sha256::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  ACCRUE_ASSERT(context_ != nullptr);
  ACCRUE_ASSERT(EVP_DigestInit_ex2(context_.get(), algorithm(), nullptr) == 1);
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::string_view data) {
  ACCRUE_ASSERT(EVP_DigestUpdate(context_.get(), data.data(), data.size()) == 1);
}

void Sha256::update(const Digest& digest) { update(bytes_of(digest)); }

void Sha256::update(std::uint64_t number) {
  std::array<char, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>(static_cast<std::uint8_t>(number >> (56 - 8 * i)));
  }
  update(std::string_view(bytes.data(), bytes.size()));
}

Digest Sha256::finish() {
  Digest digest;
  unsigned size = 0;
  ACCRUE_ASSERT(EVP_DigestFinal_ex(context_.get(), digest.data(), &size) == 1);
  ACCRUE_ASSERT(size == digest.size());
  ACCRUE_ASSERT(EVP_DigestInit_ex2(context_.get(), nullptr, nullptr) == 1);
  return digest;
}

Digest sha256(std::string_view data) {
  thread_local Sha256 hash;
  hash.update(data);
  return hash.finish();
}

Digest hmac_sha256(std::string_view key, std::string_view data) {
  // RFC 2104 over our own Sha256, which spares HMAC()'s look-ups.
  constexpr std::size_t kBlock = 64;
  std::array<std::uint8_t, kBlock> inner{};
  const Digest short_key = key.size() > kBlock ? sha256(key) : Digest{};
  const std::string_view used = key.size() > kBlock ? bytes_of(short_key) : key;
  for (std::size_t i = 0; i < used.size(); ++i) inner[i] = static_cast<std::uint8_t>(used[i]);
  std::array<std::uint8_t, kBlock> outer = inner;
  for (auto& byte : inner) byte ^= 0x36;
  for (auto& byte : outer) byte ^= 0x5C;
  const auto text = [](const std::array<std::uint8_t, kBlock>& pad) {
    return std::string_view(reinterpret_cast<const char*>(pad.data()), pad.size());
  };
  thread_local Sha256 hash;
  hash.update(text(inner));
  hash.update(data);
  const Digest first = hash.finish();
  hash.update(text(outer));
  hash.update(first);
  return hash.finish();
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<std::uint8_t>(c);
    text.push_back(kDigits[byte >> 4]);
    text.push_back(kDigits[byte & 15]);
  }
  return text;
}

std::string to_hex(const Digest& digest) { return to_hex(bytes_of(digest)); }

Result<std::string> from_hex(std::string_view text) {
  const auto value = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  if (text.size() % 2 != 0) return reject("hexadecimal text has two digits for each byte");
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = value(text[i]);
    const int low = value(text[i + 1]);
    if (high < 0 || low < 0) return reject("hexadecimal text has only the digits 0-9 and a-f");
    bytes.push_back(static_cast<char>(high * 16 + low));
  }
  return bytes;
}

}  // namespace accrue
