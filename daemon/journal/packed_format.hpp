// The bytes of a packed segment, as docs/formats/journal.md has them: blocks of whole records, each
// a zstd frame of its own, and an index behind them, in a frame that zstd skips. Unpacking the file
// with the zstd tool gives the plain segment. Pure: any thread.
#pragma once

#include "journal/format.hpp"
#include "journal/group.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace accrue::journal {

/// A block is closed once it has this many bytes, unpacked. Level and size are measured:
/// docs/decisions/2026-11-22-packed-segments.md.
inline constexpr std::size_t kBlockBytes = std::size_t{128} << 10;
/// No block is larger, unpacked.
inline constexpr std::size_t kMaxBlockBytes =
    kSegmentHeader + kBlockBytes + framed_size(kMaxPayload);
inline constexpr std::size_t kIndexTrailer = 128;

struct Block {
  Seq first = Seq::none;          ///< Its first record.
  std::uint64_t at = 0;           ///< Where it begins in the file,
  std::uint64_t unpacked_at = 0;  ///< and in the segment unpacked.
  std::uint32_t size = 0;         ///< In the file,
  std::uint32_t unpacked = 0;     ///< and unpacked.
  std::uint32_t crc = 0;          ///< CRC32C of its bytes in the file.
};

struct Index {
  SegmentHeader header;  ///< As the plain segment has it.
  Seq last = Seq::none;  ///< Last record,
  Digest chain{};        ///< and its chain hash.
  std::vector<Block> blocks;

  /// Bytes of the segment unpacked, and of the file without the index.
  std::uint64_t unpacked() const { return blocks.back().unpacked_at + blocks.back().unpacked; }
  std::uint64_t packed() const { return blocks.back().at + blocks.back().size; }
  /// The block that holds the record, if any does. REQUIRES: header.first <= seq.
  const Block& holding(Seq seq) const;
  /// The block that holds the byte of the unpacked segment. REQUIRES: offset < unpacked().
  const Block& at(std::uint64_t offset) const;
};

/// REQUIRES: there are blocks.
std::string encode(const Index& index);
/// Bytes of a whole index with so many blocks.
std::size_t index_size(std::size_t blocks);
/// Number of blocks that a file's last kIndexTrailer bytes speak of. Fails with corrupt or
/// unsupported and the part of a sentence that follows "journal segment <file>".
Result<std::size_t> blocks_in(std::string_view trailer);
/// `bytes` are a whole index, which begins at `at` in its file. Fails like blocks_in.
Result<Index> decode_index(std::string_view bytes, std::uint64_t at);

}  // namespace accrue::journal
