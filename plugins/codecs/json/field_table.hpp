// Reads one JSON object against the list of fields it may have: unknown fields (with a suggestion)
// and fields written twice become problems. One thread at a time.
#pragma once

#include "../problems.hpp"
#include "tape.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace accrue::json_codec {

/// What reading one message needs everywhere.
struct Reading {
  const Tape& tape;
  codecs::Problems& problems;
  TextArena& kept;
};

/// "a number", "an object" …
std::string_view describe(NodeKind kind);

/// Fills places[i] with the tape index of the value of names[i], 0 when it is absent.
/// REQUIRES: object is the index of an object; at most 32 names.
void find_fields(Reading& reading, std::uint32_t object, const codecs::Path& path,
                 std::span<const std::string_view> names, std::span<std::uint32_t> places);

/// The word of `words` that `word` was probably meant to be, or "".
std::string_view nearest(std::string_view word, std::span<const std::string_view> words);

}  // namespace accrue::json_codec
