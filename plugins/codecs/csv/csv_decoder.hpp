// The CSV codec: a shop's export, mapped by settings to sales and returns. Any thread.
#pragma once

#include "layout.hpp"

#include <accrue/codec.hpp>
#include <accrue/plugin.hpp>

namespace accrue::csv_codec {

class CsvCodec final : public Codec {
 public:
  explicit CsvCodec(Layout layout) : layout_(std::move(layout)) {}

  static Result<std::unique_ptr<CsvCodec>> create(const PluginContext& context);

  std::unique_ptr<Framer> framer() const override;
  Result<Transaction> decode(const RawMessage& message) const override;

 private:
  Layout layout_;
};

}  // namespace accrue::csv_codec
