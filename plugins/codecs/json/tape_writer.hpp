// Takes the events of Boost.JSON's parser and writes the tape. Used by tape.cpp only.
#pragma once

#include "tape.hpp"

#include <boost/json/basic_parser.hpp>

#include <functional>
#include <limits>
#include <string>

namespace accrue::json_codec {

class TapeWriter {
 public:
  // Asked for by the parser. Messages are bounded before they are parsed.
  static constexpr std::size_t max_object_size = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::size_t max_array_size = max_object_size;
  static constexpr std::size_t max_key_size = max_object_size;
  static constexpr std::size_t max_string_size = max_object_size;

  using Code = boost::json::error_code;
  using Text = boost::json::string_view;

  explicit TapeWriter(std::string_view message)
      : begin_(message.data()), end_(message.data() + message.size()) {
    // Sales as tills write them have a value for each ten bytes or so.
    tape_.nodes_.reserve(message.size() / 9 + 8);
  }
  Tape take() { return std::move(tape_); }

  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }
  bool on_object_begin(Code&) { return open(NodeKind::object); }
  bool on_object_end(std::size_t size, Code&) { return close(size); }
  bool on_array_begin(Code&) { return open(NodeKind::array); }
  bool on_array_end(std::size_t size, Code&) { return close(size); }
  bool on_key_part(Text part, std::size_t, Code&) { return keep_part(part); }
  bool on_key(Text text, std::size_t total, Code&) { return put_text(text, total); }
  bool on_string_part(Text part, std::size_t, Code&) { return keep_part(part); }
  bool on_string(Text text, std::size_t total, Code&) {
    tape_.text_bytes_ += total;
    return put_text(text, total);
  }
  bool on_number_part(Text, Code&) { return true; }
  bool on_int64(std::int64_t value, Text, Code&) {
    next(NodeKind::integer).integer = value;
    return true;
  }
  bool on_uint64(std::uint64_t, Text text, Code&) { return put_number(text); }
  bool on_double(double, Text text, Code&) { return put_number(text); }
  bool on_bool(bool value, Code&) {
    next(NodeKind::boolean).integer = value ? 1 : 0;
    return true;
  }
  bool on_null(Code&) {
    next(NodeKind::null);
    return true;
  }
  bool on_comment_part(Text, Code&) { return true; }
  bool on_comment(Text, Code&) { return true; }

 private:
  Node& next(NodeKind kind) {
    Node& node = tape_.nodes_.emplace_back();
    node.kind = kind;
    node.end = static_cast<std::uint32_t>(tape_.nodes_.size());
    return node;
  }
  bool open(NodeKind kind) {
    open_.push_back(static_cast<std::uint32_t>(tape_.nodes_.size()));
    next(kind);
    return true;
  }
  bool close(std::size_t size) {
    Node& node = tape_.nodes_[open_.back()];
    open_.pop_back();
    node.size = static_cast<std::uint32_t>(size);
    node.end = static_cast<std::uint32_t>(tape_.nodes_.size());
    return true;
  }
  bool put_number(Text text) {
    Node& node = next(NodeKind::number);
    node.text = text.data();
    node.size = static_cast<std::uint32_t>(text.size());
    return true;
  }
  bool keep_part(Text part) {
    parts_.append(part.data(), part.size());
    return true;
  }
  /// Text without escapes comes in one piece that lies in the message. Text with escapes comes in
  /// pieces that lie in the parser, or in one such piece: only its length gives that away.
  bool put_text(Text text, std::size_t total) {
    std::string_view whole{text.data(), text.size()};
    const std::less<const char*> before;
    const bool in_message = !before(text.data(), begin_) && before(text.data(), end_);
    if (text.size() != total || (!in_message && total != 0)) {
      parts_.append(text.data(), text.size());
      whole = tape_.unescaped_.keep(parts_);
      parts_.clear();
    }
    Node& node = next(NodeKind::text);
    node.text = whole.data();
    node.size = static_cast<std::uint32_t>(whole.size());
    return true;
  }

  Tape tape_;
  std::vector<std::uint32_t> open_;
  std::string parts_;
  const char* begin_;
  const char* end_;
};

}  // namespace accrue::json_codec
