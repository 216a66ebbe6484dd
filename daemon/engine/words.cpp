#include "engine/words.hpp"

#include <cstring>

namespace accrue::engine {
namespace {

template <class Number>
std::uint64_t read(const char* at) {
  Number bytes = 0;
  std::memcpy(&bytes, at, sizeof bytes);
  return bytes;
}

std::uint64_t mixed(std::uint64_t hash, std::uint64_t bytes) {
  hash = (hash ^ bytes) * 0x9e3779b97f4a7c15u;
  return hash ^ (hash >> 29);
}

/// All bytes of up to eight, read from both ends.
std::uint64_t few_bytes(const char* at, std::size_t size) {
  if (size >= 4) return read<std::uint32_t>(at) << 32 | read<std::uint32_t>(at + size - 4);
  if (size == 0) return 0;
  return read<std::uint8_t>(at) << 16 | read<std::uint8_t>(at + size / 2) << 8 |
         read<std::uint8_t>(at + size - 1);
}

}  // namespace

std::uint32_t Words::hash_of(std::string_view text) {
  const char* at = text.data();
  std::size_t left = text.size();
  std::uint64_t hash = left * 0xff51afd7ed558ccdu;
  for (; left > 8; at += 8, left -= 8) hash = mixed(hash, read<std::uint64_t>(at));
  return static_cast<std::uint32_t>(mixed(hash, few_bytes(at, left)) >> 32);
}

Word Words::add(std::string_view text) {
  if (2 * (texts_.size() + 1) > cells_.size()) grow();
  const std::uint32_t hash = hash_of(text);
  Cell& cell = cells_[place(text, hash)];
  if (cell.word == kUnknownWord) {
    texts_.emplace_back(text);
    cell = {hash, static_cast<Word>(texts_.size())};
    if (text.empty()) empty_ = cell.word;
  }
  return cell.word;
}

void Words::grow() {
  std::vector<Cell> old(cells_.empty() ? 16 : 2 * cells_.size());
  old.swap(cells_);
  for (const Cell& cell : old) {
    if (cell.word != kUnknownWord) cells_[place(texts_[cell.word - 1], cell.hash)] = cell;
  }
}

}  // namespace accrue::engine
