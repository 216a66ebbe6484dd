#include <accrue/text_arena.hpp>

#include <cstring>

namespace accrue {
namespace {

constexpr std::size_t kBlock = 1024;

}  // namespace

std::string_view TextArena::keep(std::string_view text) {
  if (text.empty()) return {};
  // A moved-from arena has given its blocks away, but its pointer still shows into them.
  if (blocks_.empty()) room_ = 0;
  if (text.size() > room_) {
    if (text.size() > kBlock / 2) {
      // A block of its own; what is left of the current one stays in use.
      blocks_.push_back(std::make_unique_for_overwrite<char[]>(text.size()));
      std::memcpy(blocks_.back().get(), text.data(), text.size());
      return {blocks_.back().get(), text.size()};
    }
    reserve(kBlock);
  }
  char* const begin = free_;
  std::memcpy(begin, text.data(), text.size());
  free_ += text.size();
  room_ -= text.size();
  return {begin, text.size()};
}

void TextArena::reserve(std::size_t bytes) {
  if (blocks_.empty()) room_ = 0;
  if (bytes <= room_) return;
  blocks_.push_back(std::make_unique_for_overwrite<char[]>(bytes));
  free_ = blocks_.back().get();
  room_ = bytes;
}

}  // namespace accrue
