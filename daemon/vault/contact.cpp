#include "vault/contact.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace accrue::vault {
namespace {

constexpr char kVersion = 1;

void put(std::string& out, std::string_view text) {
  const auto size = static_cast<std::uint32_t>(text.size());
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(size >> shift & 0xFF);
  out += text;
}

std::optional<std::string> take(std::string_view& rest) {
  if (rest.size() < 4) return std::nullopt;
  std::uint32_t size = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    size |= std::uint32_t{static_cast<std::uint8_t>(rest[i])} << (8 * i);
  }
  rest.remove_prefix(4);
  if (rest.size() < size) return std::nullopt;
  std::string text(rest.substr(0, size));
  rest.remove_prefix(size);
  return text;
}

}  // namespace

std::string pack_contact(Contact contact) {
  std::sort(contact.begin(), contact.end());
  std::string bytes(1, kVersion);
  for (const auto& [field, value] : contact) {
    put(bytes, field);
    put(bytes, value);
  }
  return bytes;
}

Result<Contact> unpack_contact(std::string_view bytes) {
  const Error bad{ErrorCode::corrupt, "these bytes are not packed contact data"};
  if (bytes.empty() || bytes[0] != kVersion) return bad;
  bytes.remove_prefix(1);
  Contact contact;
  while (!bytes.empty()) {
    auto field = take(bytes);
    if (!field) return bad;
    auto value = take(bytes);
    if (!value) return bad;
    contact.emplace_back(std::move(*field), std::move(*value));
  }
  return contact;
}

}  // namespace accrue::vault
