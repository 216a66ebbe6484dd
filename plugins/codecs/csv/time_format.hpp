// Times as shops write them, read by a format in the manner of strptime(3):
// %Y %y %m %b %d %H %I %M %S %p %F (= %Y-%m-%d) %T (= %H:%M:%S) %%. A blank in the format stands
// for itself. Const after it was compiled: any thread.
#pragma once

#include <accrue/time.hpp>

#include <string>
#include <string_view>

namespace accrue::csv_codec {

class TimeFormat {
 public:
  /// Fails when the format has an unknown directive or does not name a whole date.
  static Result<TimeFormat> compile(std::string_view format);

  /// A wall-clock time. Fails with the format when the text is not written so.
  Result<LocalTime> parse(std::string_view text) const;

 private:
  std::string written_;  ///< For messages.
  std::string format_;   ///< With %F and %T spelled out.
};

}  // namespace accrue::csv_codec
