// SHA-256 and HMAC-SHA-256 (FIPS 180-4, RFC 2104) over OpenSSL: fingerprints of content, the
// journal's hash chain, signatures of webhooks. Fingerprints only; sealing is daemon/vault's.
// A Sha256 object belongs to one thread at a time; the functions may be called from any thread.
#pragma once

#include <accrue/result.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;  // OpenSSL's EVP_MD_CTX, which no caller needs to see.

namespace accrue {

using Digest = std::array<std::uint8_t, 32>;

/// A running hash. After finish() it is empty again and may be used for the next message, which
/// costs no allocation and no algorithm look-up.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void update(std::string_view data);
  void update(const Digest& digest);
  /// Big-endian, 8 bytes.
  void update(std::uint64_t number);
  Digest finish();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

Digest sha256(std::string_view data);
Digest hmac_sha256(std::string_view key, std::string_view data);

/// Lower-case hexadecimal, two digits a byte.
std::string to_hex(std::string_view bytes);
std::string to_hex(const Digest& digest);
/// Bytes of an even number of hexadecimal digits, either case. Fails with reject_input.
Result<std::string> from_hex(std::string_view text);

/// The digest's bytes as text, for keys and buffers. Valid as long as `digest` is.
inline std::string_view bytes_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace accrue
