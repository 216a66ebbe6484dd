#include "http/request_reader.hpp"

#include <accrue/assert.hpp>

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <cctype>

namespace accrue::http {
namespace {

namespace beast_http = boost::beast::http;
using boost::beast::iequals;
using BeastText = boost::beast::string_view;

std::string_view view(BeastText text) { return {text.data(), text.size()}; }

/// Where Beast waits for the end of a chunk's line no honest peer is longer than this.
constexpr std::size_t kLongestChunkLine = 128;
constexpr std::string_view kBadChunk =
    "the body's chunks are not HTTP/1.1: write each as its size in hexadecimal digits, CR LF, so "
    "many bytes, CR LF";
/// The end of a chunked body has five bytes, "0\r\n\r\n". Beast asserts on fewer in its last state.
constexpr std::size_t kShortestChunkEnd = 5;

Method method_of(beast_http::verb verb) {
  switch (verb) {
    case beast_http::verb::get:
      return Method::get;
    case beast_http::verb::head:
      return Method::head;
    case beast_http::verb::post:
      return Method::post;
    case beast_http::verb::put:
      return Method::put;
    default:
      return Method::other;
  }
}

/// What to write instead of what Beast does not take.
std::string_view remedy(const boost::beast::error_code& ec) {
  using Fault = beast_http::error;
  if (ec == Fault::bad_method || ec == Fault::bad_target) {
    return "write the request line as method, path and version: GET /readyz HTTP/1.1";
  }
  if (ec == Fault::bad_content_length || ec == Fault::multiple_content_length) {
    return "write Content-Length once, as one whole number, and not beside Transfer-Encoding";
  }
  return "write each header field as Name: value, without control characters or a blank before "
         "the colon";
}

/// Whether this may be where a chunk's size stands, behind the end of the chunk before or not.
bool begins_a_chunk(std::string_view text) {
  if (text.starts_with('\r')) text.remove_prefix(1);
  if (text.starts_with('\n')) text.remove_prefix(1);
  return text.empty() || std::isxdigit(static_cast<unsigned char>(text.front())) != 0;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

/// Beast's grammar with our stricter reading of fields and chunks.
class RequestReader::Parser final : public beast_http::basic_parser<true> {
 public:
  explicit Parser(const Limits& limits) : limits_(limits) {
    header_limit(static_cast<std::uint32_t>(limits.header_bytes + 4));
    body_limit(boost::none);
    eager(false);
  }

  RequestHead head;
  BodySink* sink = nullptr;
  bool is_chunked = false;
  std::uint64_t chunk_left = 0;  ///< Bytes of the chunk's data still to come.
  std::optional<Refusal> refusal;

 private:
  using Code = boost::beast::error_code;

  void refuse(Code& ec, int status, std::string_view code, std::string_view detail) {
    if (!refusal) refusal = Refusal{status, code, std::string(detail)};
    ec = beast_http::error::bad_field;
  }
  /// Fields that mean something only once.
  bool repeats(Code& ec, std::uint8_t& seen) {
    if (seen++ == 0) return false;
    refuse(ec, 400, "repeated_field",
           "send each of Host, Content-Type, Content-Length, "
           "Transfer-Encoding, Expect and Authorization once");
    return true;
  }

  void on_request_impl(beast_http::verb verb, BeastText, BeastText target, int version,
                       Code&) override {
    head.method = method_of(verb);
    head.target = view(target);
    head.is_http_10 = version == 10;
  }
  void on_response_impl(int, BeastText, int, Code&) override {}

  void on_field_impl(beast_http::field field, BeastText, BeastText value, Code& ec) override {
    if (is_header_done()) return refuse(ec, 400, "trailer", "send no fields behind a chunked body");
    if (++fields_ > limits_.header_fields) {
      return refuse(ec, 431, "too_many_fields",
                    "send at most " + std::to_string(limits_.header_fields) + " header fields");
    }
    switch (field) {
      case beast_http::field::host:
        if (!repeats(ec, hosts_)) head.host = view(value);
        break;
      case beast_http::field::origin:
        head.origin = view(value);
        break;
      case beast_http::field::content_length:
        if (!repeats(ec, lengths_) && !is_number(view(value))) {
          refuse(ec, 400, "bad_content_length", "write Content-Length as one whole number");
        }
        break;
      case beast_http::field::transfer_encoding:
        take_transfer_encoding(value, ec);
        break;
      case beast_http::field::content_type:
        if (!repeats(ec, types_)) head.content_type = view(value);
        break;
      case beast_http::field::authorization:
        if (!repeats(ec, authorizations_)) head.authorization = view(value);
        break;
      case beast_http::field::content_encoding:
        head.is_encoded = head.is_encoded || !iequals(value, "identity");
        break;
      case beast_http::field::expect:
        if (!repeats(ec, expects_)) {
          head.expects_continue = iequals(value, "100-continue");
          head.expects_else = !head.expects_continue;
        }
        break;
      default:
        break;
    }
  }

  void take_transfer_encoding(BeastText value, Code& ec) {
    if (repeats(ec, encodings_)) return;
    is_chunked = true;
    if (!iequals(value, "chunked") || head.is_http_10) {
      refuse(ec, 400, "bad_transfer_encoding",
             "the only transfer encoding is chunked, in HTTP/1.1");
    }
  }

  void on_header_impl(Code& ec) override {
    if (hosts_ == 0 && !head.is_http_10) {
      return refuse(ec, 400, "no_host", "send one Host field");
    }
    head.keeps_alive = keep_alive();
    const auto length = content_length();
    if (length && !is_chunked) head.content_length = *length;
    head.has_body = is_chunked || head.content_length.value_or(0) > 0;
  }
  void on_body_init_impl(const boost::optional<std::uint64_t>&, Code&) override {}
  std::size_t on_body_impl(BeastText piece, Code&) override { return sink->take_body(view(piece)); }
  void on_chunk_header_impl(std::uint64_t size, BeastText extensions, Code& ec) override {
    chunk_left = size;
    if (!extensions.empty()) refuse(ec, 400, "chunk_extension", "send chunks without extensions");
  }
  std::size_t on_chunk_body_impl(std::uint64_t left, BeastText piece, Code&) override {
    const std::size_t taken = sink->take_body(view(piece));
    chunk_left = left - taken;
    return taken;
  }
  void on_finish_impl(Code&) override {}

  const Limits& limits_;
  std::size_t fields_ = 0;
  std::uint8_t hosts_ = 0, lengths_ = 0, encodings_ = 0, types_ = 0, authorizations_ = 0;
  std::uint8_t expects_ = 0;
};

RequestReader::RequestReader(const Limits& limits)
    : limits_(limits), parser_(std::make_unique<Parser>(limits)) {}
RequestReader::~RequestReader() = default;

void RequestReader::reset() {
  std::destroy_at(parser_.get());
  std::construct_at(parser_.get(), limits_);
  refusal_.reset();
  scanned_ = line_begin_ = 0;
}

bool RequestReader::is_head_done() const { return parser_->is_header_done(); }
bool RequestReader::is_done() const { return parser_->is_done(); }
const RequestHead& RequestReader::head() const { return parser_->head; }

void RequestReader::refuse(int status, std::string_view code, std::string_view detail) {
  refusal_ = parser_->refusal ? *parser_->refusal : Refusal{status, code, std::string(detail)};
  refusal_->closes = true;
}

/// Offset behind the blank line, or 0. Looks at each byte once, however slowly they come.
std::size_t RequestReader::find_end_of_head(std::string_view input) {
  for (;;) {
    const std::size_t feed = input.find('\n', scanned_);
    if (feed == std::string_view::npos) break;
    if (feed == 0 || input[feed - 1] != '\r') {
      refuse(400, "bare_line_feed", "end header lines with CR LF");
      return 0;
    }
    const char first = input[line_begin_];
    if (line_begin_ > 0 && (first == ' ' || first == '\t')) {
      refuse(400, "folded_line", "write each header field on one line");
      return 0;
    }
    const bool blank = feed == line_begin_ + 1;
    scanned_ = line_begin_ = feed + 1;
    if (blank) return scanned_;
  }
  scanned_ = input.size();
  return 0;
}

std::size_t RequestReader::read_head(std::string_view input) {
  std::size_t blank = 0;
  // RFC 9112, 2.2: empty lines in front of a request line are passed over.
  while (scanned_ == 0 && input.substr(blank, 2) == "\r\n") blank += 2;
  input.remove_prefix(blank);
  if (input == "\r") return blank;
  const std::size_t end = find_end_of_head(input);
  if (refusal_) return blank;
  if (std::max(end, scanned_) > limits_.header_bytes) {
    refuse(431, "header_too_large",
           "send at most " + std::to_string(limits_.header_bytes) +
               " bytes of request line and header fields");
    return blank;
  }
  if (end == 0) return blank;
  parse_head(input.substr(0, end));
  return refusal_ ? blank : blank + end;
}

void RequestReader::parse_head(std::string_view text) {
  boost::beast::error_code ec;
  const std::size_t used = parser_->put(boost::asio::const_buffer(text.data(), text.size()), ec);
  if (ec == beast_http::error::bad_version) {
    refuse(505, "http_version", "speak HTTP/1.1, and write a blank in a path as %20");
  } else if (ec) {
    refuse(400, "bad_request",
           "the request is not HTTP/1.1 (" + ec.message() + "): " + std::string(remedy(ec)));
  }
  ACCRUE_ASSERT(refusal_ || (used == text.size() && is_head_done()));
}

std::size_t RequestReader::read_body(std::string_view input, BodySink& sink) {
  parser_->sink = &sink;
  std::size_t used = 0;
  while (!is_done() && !refusal_) {
    const std::string_view rest = input.substr(used);
    if (rest.empty()) break;
    // Data is taken as it comes: a peer may wait for its answer before it sends the next chunk.
    const bool between = parser_->is_chunked && parser_->chunk_left == 0;
    if (between && !begins_a_chunk(rest)) {
      refuse(400, "bad_chunk", kBadChunk);
      break;
    }
    if (between && rest.size() < kShortestChunkEnd) break;
    boost::beast::error_code ec;
    const std::size_t taken = parser_->put(boost::asio::const_buffer(rest.data(), rest.size()), ec);
    used += taken;
    if (ec == beast_http::error::need_more) {
      if (rest.size() > kLongestChunkLine) {
        refuse(400, "bad_chunk", "write a chunk's size alone on its line, without extensions");
      }
      break;
    }
    if (ec) {
      refuse(400, "bad_chunk", kBadChunk);
    }
    if (taken == 0) break;
  }
  return used;
}

}  // namespace accrue::http
