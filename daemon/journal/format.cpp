#include "journal/format.hpp"

#include "digest/crc32c.hpp"
#include "journal/numbers.hpp"

#include <algorithm>
#include <charconv>

namespace accrue::journal {
namespace {

constexpr std::string_view kMagic = "ACCRUEJL";
constexpr std::string_view kSuffix = ".journal";
constexpr std::string_view kPackedSuffix = ".zst";
constexpr std::size_t kNameDigits = 20;

/// Everything but the checksum's own four bytes.
std::uint32_t checksum(std::string_view bytes, std::size_t crc_at) {
  return crc32c(bytes.substr(crc_at + 4), crc32c(bytes.substr(0, crc_at)));
}

/// Nothing when the file's name does not end as a segment's does.
Result<std::optional<Segment>> segment_of(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  const bool packed = name.ends_with(std::string(kSuffix) + std::string(kPackedSuffix));
  if (!packed && !name.ends_with(kSuffix)) return std::optional<Segment>();
  std::uint64_t first = 0;
  const auto read = std::from_chars(name.data(), name.data() + name.size(), first);
  const Seq seq{first};
  const bool whole = read.ec == std::errc() && read.ptr == name.data() + kNameDigits;
  if (whole && first > 0 && name == (packed ? packed_name(seq) : segment_name(seq))) {
    return std::optional<Segment>(Segment{seq, path, packed});
  }
  return Error{ErrorCode::corrupt, path.string() +
                                       " is not named as a journal segment is (20 digits and "
                                       ".journal or .journal.zst); move it out of the journal "
                                       "folder"};
}

}  // namespace

std::string encode(const SegmentHeader& header) {
  std::string bytes(kSegmentHeader, '\0');
  std::copy(kMagic.begin(), kMagic.end(), bytes.begin());
  save(bytes.data(), 8, kFormatVersion);
  save(bytes.data(), 16, value_of(header.first));
  save(bytes.data(), 24, header.chain);
  save(bytes.data(), 12, checksum(bytes, 12));
  return bytes;
}

Result<SegmentHeader> decode_header(std::string_view bytes) {
  if (bytes.size() < kSegmentHeader) {
    return Error{ErrorCode::corrupt, "is shorter than a segment's header"};
  }
  if (bytes.substr(0, kMagic.size()) != kMagic) {
    return Error{ErrorCode::corrupt, "does not begin as a journal segment does"};
  }
  if (load<std::uint32_t>(bytes, 12) != checksum(bytes.substr(0, kSegmentHeader), 12)) {
    return Error{ErrorCode::corrupt, "has a damaged header"};
  }
  const auto version = load<std::uint32_t>(bytes, 8);
  if (version != kFormatVersion) {
    return Error{ErrorCode::unsupported, "has format version " + std::to_string(version) +
                                             ", this accrue reads version " +
                                             std::to_string(kFormatVersion)};
  }
  return SegmentHeader{static_cast<Seq>(load<std::uint64_t>(bytes, 16)), load<Digest>(bytes, 24)};
}

Frame decode_frame(std::string_view bytes) {
  Frame frame;
  frame.length = load<std::uint32_t>(bytes, 0);
  frame.crc = load<std::uint32_t>(bytes, 4);
  frame.seq = static_cast<Seq>(load<std::uint64_t>(bytes, 8));
  frame.group = static_cast<Seq>(load<std::uint64_t>(bytes, 16));
  frame.chain = load<Digest>(bytes, 24);
  return frame;
}

bool has_right_checksum(std::string_view record) {
  return load<std::uint32_t>(record, 4) == checksum(record, 4);
}

Digest seal(char* record, std::uint32_t length, Seq seq, Seq group, const Digest& before,
            Sha256& hash) {
  // What is hashed before the payload is put before it for a moment: one stretch hashes faster.
  constexpr std::size_t kHashed = sizeof(Digest) + sizeof(std::uint64_t);
  char* const hashed = record + kRecordHeader - kHashed;
  save(hashed, 0, before);
  save(hashed, sizeof(Digest), __builtin_bswap64(value_of(seq)));
  hash.update(std::string_view(hashed, kHashed + length));
  const Digest chain = hash.finish();
  save(record, 0, length);
  save(record, 8, value_of(seq));
  save(record, 16, value_of(group));
  save(record, 24, chain);
  save(record, 4, checksum(std::string_view(record, framed_size(length)), 4));
  return chain;
}

Digest next_chain(Sha256& hash, const Digest& before, Seq seq, std::string_view payload) {
  hash.update(before);
  hash.update(value_of(seq));
  hash.update(payload);
  return hash.finish();
}

std::string segment_name(Seq first) {
  std::string digits = std::to_string(value_of(first));
  return std::string(kNameDigits - digits.size(), '0') + digits + std::string(kSuffix);
}

std::string packed_name(Seq first) { return segment_name(first) + std::string(kPackedSuffix); }

Result<std::vector<Segment>> list_segments(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::directory_iterator files(folder, error);
  std::vector<Segment> segments;
  for (; !error && files != std::filesystem::directory_iterator(); files.increment(error)) {
    auto segment = segment_of(files->path());
    if (!segment) return segment.error();
    if (segment.value()) segments.push_back(std::move(*segment.value()));
  }
  if (error) {
    return Error{
        error == std::errc::no_such_file_or_directory ? ErrorCode::not_found : ErrorCode::internal,
        "cannot read journal folder " + folder.string() + ": " + error.message()};
  }
  std::sort(segments.begin(), segments.end(), [](const Segment& a, const Segment& b) {
    return a.first != b.first ? a.first < b.first : b.packed && !a.packed;
  });
  const auto twice = std::unique(segments.begin(), segments.end(),
                                 [](const auto& a, const auto& b) { return a.first == b.first; });
  segments.erase(twice, segments.end());
  return segments;
}

Error damage(const std::filesystem::path& path, std::string_view place, std::string_view what) {
  return Error{ErrorCode::corrupt, "journal segment " + path.string() + ", " + std::string(place) +
                                       ": " + std::string(what) +
                                       "; restore this file from a backup or a replica "
                                       "(accrue verify tells how far the journal is sound)"};
}

Error damage(const std::filesystem::path& path, std::uint64_t offset, std::string_view what) {
  return damage(path, "byte " + std::to_string(offset), what);
}

}  // namespace accrue::journal
