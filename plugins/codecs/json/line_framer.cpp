#include "line_framer.hpp"

namespace accrue::json_codec {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == line.npos; }

}  // namespace

Result<Framer::Frame> LineFramer::next(std::string_view input, bool at_end) {
  if (dropping_) return drop(input);
  const auto found = input.find('\n', searched_);
  const std::size_t length = found == input.npos ? input.size() : found;
  if (length > kMaxMessageBytes) {
    dropping_ = true;
    searched_ = 0;
    const std::size_t part = kMaxMessageBytes + 1;
    return Frame{part, std::string(input.substr(0, part)), line_};
  }
  if (found != input.npos) return finish_line(input.substr(0, found), found + 1);
  searched_ = input.size();
  if (!at_end || input.empty()) return Frame{};
  return finish_line(input, input.size());
}

Framer::Frame LineFramer::finish_line(std::string_view line, std::size_t consumed) {
  searched_ = 0;
  const std::uint64_t number = line_++;
  if (number == 1 && line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
  if (is_blank(line)) return Frame{consumed, {}, number};
  if (line.back() == '\r') line.remove_suffix(1);
  return Frame{consumed, std::string(line), number};
}

Framer::Frame LineFramer::drop(std::string_view input) {
  const auto found = input.find('\n');
  if (found == input.npos) return Frame{input.size(), {}, line_};
  dropping_ = false;
  return Frame{found + 1, {}, line_++};
}

}  // namespace accrue::json_codec
