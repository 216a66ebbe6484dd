// Keys of tables: numbers big-endian, so that byte order is number order, and texts ended by a
// zero byte when more follows. Build with KeyWriter, take apart with KeyReader. Any thread.
#pragma once

#include <accrue/assert.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace accrue::store {

/// Longest key, in bytes: LMDB's limit. The shortest is 1.
inline constexpr std::size_t kMaxKey = 511;

/// A number as a key of eight bytes.
constexpr std::array<char, 8> key_of(std::uint64_t number) {
  std::array<char, 8> key{};
  for (std::size_t i = 0; i < 8; ++i) {
    key[i] = static_cast<char>(static_cast<std::uint8_t>(number >> (56 - 8 * i)));
  }
  return key;
}
inline std::string_view view(const std::array<char, 8>& key) { return {key.data(), key.size()}; }

/// Builds a key on the stack. REQUIRES: the whole stays within kMaxKey bytes.
class KeyWriter {
 public:
  KeyWriter& u64(std::uint64_t number) { return raw(store::view(key_of(number))); }
  KeyWriter& u32(std::uint32_t number) {
    const auto key = key_of(number);
    return raw({key.data() + 4, 4});
  }
  KeyWriter& u8(std::uint8_t number) {
    const char byte = static_cast<char>(number);
    return raw({&byte, 1});
  }
  /// A number without its leading zero bytes: a value, or the last part of one. 0 is no byte.
  KeyWriter& short_number(std::uint64_t number) {
    const auto key = key_of(number);
    const auto zeros = static_cast<std::size_t>(number == 0 ? 64 : std::countl_zero(number)) / 8;
    return raw(store::view(key).substr(zeros));
  }
  /// Text with a zero byte after it. REQUIRES: no zero byte within.
  KeyWriter& text(std::string_view part) {
    ACCRUE_ASSERT(part.find('\0') == std::string_view::npos);
    return raw(part).u8(0);
  }
  /// Bytes as they are: the last part of a key, or one of fixed size.
  KeyWriter& raw(std::string_view part) {
    ACCRUE_ASSERT(part.size() <= bytes_.size() - size_);
    if (!part.empty()) std::memcpy(bytes_.data() + size_, part.data(), part.size());
    size_ += part.size();
    return *this;
  }
  std::string_view view() const { return {bytes_.data(), size_}; }
  void clear() { size_ = 0; }

 private:
  std::array<char, kMaxKey> bytes_;
  std::size_t size_ = 0;
};

/// Takes a key apart from its front; nothing when the part is not there.
class KeyReader {
 public:
  explicit KeyReader(std::string_view key) : rest_(key) {}

  std::optional<std::uint64_t> u64() { return number(8); }
  std::optional<std::uint32_t> u32() {
    const auto found = number(4);
    if (!found) return std::nullopt;
    return static_cast<std::uint32_t>(*found);
  }
  std::optional<std::uint8_t> u8() {
    const auto found = number(1);
    if (!found) return std::nullopt;
    return static_cast<std::uint8_t>(*found);
  }
  /// All that is left, as KeyWriter::short_number wrote it.
  std::optional<std::uint64_t> short_number() {
    return rest_.size() > 8 ? std::nullopt : number(rest_.size());
  }
  /// A text up to its zero byte.
  std::optional<std::string_view> text() {
    const auto end = rest_.find('\0');
    if (end == std::string_view::npos) return std::nullopt;
    const auto part = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return part;
  }
  std::optional<std::string_view> raw(std::size_t size) {
    if (rest_.size() < size) return std::nullopt;
    const auto part = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return part;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::optional<std::uint64_t> number(std::size_t size) {
    const auto part = raw(size);
    if (!part) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : *part) value = value << 8 | static_cast<std::uint8_t>(c);
    return value;
  }
  std::string_view rest_;
};

}  // namespace accrue::store
