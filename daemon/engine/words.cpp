#include "engine/words.hpp"

#include <cstring>

namespace accrue::engine {
namespace {

std::uint64_t eight(const char* at) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, at, sizeof bytes);
  return bytes;
}

std::uint64_t mixed(std::uint64_t hash, std::uint64_t bytes) {
  hash = (hash ^ bytes) * 0x9e3779b97f4a7c15u;
  return hash ^ (hash >> 29);
}

std::uint32_t hash_of(std::string_view text) {
  const char* at = text.data();
  std::size_t left = text.size();
  std::uint64_t hash = left * 0xff51afd7ed558ccdu;
  for (; left > 8; at += 8, left -= 8) hash = mixed(hash, eight(at));
  std::uint64_t rest = 0;
  for (std::size_t i = 0; i < left; ++i) {
    rest = rest << 8 | static_cast<unsigned char>(at[i]);
  }
  hash = mixed(hash, rest);
  return static_cast<std::uint32_t>(hash >> 32);
}

}  // namespace

std::size_t Words::place(std::string_view text, std::uint32_t hash) const {
  const std::size_t mask = cells_.size() - 1;
  std::size_t at = hash & mask;
  while (cells_[at].word != kUnknownWord &&
         (cells_[at].hash != hash || texts_[cells_[at].word - 1] != text)) {
    at = (at + 1) & mask;
  }
  return at;
}

Word Words::find(std::string_view text) const {
  if (cells_.empty()) return kUnknownWord;
  return cells_[place(text, hash_of(text))].word;
}

Word Words::add(std::string_view text) {
  if (2 * (texts_.size() + 1) > cells_.size()) grow();
  const std::uint32_t hash = hash_of(text);
  Cell& cell = cells_[place(text, hash)];
  if (cell.word == kUnknownWord) {
    texts_.emplace_back(text);
    cell = {hash, static_cast<Word>(texts_.size())};
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
