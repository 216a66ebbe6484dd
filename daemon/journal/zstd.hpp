// Packing and unpacking of blocks by libzstd, with what it needs kept from block to block.
#pragma once

#include <accrue/result.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

struct ZSTD_CCtx_s;  // libzstd's own, which no caller needs to see.

namespace accrue::journal {

/// One thread at a time.
class Compressor {
 public:
  Compressor();
  /// One zstd frame that says how long it is unpacked. Valid until the next call.
  Result<std::string_view> pack(std::string_view bytes);

 private:
  struct Free {
    void operator()(ZSTD_CCtx_s* context) const;
  };
  std::unique_ptr<ZSTD_CCtx_s, Free> context_;
  std::string out_;
};

/// Unpacks one frame into exactly `size` bytes; false when it is no frame or has another size. Any
/// thread.
bool unpack(std::string_view frame, char* into, std::size_t size);

}  // namespace accrue::journal
