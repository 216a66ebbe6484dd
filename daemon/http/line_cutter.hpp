// Cuts the body of an NDJSON batch into lines as it arrives, holding at most one line. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace accrue::http {

class LineCutter {
 public:
  explicit LineCutter(std::size_t longest) : longest_(longest) {}

  enum class Cut : std::uint8_t { need_more, line, too_long };

  /// Looks for the next line that is not blank. `consumed` tells how much of `input` is done with;
  /// call again with the rest. A line that is too long is passed over whole and told once.
  Cut next(std::string_view input, std::size_t& consumed);
  /// The last line, when the body ended without a line feed.
  Cut end();

  /// The line just cut, without its line feed. Once.
  std::string take_line() { return std::exchange(line_, std::string()); }
  /// Its number, from 1.
  std::uint64_t number() const { return number_; }

 private:
  Cut finish();

  std::size_t longest_;
  std::string line_;
  std::uint64_t number_ = 0;
  bool fresh_ = true;  ///< line_ was handed out: begin anew.
  bool passing_ = false;
};

}  // namespace accrue::http
