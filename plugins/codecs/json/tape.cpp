#include "tape.hpp"

#include "tape_writer.hpp"

#include <boost/json/basic_parser_impl.hpp>

namespace accrue::json_codec {
namespace {

namespace json = boost::json;

Error refused(std::string code, std::string detail) {
  Error error = reject(detail);
  error.problems.push_back({"", std::move(code), std::move(detail)});
  return error;
}

/// The parser stops at a string's first byte that may not stand there.
bool stopped_in_text(std::string_view message, std::size_t at) {
  if (at >= message.size()) return false;
  const auto byte = static_cast<unsigned char>(message[at]);
  return byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t';
}

Error explain(json::error_code code, std::string_view message, std::size_t at) {
  const std::string where = " at byte " + std::to_string(at + 1);
  if (code == json::error::too_deep) {
    return refused("too_deep", "the message is nested deeper than " +
                                   std::to_string(Tape::kMaxDepth) + " levels" + where +
                                   "; flatten it");
  }
  if (message.find_first_not_of(" \t\r\n") == message.npos) {
    return refused("not_json", "the message is empty; send one JSON object");
  }
  if (code == json::error::incomplete) {
    return refused("not_json", "the message ends in the middle of a JSON value");
  }
  if (code == json::error::extra_data) {
    return refused("not_json", "something follows the JSON value" + where + "; send one value");
  }
  if (stopped_in_text(message, at)) {
    return refused("not_json", "there is a control character" + where);
  }
  return refused("not_json", "the message is not valid JSON in UTF-8: " + code.message() + where);
}

}  // namespace

Result<Tape> Tape::read(std::string_view message) {
  json::parse_options options;
  options.max_depth = kMaxDepth;
  json::basic_parser<TapeWriter> parser(options, message);
  json::error_code code;
  const std::size_t used = parser.write_some(false, message.data(), message.size(), code);
  if (!code && used < message.size()) code = json::error::extra_data;
  if (code) return explain(code, message, used);
  return parser.handler().take();
}

}  // namespace accrue::json_codec
