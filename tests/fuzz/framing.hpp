// What both codecs promise of any bytes, checked: the framer cuts the same messages out of a stream
// however it arrives, and decode answers a transaction or a reason. One thread.
#pragma once

#include <accrue/assert.hpp>
#include <accrue/codec.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace accrue::fuzz {

inline std::vector<RawMessage> cut(const Codec& codec, std::string_view stream, std::size_t step) {
  std::vector<RawMessage> messages;
  const auto framer = codec.framer();
  std::size_t begin = 0;
  std::size_t come = 0;
  for (;;) {
    const bool at_end = come == stream.size();
    auto frame = framer->next(stream.substr(begin, come - begin), at_end);
    if (!frame) {
      ACCRUE_ASSERT(!frame.error().message.empty());
      return messages;
    }
    ACCRUE_ASSERT(frame->consumed <= come - begin);
    begin += frame->consumed;
    if (frame->message) {
      messages.push_back({std::move(*frame->message), MessageKind::any, {}, frame->line});
    } else if (frame->consumed == 0) {
      if (at_end) return messages;
      come = std::min(come + step, stream.size());
    }
  }
}

inline void read_stream(const Codec& codec, std::string_view stream) {
  const std::vector<RawMessage> whole = cut(codec, stream, std::max<std::size_t>(stream.size(), 1));
  const std::vector<RawMessage> pieces = cut(codec, stream, 3);
  ACCRUE_ASSERT(whole.size() == pieces.size());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    ACCRUE_ASSERT(whole[i].bytes == pieces[i].bytes && whole[i].line == pieces[i].line);
    const auto read = codec.decode(whole[i]);
    if (!read.has_value()) {
      ACCRUE_ASSERT(read.error().code == ErrorCode::reject_input);
      ACCRUE_ASSERT(!read.error().problems.empty());
    }
  }
}

}  // namespace accrue::fuzz
