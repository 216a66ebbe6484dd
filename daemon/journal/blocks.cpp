#include "journal/blocks.hpp"

#include "digest/crc32c.hpp"
#include "journal/zstd.hpp"

#include <algorithm>

namespace accrue::journal {
namespace {

/// How much is read at once when blocks are asked for in order.
constexpr std::size_t kLargeRead = std::size_t{512} << 10;

}  // namespace

Error fault_in(const std::filesystem::path& path, std::string_view place, const Error& fault) {
  if (fault.code == ErrorCode::corrupt) return damage(path, place, fault.message);
  return Error{fault.code, "journal segment " + path.string() + " " + fault.message};
}

Result<Blocks> Blocks::open(const Input& file, Seq first) {
  const auto size = file.size();
  if (!size) return size.error();
  const std::uint64_t whole = size.value();
  Buffer bytes;
  if (auto read =
          file.read(whole - std::min<std::uint64_t>(whole, kIndexTrailer), kIndexTrailer, bytes);
      !read) {
    return read.error();
  }
  const auto blocks = blocks_in(bytes.bytes());
  if (!blocks) return fault_in(file.path(), "its end", blocks.error());
  const std::uint64_t index = index_size(blocks.value());
  if (index > whole) return damage(file.path(), "its end", "has a damaged index");
  const std::uint64_t at = whole - index;
  if (auto read = file.read(at, static_cast<std::size_t>(index), bytes); !read) return read.error();
  auto decoded = decode_index(bytes.bytes(), at);
  const std::string place = "byte " + std::to_string(at) + " (the index)";
  if (!decoded) return fault_in(file.path(), place, decoded.error());
  const Seq begins = decoded.value().header.first;
  if (begins != first) {
    return damage(file.path(), place,
                  "it says that the segment begins with record " +
                      std::to_string(value_of(begins)) + ", and the file's name says another");
  }
  return Blocks(std::move(decoded.value()));
}

std::string Blocks::place(const Block& block, std::uint64_t unpacked_at) const {
  return "byte " + std::to_string(block.at) + " (block " +
         std::to_string(&block - index_.blocks.data() + 1) + ", byte " +
         std::to_string(unpacked_at) + " when unpacked)";
}

Result<std::string_view> Blocks::frame_of(const Block& block, const Input& file) {
  const auto holds = [&] {
    return block.at >= read_at_ && block.at + block.size <= read_at_ + read_.bytes().size();
  };
  if (!holds()) {
    // Who asks for the next block will ask for more of them.
    const bool in_order = loaded_ != nullptr && loaded_ + 1 == &block;
    const std::size_t wanted = in_order ? kLargeRead : 0;
    read_at_ = block.at;
    auto read = file.read(block.at, std::max<std::size_t>(block.size, wanted), read_);
    if (!read) return read.error();
  }
  if (!holds()) return damage(file.path(), place(block), "the file ends inside the block");
  return read_.bytes().substr(static_cast<std::size_t>(block.at - read_at_), block.size);
}

Result<std::string_view> Blocks::load(const Block& block, const Input& file) {
  if (loaded_ == &block) return bytes();
  const auto frame = frame_of(block, file);
  loaded_ = nullptr;
  if (!frame) return frame.error();
  const auto broken = [&](std::string_view what) {
    read_.set_size(0);  // The next call looks at the file again.
    return damage(file.path(), place(block), what);
  };
  if (crc32c(frame.value()) != block.crc) return broken("the checksum of the block is wrong");
  if (!unpack(frame.value(), unpacked_.prepare(block.unpacked), block.unpacked)) {
    return broken("the block cannot be unpacked");
  }
  unpacked_.set_size(block.unpacked);
  const bool begins = &block == &index_.blocks.front();
  if (begins && bytes().substr(0, kSegmentHeader) != encode(index_.header)) {
    return broken("the segment's header is not that of the index");
  }
  loaded_ = &block;
  return bytes();
}

}  // namespace accrue::journal
