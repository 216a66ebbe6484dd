// The JSON codec: NDJSON streams and single messages in the form of the HTTP API. Any thread.
#pragma once

#include <accrue/codec.hpp>
#include <accrue/plugin.hpp>

namespace accrue::json_codec {

class JsonCodec final : public Codec {
 public:
  static Result<std::unique_ptr<JsonCodec>> create(const PluginContext& context);

  std::unique_ptr<Framer> framer() const override;
  Result<Transaction> decode(const RawMessage& message) const override;
};

}  // namespace accrue::json_codec
