// Cuts NDJSON into messages: one line, one message. Blank lines are skipped, a carriage return at
// the end and a byte order mark at the beginning are tolerated. One thread; one for each stream.
#pragma once

#include <accrue/codec.hpp>

#include <cstdint>
#include <string_view>

namespace accrue::json_codec {

/// The longest message that is decoded: the most that accrued's http.transaction_bytes may be, and
/// what leaves a transaction and its decision well within a journal record.
inline constexpr std::size_t kMaxMessageBytes = std::size_t{4} << 20;

class LineFramer final : public Framer {
 public:
  /// A line longer than kMaxMessageBytes comes out as its first kMaxMessageBytes + 1 bytes, which
  /// decode refuses; the rest of it is dropped as it passes.
  Result<Frame> next(std::string_view input, bool at_end) override;

 private:
  Frame finish_line(std::string_view line, std::size_t consumed);
  Frame drop(std::string_view input);

  std::uint64_t line_ = 1;    ///< Of the input's first byte.
  std::size_t searched_ = 0;  ///< Bytes of the input known to hold no line break.
  bool dropping_ = false;     ///< Within a line that was given out as too long.
};

}  // namespace accrue::json_codec
