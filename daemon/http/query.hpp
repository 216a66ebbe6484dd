// The request target in pieces: path, parameters, percent-encoding. Pure: any thread.
#pragma once

#include <accrue/ids.hpp>
#include <accrue/result.hpp>

#include <string>
#include <string_view>

namespace accrue::http {

struct Target {
  std::string_view path;
  std::string_view query;  ///< Without the question mark.
};

/// Takes the origin form ("/v1/rules?x=1") and the absolute form ("http://host/v1/rules").
Target split_target(std::string_view target);

/// Text with %XX decoded. Fails with reject_input on a broken escape.
Result<std::string> percent_decoded(std::string_view text);

/// Which page of a statement is asked for.
struct PageRequest {
  std::size_t limit = 50;  ///< 1 to 200.
  Seq before = Seq::none;  ///< none: from the newest.
};

/// Of "limit=20&cursor=123". Fails with reject_input and a problem for each wrong parameter.
Result<PageRequest> parse_page(std::string_view query);

/// A sequence number, 1 or more. Fails with reject_input.
Result<Seq> parse_seq(std::string_view text);

}  // namespace accrue::http
