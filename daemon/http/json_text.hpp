// Writes JSON onto the end of a string: no tree, no copies, commas and escapes done. The caller
// keeps the order of opening and closing. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace accrue::http {

class JsonText {
 public:
  explicit JsonText(std::string& out) : out_(out) {}

  JsonText& object();
  JsonText& end_object();
  JsonText& array();
  JsonText& end_array();
  /// A member's name, escaped like any text.
  JsonText& key(std::string_view name);
  /// Bytes that are not UTF-8 become U+FFFD, so that the answer is JSON whatever a plugin wrote.
  JsonText& text(std::string_view value);
  JsonText& number(std::int64_t value);
  JsonText& count(std::uint64_t value);

 private:
  void separate();
  void quote(std::string_view value);

  std::string& out_;
  bool comma_ = false;
};

}  // namespace accrue::http
