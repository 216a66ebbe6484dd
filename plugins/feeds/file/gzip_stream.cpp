// Unpacks gzip (RFC 1952), also of several members one behind the other, with zlib.
#include "byte_stream.hpp"

#include <zlib.h>

#include <array>

namespace accrue::file_feed {
namespace {

constexpr int kGzipOnly = 16 + MAX_WBITS;  // zlib.h: inflateInit2

class GzipStream final : public ByteStream {
 public:
  using ByteStream::ByteStream;
  ~GzipStream() override { inflateEnd(&zlib_); }
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  bool begin() { return inflateInit2(&zlib_, kGzipOnly) == Z_OK; }

  Result<std::size_t> read(std::span<char> into) override {
    zlib_.next_out = reinterpret_cast<Bytef*>(into.data());
    zlib_.avail_out = static_cast<uInt>(into.size());
    while (zlib_.avail_out == into.size()) {
      if (auto filled = fill(); !filled) return filled.error();
      if (zlib_.avail_in == 0) return std::size_t{0};
      if (auto done = inflate_some(); !done) return done.error();
    }
    const std::size_t size = into.size() - zlib_.avail_out;
    unpacked_ += size;
    return size;
  }

  Result<void> may_end() const override {
    if (any_ && !within_member_) return ok();
    return Error{ErrorCode::corrupt, "the gzip data is cut off" + place()};
  }

 private:
  Result<void> fill() {
    if (zlib_.avail_in != 0) return ok();
    const auto size = file_.read(packed_);
    if (!size) return size.error();
    zlib_.next_in = reinterpret_cast<Bytef*>(packed_.data());
    zlib_.avail_in = static_cast<uInt>(*size);
    any_ = any_ || *size != 0;
    return ok();
  }

  Result<void> inflate_some() {
    within_member_ = true;
    const int state = inflate(&zlib_, Z_NO_FLUSH);
    if (state == Z_STREAM_END) {
      within_member_ = false;
      inflateReset(&zlib_);
      return ok();
    }
    if (state == Z_OK || state == Z_BUF_ERROR) return ok();
    const std::string why = zlib_.msg != nullptr ? zlib_.msg : "damaged";
    return Error{ErrorCode::corrupt, "the gzip data is damaged (" + why + ")" + place()};
  }

  std::string place() const { return " after " + std::to_string(unpacked_) + " unpacked bytes"; }

  z_stream zlib_{};
  std::array<char, 65'536> packed_{};
  std::size_t unpacked_ = 0;
  bool within_member_ = false;
  bool any_ = false;
};

}  // namespace

Result<std::unique_ptr<ByteStream>> gzip_stream(OpenFile file) {
  auto stream = std::make_unique<GzipStream>(std::move(file));
  if (!stream->begin()) return Error{ErrorCode::exhausted, "zlib has no memory to begin"};
  return std::unique_ptr<ByteStream>(std::move(stream));
}

}  // namespace accrue::file_feed
