// What the tests of the CSV codec share: a codec made from settings, and cutting text into
// messages.
#pragma once

#include "codecs/csv/csv_decoder.hpp"

#include <accrue/codec.hpp>

#include <string>
#include <vector>

namespace accrue::csv_codec {

using Map = std::vector<std::pair<std::string, std::string>>;

/// Settings of the gift shop's export, as in the plugin's example.
Settings giftshop();

Result<std::unique_ptr<CsvCodec>> make_codec(const Settings& settings);

/// All messages of `text`, given to the framer in pieces of `step` bytes.
std::vector<RawMessage> cut(const Codec& codec, std::string_view text, std::size_t step = 1 << 16);

}  // namespace accrue::csv_codec
