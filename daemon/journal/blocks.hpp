// Reads the blocks of a packed segment, each unpacked into one buffer that is used again. Keeps no
// file open. One thread at a time.
#pragma once

#include "journal/input.hpp"
#include "journal/packed_format.hpp"

#include <accrue/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace accrue::journal {

class Blocks {
 public:
  /// Reads and checks the index of a segment whose first record is `first`.
  static Result<Blocks> open(const Input& file, Seq first);

  const Index& index() const { return index_; }
  /// The block unpacked, its checksum checked; valid until the next call. When blocks are asked for
  /// in order, many are read from the file at once. REQUIRES: it is one of the index's.
  Result<std::string_view> load(const Block& block, const Input& file);
  /// The block that was loaded last, if it still is.
  const Block* loaded() const { return loaded_; }
  std::string_view bytes() const { return unpacked_.bytes(); }
  /// "byte 40960 (block 3, byte 262400 when unpacked)", or a byte within the block.
  std::string place(const Block& block) const { return place(block, block.unpacked_at); }
  std::string place(const Block& block, std::uint64_t unpacked_at) const;

 private:
  explicit Blocks(Index index) : index_(std::move(index)) {}
  Result<std::string_view> frame_of(const Block& block, const Input& file);

  Index index_;
  const Block* loaded_ = nullptr;  // Vectors keep their elements' places when moved.
  Buffer unpacked_;
  Buffer read_;
  std::uint64_t read_at_ = 0;
};

/// A fault of a header or an index as an error that names file and place.
Error fault_in(const std::filesystem::path& path, std::string_view place, const Error& fault);

}  // namespace accrue::journal
