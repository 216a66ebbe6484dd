#include "answer_reader.hpp"

#include <algorithm>
#include <charconv>

namespace road {
namespace {

constexpr std::string_view kPosted = R"("status":"posted")";
constexpr std::string_view kLength = "\r\nContent-Length: ";
constexpr std::string_view kChunked = "\r\nTransfer-Encoding: chunked";
constexpr std::size_t kMostHead = 16 * 1024;

template <class Number>
bool read_number(std::string_view text, Number& number, int base = 10) {
  return std::from_chars(text.data(), text.data() + text.size(), number, base).ec == std::errc();
}

}  // namespace

AnswerReader::Outcome AnswerReader::take(std::string_view bytes) {
  while (!bytes.empty()) {
    bool readable = true;
    switch (part_) {
      case Part::head:
        readable = read_head(bytes);
        break;
      case Part::body:
        read_data(bytes, Part::head);
        over_ = left_ == 0;
        break;
      case Part::chunk_size:
        readable = read_size(bytes);
        break;
      case Part::chunk:
        read_data(bytes, Part::chunk_end);
        break;
      case Part::chunk_end:
        readable = read_end(bytes, Part::chunk_size);
        break;
      case Part::last_end:
        readable = read_end(bytes, Part::head);
        over_ = part_ == Part::head;
        break;
    }
    if (!readable) return Outcome::unreadable;
    if (over_) return bytes.empty() ? finish() : Outcome::unreadable;  // Nobody asked for more.
  }
  return Outcome::unfinished;
}

AnswerReader::Outcome AnswerReader::finish() {
  end_line();
  over_ = false;
  part_ = Part::head;
  return Outcome::finished;
}

bool AnswerReader::read_head(std::string_view& bytes) {
  const std::size_t before = gathered_.size();
  std::string_view head = bytes;
  if (before > 0) head = gathered_.append(bytes);
  const std::size_t end = head.find("\r\n\r\n");
  if (end == std::string_view::npos) {
    if (before == 0) gathered_ = bytes;
    bytes = {};
    return gathered_.size() < kMostHead;
  }
  const bool readable = understand_head(head.substr(0, end));
  bytes.remove_prefix(end + 4 - before);
  gathered_.clear();
  return readable;
}

bool AnswerReader::understand_head(std::string_view head) {
  line_size_ = 0;
  if (!head.starts_with("HTTP/1.1 ") || !read_number(head.substr(9, 3), status_)) return false;
  if (const std::size_t at = head.find(kLength); at != std::string_view::npos) {
    if (!read_number(head.substr(at + kLength.size()), left_)) return false;
    part_ = Part::body;
    over_ = left_ == 0;
    return true;
  }
  part_ = Part::chunk_size;
  return head.find(kChunked) != std::string_view::npos;
}

bool AnswerReader::read_size(std::string_view& bytes) {
  const std::size_t end = bytes.find('\n');
  gathered_ += bytes.substr(0, end);
  if (end == std::string_view::npos) {
    bytes = {};
    return gathered_.size() < 32;
  }
  bytes.remove_prefix(end + 1);
  const bool readable = read_number(gathered_, left_, 16);
  gathered_.clear();
  part_ = left_ > 0 ? Part::chunk : Part::last_end;
  return readable;
}

/// Past a line's end.
bool AnswerReader::read_end(std::string_view& bytes, Part next) {
  const char found = bytes.front();
  bytes.remove_prefix(1);
  if (found == '\n') part_ = next;
  return found == '\n' || found == '\r';
}

void AnswerReader::read_data(std::string_view& bytes, Part next) {
  std::string_view data = bytes.substr(0, std::min<std::size_t>(bytes.size(), left_));
  bytes.remove_prefix(data.size());
  left_ -= data.size();
  for (std::size_t end = data.find('\n'); end != std::string_view::npos; end = data.find('\n')) {
    keep(data.substr(0, end));
    end_line();
    data.remove_prefix(end + 1);
  }
  keep(data);
  if (left_ == 0) part_ = next;
}

void AnswerReader::keep(std::string_view piece) {
  const std::size_t size = std::min(piece.size(), line_.size() - line_size_);
  std::copy_n(piece.data(), size, line_.data() + line_size_);
  line_size_ += size;
}

void AnswerReader::end_line() {
  if (std::string_view(line_.data(), line_size_).find(kPosted) != std::string_view::npos) {
    ++posted_;
  }
  line_size_ = 0;
}

}  // namespace road
