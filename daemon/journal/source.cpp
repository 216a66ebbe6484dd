#include "journal/source.hpp"

#include "journal/blocks.hpp"

#include <algorithm>

namespace accrue::journal {
namespace {

/// Reads begin small, for a reader that follows a writer, and grow while it has much to catch up;
/// not beyond what the processor's cache takes.
constexpr std::size_t kSmallRead = std::size_t{64} << 10;
constexpr std::size_t kLargeRead = std::size_t{512} << 10;

class PlainSource final : public Source {
 public:
  PlainSource(Input file, Seq first) : file_(std::move(file)), first_(first) {}

  const std::filesystem::path& path() const override { return file_.path(); }
  bool is_packed() const override { return false; }

  Result<SegmentHeader> header() override {
    if (auto read = file_.read(0, kSegmentHeader, buffer_); !read) return read.error();
    auto header = decode_header(buffer_.bytes());
    if (!header) return fault_in(path(), place(0), header.error());
    return header;
  }

  Result<std::string_view> read(std::uint64_t offset, std::size_t size) override {
    const std::size_t wanted = std::max(size, next_read_);
    if (auto read = file_.read(offset, wanted, buffer_); !read) return read.error();
    const bool more = buffer_.bytes().size() == wanted;
    next_read_ = more ? std::min(next_read_ * 2, kLargeRead) : kSmallRead;
    return buffer_.bytes();
  }

  Result<std::uint64_t> size() override { return file_.size(); }
  Start start_near(Seq) const override { return {first_, kSegmentHeader}; }
  std::optional<Ending> ending() const override { return std::nullopt; }
  std::string place(std::uint64_t offset) const override {
    return "byte " + std::to_string(offset);
  }

 private:
  Input file_;
  Seq first_;
  Buffer buffer_;
  std::size_t next_read_ = kSmallRead;
};

class PackedSource final : public Source {
 public:
  PackedSource(Input file, Blocks blocks) : file_(std::move(file)), blocks_(std::move(blocks)) {}

  const std::filesystem::path& path() const override { return file_.path(); }
  bool is_packed() const override { return true; }
  Result<SegmentHeader> header() override { return blocks_.index().header; }

  Result<std::string_view> read(std::uint64_t offset, std::size_t) override {
    if (offset >= blocks_.index().unpacked()) return std::string_view();
    const Block& block = blocks_.index().at(offset);
    const auto bytes = blocks_.load(block, file_);
    if (!bytes) return bytes.error();
    return bytes.value().substr(static_cast<std::size_t>(offset - block.unpacked_at));
  }

  Result<std::uint64_t> size() override { return blocks_.index().unpacked(); }
  Start start_near(Seq seq) const override {
    const Block& block = blocks_.index().holding(seq);
    return {block.first, std::max<std::uint64_t>(block.unpacked_at, kSegmentHeader)};
  }
  std::optional<Ending> ending() const override {
    return Ending{blocks_.index().last, blocks_.index().chain};
  }
  std::string place(std::uint64_t offset) const override {
    if (offset >= blocks_.index().unpacked()) {
      return "byte " + std::to_string(blocks_.index().packed()) + " (the index)";
    }
    return blocks_.place(blocks_.index().at(offset), offset);
  }

 private:
  Input file_;
  Blocks blocks_;
};

}  // namespace

Error Source::damage(std::uint64_t offset, std::string_view what) const {
  return journal::damage(path(), place(offset), what);
}

Result<std::unique_ptr<Source>> Source::open(const Segment& segment) {
  if (!segment.packed) {
    auto plain = Input::open(segment.path);
    if (plain) {
      return std::unique_ptr<Source>(
          std::make_unique<PlainSource>(std::move(plain.value()), segment.first));
    }
    if (plain.error().code != ErrorCode::not_found) return plain.error();
  }
  auto packed = Input::open(
      segment.packed ? segment.path : segment.path.parent_path() / packed_name(segment.first));
  if (!packed && packed.error().code == ErrorCode::not_found) {
    return Error{ErrorCode::not_found,
                 "journal segment " + segment.path.string() + " is not there any more"};
  }
  if (!packed) return packed.error();
  auto blocks = Blocks::open(packed.value(), segment.first);
  if (!blocks) return blocks.error();
  return std::unique_ptr<Source>(
      std::make_unique<PackedSource>(std::move(packed.value()), std::move(blocks.value())));
}

}  // namespace accrue::journal
