#include "vault/seal.hpp"

#include "digest/sha256.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <cstdint>
#include <memory>

namespace accrue::vault {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kKeyTag = 8, kNonce = 12, kMac = 16;
constexpr std::size_t kHead = 1 + kKeyTag;
constexpr std::size_t kOverhead = kHead + kNonce + kMac;
constexpr std::size_t kMaxPlain = std::size_t{1} << 20;

struct Free {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, Free>;

/// A key for one purpose, made from the person's key (HMAC as pseudo-random function, as in HKDF).
Digest derived(const Key& key, std::string_view purpose) {
  return hmac_sha256(key.view(), purpose);
}

/// Version and key tag: what tells which key sealed the bytes. Also bound into the seal.
std::string head(const Key& key) {
  const Digest tag = derived(key, "accrue vault 1: key tag");
  return std::string(1, kVersion) + std::string(bytes_of(tag).substr(0, kKeyTag));
}

std::string nonce_for(const Key& key, std::string_view plain) {
  Digest nonce_key = derived(key, "accrue vault 1: nonce");
  const Digest nonce = hmac_sha256(bytes_of(nonce_key), plain);
  OPENSSL_cleanse(nonce_key.data(), nonce_key.size());
  return std::string(bytes_of(nonce).substr(0, kNonce));
}

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }
int size_of(std::string_view bytes) { return static_cast<int>(bytes.size()); }

/// A cipher with key, nonce and additional data in place; null when OpenSSL refuses.
Context begin(const Key& key, std::string_view nonce, std::string_view bound, bool encrypt) {
  Digest cipher_key = derived(key, "accrue vault 1: cipher");
  Context context(EVP_CIPHER_CTX_new());
  int n = 0;
  const bool good = context != nullptr &&
                    EVP_CipherInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, cipher_key.data(),
                                      raw(nonce), encrypt ? 1 : 0) == 1 &&
                    EVP_CipherUpdate(context.get(), nullptr, &n, raw(bound), size_of(bound)) == 1;
  OPENSSL_cleanse(cipher_key.data(), cipher_key.size());
  return good ? std::move(context) : nullptr;
}

bool finish(EVP_CIPHER_CTX* context, std::string_view in, std::string& out) {
  int n = 0;
  if (!in.empty() && EVP_CipherUpdate(context, raw(out), &n, raw(in), size_of(in)) != 1)
    return false;
  int rest = 0;
  return EVP_CipherFinal_ex(context, raw(out) + n, &rest) == 1;
}

Error altered(const MemberId& member) {
  return {ErrorCode::corrupt,
          "sealed data of member " + member.text() + " is not what was sealed; run accrue verify"};
}

}  // namespace

Result<std::string> seal_with(const Key& key, const MemberId& member, std::string_view plain) {
  if (plain.size() > kMaxPlain) return reject("personal data is limited to 1 MiB a member");
  const std::string top = head(key);
  const std::string nonce = nonce_for(key, plain);
  const Context context = begin(key, nonce, top + member.text(), true);
  std::string sealed(plain.size(), '\0');
  std::string mac(kMac, '\0');
  if (context == nullptr || !finish(context.get(), plain, sealed) ||
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kMac, mac.data()) != 1) {
    return Error{ErrorCode::internal, "OpenSSL could not seal data of member " + member.text()};
  }
  return top + nonce + sealed + mac;
}

Result<std::optional<std::string>> open_with(const Key& key, const MemberId& member,
                                             std::string_view sealed) {
  if (!is_sealed(sealed)) return altered(member);
  const std::string top = head(key);
  if (sealed.substr(0, kHead) != top) return std::optional<std::string>();
  const std::string_view nonce = sealed.substr(kHead, kNonce);
  const std::string_view body = sealed.substr(kHead + kNonce, sealed.size() - kOverhead);
  std::string mac(sealed.substr(sealed.size() - kMac));
  const Context context = begin(key, nonce, top + member.text(), false);
  std::string plain(body.size(), '\0');
  if (context == nullptr ||
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kMac, mac.data()) != 1) {
    return Error{ErrorCode::internal, "OpenSSL could not open data of member " + member.text()};
  }
  if (!finish(context.get(), body, plain)) return altered(member);
  return std::optional(std::move(plain));
}

bool is_sealed(std::string_view bytes) { return bytes.size() >= kOverhead && bytes[0] == kVersion; }

}  // namespace accrue::vault
