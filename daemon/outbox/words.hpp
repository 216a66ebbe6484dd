// Words for a notice: mustache templates filled with its values, as plain text. Values are put in
// as they are and never read as templates. Pure: any thread.
#pragma once

#include "engine/program_spec.hpp"

#include <accrue/result.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <utility>

namespace accrue::outbox {

/// Of a subject or text.
inline constexpr std::size_t kMaxWords = std::size_t{64} << 10;

struct Words {
  std::string subject;  ///< One line: control characters became blanks.
  std::string text;
};

/// A name that has no value, or an empty one, writes nothing and skips its section. Fails with
/// reject_input when a template is malformed or its words exceed kMaxWords.
Result<Words> render(const engine::NoticeTemplate& form,
                     std::span<const std::pair<std::string, std::string>> values);

}  // namespace accrue::outbox
