#include "json_decoder.hpp"

#include "line_framer.hpp"
#include "tape.hpp"
#include "transaction_reader.hpp"

namespace accrue::json_codec {
namespace {

Error too_large() {
  Error error = reject("the message is longer than 4 MiB; split it");
  error.problems.push_back({"", "too_large", error.message});
  return error;
}

Result<Transaction> decode_message(const RawMessage& message) {
  if (message.bytes.size() > kMaxMessageBytes) return too_large();
  auto tape = Tape::read(message.bytes);
  if (!tape) return tape.error();
  return read_transaction(*tape, message.kind);
}

}  // namespace

Result<std::unique_ptr<JsonCodec>> JsonCodec::create(const PluginContext&) {
  return std::make_unique<JsonCodec>();
}

std::unique_ptr<Framer> JsonCodec::framer() const { return std::make_unique<LineFramer>(); }

Result<Transaction> JsonCodec::decode(const RawMessage& message) const {
  try {
    return decode_message(message);
  } catch (const std::exception& thrown) {
    return Error{ErrorCode::internal, std::string("decoding failed: ") + thrown.what()};
  }
}

}  // namespace accrue::json_codec
