// Owns the text of one transaction, so that its many small strings are views into a few blocks and
// cost no allocation each. Moving the arena keeps every view valid. One thread at a time.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace accrue {

class TextArena {
 public:
  TextArena() = default;
  TextArena(TextArena&&) noexcept = default;
  TextArena& operator=(TextArena&&) noexcept = default;

  /// A copy of `text` that lives as long as the arena.
  std::string_view keep(std::string_view text);
  /// Makes room for `bytes` more characters in one block.
  void reserve(std::size_t bytes);

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* free_ = nullptr;
  std::size_t room_ = 0;
};

}  // namespace accrue
