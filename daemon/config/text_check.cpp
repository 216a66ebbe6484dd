#include "config/text_check.hpp"

#include <cstddef>
#include <cstdint>

namespace accrue::config {
namespace {

using Byte = unsigned char;

bool is_continuation(Byte byte) { return (byte & 0xC0) == 0x80; }

/// Bytes of the well-formed character at `at` (Unicode 15, table 3-7), 0 when it is none.
std::size_t character_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<Byte>(text[at + i]) : Byte{0};
  };
  const Byte first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return is_continuation(byte(1)) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const bool overlong = first == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = first == 0xED && byte(1) > 0x9F;
    return is_continuation(byte(1)) && is_continuation(byte(2)) && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool overlong = first == 0xF0 && byte(1) < 0x90;
    const bool beyond = first == 0xF4 && byte(1) > 0x8F;
    const bool whole =
        is_continuation(byte(1)) && is_continuation(byte(2)) && is_continuation(byte(3));
    return whole && !overlong && !beyond ? 4 : 0;
  }
  return 0;
}

bool is_control(Byte byte) {
  return (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F;
}

}  // namespace

std::optional<TextFault> find_text_fault(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    return TextFault{{1, 1}, "byte_order_mark", "save the file as UTF-8 without byte order mark"};
  }
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return TextFault{{1, 1}, "not_utf8", "the file is UTF-16; save it as UTF-8"};
  }
  Mark mark{1, 1};
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = character_length(bytes, at);
    if (length == 0) {
      return TextFault{mark, "not_utf8", "this is not UTF-8; save the file as UTF-8"};
    }
    const auto first = static_cast<Byte>(bytes[at]);
    if (length == 1 && is_control(first)) {
      const std::string name = first == 0 ? "a NUL character" : "a control character";
      return TextFault{mark, "control_character", name + " is not allowed here; remove it"};
    }
    mark = first == '\n' ? Mark{mark.line + 1, 1} : Mark{mark.line, mark.column + 1};
    at += length;
  }
  return std::nullopt;
}

}  // namespace accrue::config
