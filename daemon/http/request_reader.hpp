// Reads one HTTP/1 request after the other out of a connection's bytes. Beast's parser does the
// grammar; in front of it stand the checks that it leaves out (folded lines, two Hosts, too many
// fields, chunk extensions, trailers). Knows no sockets. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "http/limits.hpp"
#include "http/problem.hpp"
#include "http/routes.hpp"

namespace accrue::http {

/// What the head of a request says. The views point into the input of the read_head that completed
/// it, and are gone with it.
struct RequestHead {
  Method method = Method::other;
  std::string_view target;
  std::string_view content_type;
  std::string_view authorization;
  std::string_view host;
  std::string_view origin;  ///< Sent by browsers only.
  bool is_encoded = false;  ///< A Content-Encoding other than identity.
  bool expects_continue = false;
  bool expects_else = false;  ///< An Expect we do not know.
  bool is_http_10 = false;
  bool keeps_alive = false;
  bool has_body = false;
  std::optional<std::uint64_t> content_length;  ///< None: chunked, or no body.
};

/// Takes the bytes of a body as they come.
class BodySink {
 public:
  virtual ~BodySink() = default;
  /// How many bytes it took; fewer than given: the reading pauses there.
  virtual std::size_t take_body(std::string_view piece) = 0;
};

class RequestReader {
 public:
  explicit RequestReader(const Limits& limits);
  ~RequestReader();

  /// Bytes of `input` that are done with: all of the head once it is whole, before that 0 but for
  /// blank lines in front. Call again with the same bytes and more.
  std::size_t read_head(std::string_view input);
  bool is_head_done() const;
  /// REQUIRES: is_head_done().
  const RequestHead& head() const;

  /// REQUIRES: is_head_done() and not is_done().
  std::size_t read_body(std::string_view input, BodySink& sink);
  bool is_done() const;

  /// Set when the request cannot be understood; nothing behind it can be read.
  const std::optional<Refusal>& refusal() const { return refusal_; }

  /// Makes ready for the next request.
  void reset();

 private:
  class Parser;

  void refuse(int status, std::string_view code, std::string_view detail);
  std::size_t find_end_of_head(std::string_view input);
  void parse_head(std::string_view head);

  const Limits& limits_;
  std::unique_ptr<Parser> parser_;
  std::optional<Refusal> refusal_;
  std::size_t scanned_ = 0;
  std::size_t line_begin_ = 0;
};

}  // namespace accrue::http
