// Text that comes from outside: is it valid UTF-8, printable and short enough to keep? Shared by
// the codecs of this folder. Pure: any thread.
#pragma once

#include <accrue/result.hpp>

#include <cstddef>
#include <string_view>

namespace accrue::codecs {

inline constexpr std::size_t kMaxNamePoints = 64;   ///< sku, category, store, terminal, event.
inline constexpr std::size_t kMaxTextPoints = 256;  ///< description, contact data.

enum class TextFault { none, empty, too_long, unprintable, not_utf8 };

/// 1 to `most` code points of valid UTF-8 without control characters (C0, DEL, C1).
TextFault fault_of(std::string_view text, std::size_t most);

/// What to write instead, for a fault other than none.
std::string remedy(TextFault fault, std::size_t most);

/// Name of an attribute: [a-z][a-z0-9_]{0,31}.
bool is_attribute_name(std::string_view text);

}  // namespace accrue::codecs
