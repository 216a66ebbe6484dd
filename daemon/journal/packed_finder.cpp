#include "journal/finder.hpp"
#include "journal/group.hpp"

namespace accrue::journal {

PackedFinder::PackedFinder(Segment segment) : segment_(std::move(segment)) {}

Result<std::optional<std::string_view>> PackedFinder::find(Seq seq, bool) {
  auto found = look(seq);
  if (!found) blocks_.reset();  // The next call looks at the file again.
  return found;
}

Result<std::optional<std::string_view>> PackedFinder::look(Seq seq) {
  std::optional<Input> file;
  if (!blocks_ || blocks_->loaded() != &blocks_->index().holding(seq)) {
    auto opened = Input::open(segment_.path);
    if (!opened) return opened.error();
    file = std::move(opened.value());
  }
  if (!blocks_) {
    auto blocks = Blocks::open(*file, segment_.first);
    if (!blocks) return blocks.error();
    blocks_ = std::move(blocks.value());
  }
  if (seq > blocks_->index().last) return std::optional<std::string_view>();
  const Block& block = blocks_->index().holding(seq);
  if (file) {
    if (auto loaded = blocks_->load(block, *file); !loaded) return loaded.error();
  }
  return walk_to(seq, block);
}

Result<std::optional<std::string_view>> PackedFinder::walk_to(Seq seq, const Block& block) const {
  const std::string_view bytes = blocks_->bytes();
  const auto broken = [&](std::string_view what) {
    return damage(segment_.path, blocks_->place(block), what);
  };
  std::size_t offset = block.unpacked_at == 0 ? kSegmentHeader : 0;
  for (Seq at = block.first;; at = next_after(at)) {
    if (offset + kRecordHeader > bytes.size()) return broken("a record is missing in the block");
    const Frame frame = decode_frame(bytes.substr(offset));
    const std::size_t whole = framed_size(frame.length);
    const bool fits = frame.seq == at && frame.length > 0 && frame.length <= kMaxPayload &&
                      whole <= bytes.size() - offset;
    if (!fits) return broken("no record begins where one should in the block");
    if (at < seq) {
      offset += whole;
      continue;
    }
    const std::string_view record = bytes.substr(offset, whole);
    if (!has_right_checksum(record)) return broken("the checksum of a record is wrong");
    return std::optional<std::string_view>(record);
  }
}

}  // namespace accrue::journal
