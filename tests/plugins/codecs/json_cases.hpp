// What the tests of the JSON codec share: decoding text, and finding a problem by its pointer.
#pragma once

#include <accrue/codec.hpp>

#include <string>

namespace accrue::json_codec {

Result<Transaction> decode(std::string text, MessageKind kind = MessageKind::any);

/// "code: detail" of the problem at `pointer`, "none" when there is no such problem, "accepted"
/// when the message was decoded.
std::string problem(const Result<Transaction>& result, std::string_view pointer);

/// A good sale with `member` (`"key":value`) put in front of its fields.
std::string sale_with(const std::string& field);
/// A good sale whose only line has these fields.
std::string sale_of(const std::string& line);

}  // namespace accrue::json_codec
