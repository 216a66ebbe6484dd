// Collects all that is wrong with one message, so that its sender hears everything at once. Shared
// by the codecs of this folder. One thread at a time.
#pragma once

#include <accrue/result.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace accrue::codecs {

/// Where a value stands in its message. A chain on the stack: text is made for problems only.
struct Path {
  const Path* up = nullptr;
  std::string_view key{};   ///< Of a field …
  std::int64_t index = -1;  ///< … or, when not negative, of an element, counted from 0.

  /// A JSON pointer (RFC 6901): "/lines/3/unit_price", "" for the whole message.
  std::string pointer() const;
};

class Problems {
 public:
  static constexpr std::size_t kMost = 20;  ///< Told; further ones are only counted.

  void add(const Path& path, std::string_view code, std::string detail);
  bool empty() const { return count_ == 0; }
  /// reject_input with all problems. REQUIRES: not empty.
  Error error() &&;

 private:
  std::vector<Problem> list_;
  std::size_t count_ = 0;
};

}  // namespace accrue::codecs
