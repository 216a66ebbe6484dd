// Writes text into a JSON line, whatever bytes it is of. Pure: any thread.
#pragma once

#include <string>
#include <string_view>

namespace accrue::file_feed {

/// Appends `text` in quotes. Bytes that are not valid UTF-8 become U+FFFD. False when there were
/// any.
bool append_quoted(std::string& line, std::string_view text);

/// Appends two lower-case hexadecimal digits for each byte, in quotes.
void append_hex(std::string& line, std::string_view bytes);

}  // namespace accrue::file_feed
