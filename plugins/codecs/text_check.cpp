#include "text_check.hpp"

#include <cstdint>
#include <cstring>

namespace accrue::codecs {
namespace {

constexpr std::uint64_t kEach = 0x0101010101010101;
constexpr std::uint64_t kHighBits = kEach * 0x80;

/// High bit set for some byte that is no printable ASCII. Bytes above 0x7f are among them.
/// (Bit Twiddling Hacks, "Determine if a word has a byte less than n".)
std::uint64_t suspects(std::uint64_t word) {
  const std::uint64_t low = (word - kEach * 0x20) & ~word;
  const std::uint64_t flipped = word ^ (kEach * 0x7f);
  const std::uint64_t deleted = (flipped - kEach) & ~flipped;
  return (low | deleted | word) & kHighBits;
}

bool is_printable_ascii(std::string_view text) {
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    if (suspects(word) != 0) return false;
  }
  std::uint64_t rest = kEach * ' ';
  std::memcpy(&rest, at, left);
  return suspects(rest) == 0;
}

/// Length of the UTF-8 sequence that begins with `lead`, 0 when none does (RFC 3629).
std::size_t sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}

/// The code point at the front of `text`, which is removed; -1 when it is not valid UTF-8.
std::int32_t take_code_point(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = sequence_length(lead);
  if (length == 0 || text.size() < length) return -1;
  if (length == 1) {
    text.remove_prefix(1);
    return lead;
  }
  std::int32_t point = lead & (0x7f >> length);
  for (std::size_t place = 1; place < length; ++place) {
    const auto byte = static_cast<unsigned char>(text[place]);
    if ((byte & 0xc0) != 0x80) return -1;
    point = point << 6 | (byte & 0x3f);
  }
  text.remove_prefix(length);
  constexpr std::int32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = point >= 0xd800 && point <= 0xdfff;
  if (point < kLeast[length] || point > 0x10ffff || surrogate) return -1;
  return point;
}

}  // namespace

TextFault fault_of(std::string_view text, std::size_t most) {
  if (text.empty()) return TextFault::empty;
  if (is_printable_ascii(text)) [[likely]] {
    return text.size() <= most ? TextFault::none : TextFault::too_long;
  }
  std::size_t points = 0;
  bool control = false;
  while (!text.empty()) {
    const std::int32_t point = take_code_point(text);
    if (point < 0) return TextFault::not_utf8;
    control = control || point < 0x20 || (point >= 0x7f && point <= 0x9f);
    ++points;
  }
  if (control) return TextFault::unprintable;
  return points <= most ? TextFault::none : TextFault::too_long;
}

std::string remedy(TextFault fault, std::size_t most) {
  switch (fault) {
    case TextFault::none:
      return {};
    case TextFault::empty:
      return "the text is empty; leave the field out when there is none";
    case TextFault::too_long:
      return "the text is longer than " + std::to_string(most) + " characters";
    case TextFault::unprintable:
      return "the text has a control character (a tab, a line break, NUL …); leave it out";
    case TextFault::not_utf8:
      return "the text is not valid UTF-8; send UTF-8";
  }
  return {};
}

bool is_attribute_name(std::string_view text) {
  if (text.empty() || text.size() > 32) return false;
  if (text.front() < 'a' || text.front() > 'z') return false;
  for (const char c : text) {
    const bool fine = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    if (!fine) return false;
  }
  return true;
}

}  // namespace accrue::codecs
