#include "json_text.hpp"

#include <cstddef>

namespace accrue::file_feed {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

/// Length of the valid UTF-8 sequence at the front of `text`, 0 when there is none (RFC 3629).
std::size_t sequence(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return 0;
  // The second byte's range rules out overlong forms, surrogates and numbers beyond U+10FFFF.
  const unsigned least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  const unsigned most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  if (byte(1) < least || byte(1) > most) return 0;
  for (std::size_t at = 2; at < length; ++at) {
    if ((byte(at) & 0xc0) != 0x80) return 0;
  }
  return length;
}

void append_ascii(std::string& line, char c) {
  if (c == '"' || c == '\\') {
    line += '\\';
    line += c;
  } else if (c == '\n') {
    line += "\\n";
  } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
    line += "\\u00";
    line += kHex[static_cast<unsigned char>(c) >> 4];
    line += kHex[static_cast<unsigned char>(c) & 15];
  } else {
    line += c;
  }
}

}  // namespace

bool append_quoted(std::string& line, std::string_view text) {
  bool valid = true;
  line += '"';
  while (!text.empty()) {
    const std::size_t length = sequence(text);
    if (length == 1) {
      append_ascii(line, text.front());
    } else if (length == 0) {
      line += "\xef\xbf\xbd";
      valid = false;
    } else {
      line += text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  line += '"';
  return valid;
}

void append_hex(std::string& line, std::string_view bytes) {
  line += '"';
  for (const char c : bytes) {
    line += kHex[static_cast<unsigned char>(c) >> 4];
    line += kHex[static_cast<unsigned char>(c) & 15];
  }
  line += '"';
}

}  // namespace accrue::file_feed
