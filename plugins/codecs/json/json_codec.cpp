#include "json_decoder.hpp"

#include <array>

namespace {

constexpr std::array<accrue_setting, 0> kSettings{};

}  // namespace

ACCRUE_PLUGIN(ACCRUE_CODEC, accrue::Codec, accrue::json_codec::JsonCodec, "json", "1.0",
              "Reads JSON messages, one for each line of a stream.", kSettings);
