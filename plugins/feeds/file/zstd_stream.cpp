// Unpacks Zstandard (RFC 8878), also of several frames one behind the other, with libzstd.
#include "byte_stream.hpp"

#include <zstd.h>

#include <array>

namespace accrue::file_feed {
namespace {

struct FreeStream {
  void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
};

class ZstdStream final : public ByteStream {
 public:
  explicit ZstdStream(OpenFile file) : ByteStream(std::move(file)), zstd_(ZSTD_createDStream()) {}
  bool begin() { return zstd_ != nullptr && ZSTD_isError(ZSTD_initDStream(zstd_.get())) == 0; }

  Result<std::size_t> read(std::span<char> into) override {
    ZSTD_outBuffer out{into.data(), into.size(), 0};
    while (out.pos == 0) {
      if (in_.pos == in_.size) {
        const auto size = file_.read(packed_);
        if (!size) return size.error();
        in_ = {packed_.data(), *size, 0};
        any_ = any_ || *size != 0;
      }
      // Without input what is left inside may still come out; nothing at all is the end.
      const bool at_end = in_.size == 0;
      if (at_end && !within_frame_) return std::size_t{0};
      const std::size_t wanted = ZSTD_decompressStream(zstd_.get(), &out, &in_);
      if (ZSTD_isError(wanted) != 0) return damaged(ZSTD_getErrorName(wanted));
      within_frame_ = wanted != 0;
      if (at_end && out.pos == 0) return std::size_t{0};
    }
    unpacked_ += out.pos;
    return out.pos;
  }

  Result<void> may_end() const override {
    if (any_ && !within_frame_) return ok();
    return Error{ErrorCode::corrupt, "the zstd data is cut off" + place()};
  }

 private:
  Result<std::size_t> damaged(std::string_view why) const {
    return Error{ErrorCode::corrupt,
                 "the zstd data is damaged (" + std::string(why) + ")" + place()};
  }
  std::string place() const { return " after " + std::to_string(unpacked_) + " unpacked bytes"; }

  std::unique_ptr<ZSTD_DStream, FreeStream> zstd_;
  std::array<char, 65'536> packed_{};
  ZSTD_inBuffer in_{nullptr, 0, 0};
  std::size_t unpacked_ = 0;
  bool within_frame_ = false;
  bool any_ = false;
};

}  // namespace

Result<std::unique_ptr<ByteStream>> zstd_stream(OpenFile file) {
  auto stream = std::make_unique<ZstdStream>(std::move(file));
  if (!stream->begin()) return Error{ErrorCode::exhausted, "zstd has no memory to begin"};
  return std::unique_ptr<ByteStream>(std::move(stream));
}

}  // namespace accrue::file_feed
