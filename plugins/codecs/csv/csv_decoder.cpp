#include "csv_decoder.hpp"

#include "row_framer.hpp"
#include "table_decoder.hpp"

#include <exception>

namespace accrue::csv_codec {

Result<std::unique_ptr<CsvCodec>> CsvCodec::create(const PluginContext& context) {
  auto layout = Layout::read(context.settings);
  if (!layout) return layout.error();
  return std::make_unique<CsvCodec>(std::move(*layout));
}

std::unique_ptr<Framer> CsvCodec::framer() const { return std::make_unique<RowFramer>(layout_); }

Result<Transaction> CsvCodec::decode(const RawMessage& message) const {
  if (message.bytes.size() > kMaxMessageBytes) {
    Error error = reject("the rows of the transaction are longer than 4 MiB");
    error.problems.push_back({"", "too_large", error.message});
    return error;
  }
  try {
    return decode_table(layout_, message.bytes);
  } catch (const std::exception& thrown) {
    return Error{ErrorCode::internal, std::string("decoding failed: ") + thrown.what()};
  }
}

}  // namespace accrue::csv_codec
