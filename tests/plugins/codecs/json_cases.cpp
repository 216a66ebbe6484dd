#include "json_cases.hpp"

#include "codecs/json/json_decoder.hpp"

namespace accrue::json_codec {

Result<Transaction> decode(std::string text, MessageKind kind) {
  const JsonCodec codec;
  RawMessage message;
  message.bytes = std::move(text);
  message.kind = kind;
  return codec.decode(message);
}

std::string problem(const Result<Transaction>& result, std::string_view pointer) {
  if (result.has_value()) return "accepted";
  for (const Problem& found : result.error().problems) {
    if (found.pointer == pointer) return found.code + ": " + found.detail;
  }
  return "none";
}

std::string sale_with(const std::string& field) {
  return "{" + field +
         R"(,"id":"T1","type":"sale","time":"2026-01-03T10:11:12Z","currency":"GBP",)"
         R"("lines":[{"sku":"A","quantity":2,"unit_price":"3.49"}]})";
}

std::string sale_of(const std::string& line) {
  return R"({"id":"T1","type":"sale","time":"2026-01-03T10:11:12Z","currency":"GBP","lines":[{)" +
         line + "}]}";
}

}  // namespace accrue::json_codec
