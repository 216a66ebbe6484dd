// A JSON message as a flat list of nodes in the order they were written: duplicate keys are still
// there, numbers are still text or whole, and nothing was allocated for each value. Strings are
// views into the message wherever it has no escapes. One thread at a time.
#pragma once

#include <accrue/result.hpp>
#include <accrue/text_arena.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace accrue::json_codec {

enum class NodeKind : std::uint8_t {
  null,
  boolean,
  integer,
  number,  ///< A number that is no 64-bit integer: with fraction or exponent, or too large.
  text,
  array,
  object,
};

/// A value, or the key in front of a value in an object.
struct Node {
  union {
    std::int64_t integer = 0;  ///< integer; boolean: 0 or 1
    const char* text;          ///< text; number: as written
  };
  std::uint32_t size = 0;  ///< Bytes of text and number; elements or fields of array and object.
  std::uint32_t end = 0;   ///< Index behind the node and all within it.
  NodeKind kind = NodeKind::null;

  std::string_view view() const { return {text, size}; }
};

class Tape {
 public:
  static constexpr std::size_t kMaxDepth = 16;

  /// Fails with reject_input (one problem: not_json, too_deep or bad_text). The tape looks into
  /// `message`, which must outlive it.
  static Result<Tape> read(std::string_view message);

  const Node& operator[](std::uint32_t index) const { return nodes_[index]; }
  /// Bytes of all strings that are values: room enough for all that a transaction keeps.
  std::size_t text_bytes() const { return text_bytes_; }

 private:
  friend class TapeWriter;
  std::vector<Node> nodes_;
  TextArena unescaped_;
  std::size_t text_bytes_ = 0;
};

}  // namespace accrue::json_codec
