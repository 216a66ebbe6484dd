// Is a file plain UTF-8 text? Refuses what YAML readers decode differently: byte order marks,
// UTF-16, NUL and other control characters. Pure: any thread.
#pragma once

#include "config/node.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace accrue::config {

struct TextFault {
  Mark mark;
  std::string code;
  std::string detail;
};

/// The first fault of the text, or nothing.
std::optional<TextFault> find_text_fault(std::string_view bytes);

}  // namespace accrue::config
