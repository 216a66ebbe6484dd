// The bytes of a journal, as docs/formats/journal.md has them: names of segment files, the header
// of a segment, the frame around a payload. Numbers are little-endian. Pure: any thread.
#pragma once

#include "digest/sha256.hpp"

#include <accrue/ids.hpp>
#include <accrue/result.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace accrue::journal {

inline constexpr std::uint32_t kFormatVersion = 1;
inline constexpr std::size_t kSegmentHeader = 64;
inline constexpr std::size_t kRecordHeader = 56;
inline constexpr std::size_t kAlignment = 8;

/// What stands at the front of a segment.
struct SegmentHeader {
  Seq first = Seq::none;  ///< Its first record, which is also its file's name.
  Digest chain{};         ///< Chain hash of the record before; zeros before the first of all.
};

std::string encode(const SegmentHeader& header);
/// `bytes` are the file's first, at most kSegmentHeader. Fails with corrupt or unsupported and the
/// part of a sentence that follows "journal segment <file>".
Result<SegmentHeader> decode_header(std::string_view bytes);

/// The fixed part of a record.
struct Frame {
  std::uint32_t length = 0;
  std::uint32_t crc = 0;
  Seq seq = Seq::none;
  Seq group = Seq::none;  ///< First record of the group that it was written with.
  Digest chain{};
};

/// REQUIRES: bytes.size() >= kRecordHeader.
Frame decode_frame(std::string_view bytes);
/// Bytes of a whole record on the disk.
constexpr std::size_t framed_size(std::size_t payload) {
  return (kRecordHeader + payload + kAlignment - 1) / kAlignment * kAlignment;
}
/// Whether a whole record's checksum is right. REQUIRES: it has framed_size(length) bytes.
bool has_right_checksum(std::string_view record);
/// Fills in the frame of a record whose payload of `length` bytes, and padding, are in their places
/// behind it. Returns its chain hash, which follows from that of the record before.
Digest seal(char* record, std::uint32_t length, Seq seq, Seq group, const Digest& before,
            Sha256& hash);
/// SHA-256(chain before ‖ seq ‖ payload), seq as 8 bytes big-endian.
Digest next_chain(Sha256& hash, const Digest& before, Seq seq, std::string_view payload);

struct Segment {
  Seq first;
  std::filesystem::path path;
  bool packed = false;
};

/// "00000000000000000001.journal"
std::string segment_name(Seq first);
/// "00000000000000000001.journal.zst"
std::string packed_name(Seq first);
/// The segments of a folder, oldest first; of one that is there plain and packed, the plain file.
/// Fails when a *.journal or *.journal.zst file has another kind of name. While segments are packed
/// the listing may lack one: whoever misses it lists again.
Result<std::vector<Segment>> list_segments(const std::filesystem::path& folder);

/// An error that names the file, the place ("byte 224") and the cure.
Error damage(const std::filesystem::path& path, std::string_view place, std::string_view what);
Error damage(const std::filesystem::path& path, std::uint64_t offset, std::string_view what);

}  // namespace accrue::journal
