#include "journal/packed_format.hpp"

#include "digest/crc32c.hpp"
#include "journal/numbers.hpp"

#include <accrue/assert.hpp>

#include <algorithm>

namespace accrue::journal {
namespace {

constexpr std::string_view kMagic = "ACCRUEZ1";
constexpr std::string_view kMagicOfAnyVersion = "ACCRUEZ";
/// One of the sixteen that mark a frame which zstd leaves out.
constexpr std::uint32_t kSkippedFrame = 0x184D2A5A;
constexpr std::size_t kFrameHead = 8;
constexpr std::size_t kEntry = 32;

// Places in the trailer.
constexpr std::size_t kLastAt = 64;
constexpr std::size_t kChainAt = 72;
constexpr std::size_t kUnpackedAt = 104;
constexpr std::size_t kBlocksAt = 112;
constexpr std::size_t kCrcAt = 116;
constexpr std::size_t kMagicAt = 120;

/// Of the whole index but the checksum's own four bytes.
std::uint32_t checksum(std::string_view index) {
  const std::size_t at = index.size() - kIndexTrailer + kCrcAt;
  return crc32c(index.substr(at + 4), crc32c(index.substr(0, at)));
}

Error damaged() { return Error{ErrorCode::corrupt, "has a damaged index"}; }

Block decode_block(std::string_view entry) {
  Block block;
  block.first = static_cast<Seq>(load<std::uint64_t>(entry, 0));
  block.at = load<std::uint64_t>(entry, 8);
  block.size = load<std::uint32_t>(entry, 16);
  block.unpacked = load<std::uint32_t>(entry, 20);
  block.crc = load<std::uint32_t>(entry, 24);
  return block;
}

/// Whether a block may stand there, so that nothing later need look again.
bool follows(const Block& block, const Index& index) {
  if (block.unpacked == 0 || block.unpacked > kMaxBlockBytes || block.size == 0) return false;
  if (index.blocks.empty()) return block.at == 0 && block.first == index.header.first;
  return block.at == index.packed() && block.first > index.blocks.back().first;
}

}  // namespace

const Block& Index::holding(Seq seq) const {
  const auto after = std::upper_bound(blocks.begin(), blocks.end(), seq,
                                      [](Seq s, const Block& block) { return s < block.first; });
  ACCRUE_ASSERT(after != blocks.begin());
  return *std::prev(after);
}

const Block& Index::at(std::uint64_t offset) const {
  const auto after =
      std::upper_bound(blocks.begin(), blocks.end(), offset,
                       [](std::uint64_t o, const Block& block) { return o < block.unpacked_at; });
  ACCRUE_ASSERT(after != blocks.begin());
  return *std::prev(after);
}

std::size_t index_size(std::size_t blocks) { return kFrameHead + blocks * kEntry + kIndexTrailer; }

std::string encode(const Index& index) {
  std::string out(index_size(index.blocks.size()), '\0');
  save(out.data(), 0, kSkippedFrame);
  save(out.data(), 4, static_cast<std::uint32_t>(out.size() - kFrameHead));
  std::size_t at = kFrameHead;
  for (const Block& block : index.blocks) {
    save(out.data(), at, value_of(block.first));
    save(out.data(), at + 8, block.at);
    save(out.data(), at + 16, block.size);
    save(out.data(), at + 20, block.unpacked);
    save(out.data(), at + 24, block.crc);
    at += kEntry;
  }
  const std::string header = encode(index.header);
  std::copy(header.begin(), header.end(), out.begin() + static_cast<std::ptrdiff_t>(at));
  save(out.data(), at + kLastAt, value_of(index.last));
  save(out.data(), at + kChainAt, index.chain);
  save(out.data(), at + kUnpackedAt, index.unpacked());
  save(out.data(), at + kBlocksAt, static_cast<std::uint32_t>(index.blocks.size()));
  std::copy(kMagic.begin(), kMagic.end(), out.begin() + static_cast<std::ptrdiff_t>(at + kMagicAt));
  save(out.data(), at + kCrcAt, checksum(out));
  return out;
}

Result<std::size_t> blocks_in(std::string_view trailer) {
  const std::string_view magic =
      trailer.size() < kIndexTrailer ? std::string_view() : trailer.substr(kMagicAt);
  if (!magic.starts_with(kMagicOfAnyVersion)) {
    return Error{ErrorCode::corrupt, "does not end as a packed journal segment does"};
  }
  if (magic != kMagic) {
    return Error{ErrorCode::unsupported, "is packed in a way that this accrue does not know"};
  }
  const std::size_t blocks = load<std::uint32_t>(trailer, kBlocksAt);
  if (blocks == 0) return damaged();
  return blocks;
}

Result<Index> decode_index(std::string_view bytes, std::uint64_t at) {
  const auto blocks = blocks_in(bytes.substr(bytes.size() - std::min(bytes.size(), kIndexTrailer)));
  if (!blocks) return blocks.error();
  if (bytes.size() != index_size(blocks.value())) return damaged();
  const std::string_view trailer = bytes.substr(bytes.size() - kIndexTrailer);
  if (load<std::uint32_t>(trailer, kCrcAt) != checksum(bytes)) return damaged();
  const auto header = decode_header(trailer.substr(0, kSegmentHeader));
  if (!header) return header.error();
  Index index;
  index.header = header.value();
  index.last = static_cast<Seq>(load<std::uint64_t>(trailer, kLastAt));
  index.chain = load<Digest>(trailer, kChainAt);
  index.blocks.reserve(blocks.value());
  for (std::size_t i = 0; i < blocks.value(); ++i) {
    Block block = decode_block(bytes.substr(kFrameHead + i * kEntry, kEntry));
    if (!follows(block, index)) return damaged();
    if (i > 0) block.unpacked_at = index.unpacked();
    index.blocks.push_back(block);
  }
  const bool fits = index.packed() == at && index.blocks.back().first <= index.last &&
                    index.unpacked() == load<std::uint64_t>(trailer, kUnpackedAt);
  if (!fits) return damaged();
  return index;
}

}  // namespace accrue::journal
