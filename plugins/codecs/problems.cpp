#include "problems.hpp"

#include <utility>

namespace accrue::codecs {

std::string Path::pointer() const {
  std::string text = up != nullptr ? up->pointer() : std::string();
  if (index >= 0) return text + '/' + std::to_string(index);
  if (key.data() == nullptr) return text;
  text += '/';
  // A name as long as the message would make twenty problems twenty messages long.
  for (const char c : key.substr(0, 64)) {
    if (c == '~') {
      text += "~0";
    } else if (c == '/') {
      text += "~1";
    } else {
      text += c;
    }
  }
  return text;
}

void Problems::add(const Path& path, std::string_view code, std::string detail) {
  if (++count_ <= kMost) list_.push_back({path.pointer(), std::string(code), std::move(detail)});
}

Error Problems::error() && {
  const Problem& first = list_.front();
  std::string message = first.pointer.empty() ? first.detail : first.pointer + ": " + first.detail;
  if (count_ > 1) message += " (and " + std::to_string(count_ - 1) + " more)";
  return Error{ErrorCode::reject_input, std::move(message), std::move(list_)};
}

}  // namespace accrue::codecs
