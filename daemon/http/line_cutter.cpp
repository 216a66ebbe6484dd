#include "http/line_cutter.hpp"

#include <algorithm>

namespace accrue::http {

LineCutter::Cut LineCutter::next(std::string_view input, std::size_t& consumed) {
  consumed = 0;
  while (consumed < input.size()) {
    if (fresh_) line_.clear();
    fresh_ = false;
    const std::string_view rest = input.substr(consumed);
    const std::size_t feed = rest.find('\n');
    const std::string_view piece = rest.substr(0, std::min(feed, rest.size()));
    if (line_.size() + piece.size() > longest_) passing_ = true;
    if (!passing_) line_.append(piece);
    if (feed == std::string_view::npos) {
      consumed = input.size();
      return Cut::need_more;
    }
    consumed += feed + 1;
    if (const Cut cut = finish(); cut != Cut::need_more) return cut;
  }
  return Cut::need_more;
}

LineCutter::Cut LineCutter::end() {
  if (fresh_) return Cut::need_more;
  return finish();
}

LineCutter::Cut LineCutter::finish() {
  ++number_;
  fresh_ = true;
  if (passing_) {
    passing_ = false;
    return Cut::too_long;
  }
  if (!line_.empty() && line_.back() == '\r') line_.pop_back();
  const bool blank = line_.find_first_not_of(" \t") == std::string::npos;
  return blank ? Cut::need_more : Cut::line;
}

}  // namespace accrue::http
