#include "csv_decoder.hpp"

#include <array>

namespace {

constexpr std::array<accrue_setting, 8> kSettings{{
    {"", "columns", ACCRUE_MAP, 0, "", "", "",
     "Which column holds which field: id, member_id, time, sku, description, category, quantity, "
     "unit_price, amount, store, terminal. Without it the columns bear those names.",
     0, 0},
    {"", "currency", ACCRUE_TEXT, 1, "", "", "", "ISO 4217 code of all prices.", 0, 0},
    {"", "zone", ACCRUE_TEXT, 0, "UTC", "", "", "Zone of times that are written without offset.", 0,
     0},
    {"", "time_format", ACCRUE_TEXT, 0, "", "", "",
     "How times are written, as in strptime: \"%Y-%m-%d %H:%M:%S\". Without it RFC 3339.", 0, 0},
    {"", "delimiter", ACCRUE_TEXT, 0, ",", "", "", "The character between fields.", 0, 0},
    {"", "return_prefix", ACCRUE_TEXT, 0, "", "", "",
     "Transactions whose id begins so are returns; without it all are sales.", 0, 0},
    {"", "member_suffix_strip", ACCRUE_TEXT, 0, "", "", "",
     "Cut off the end of member ids: \".0\" of 17850.0.", 0, 0},
    {"", "merge_rows", ACCRUE_INTEGER, 0, "1000", "", "rows",
     "How many rows of other transactions may stand between two rows of one.", 0, 1'000'000},
}};

}  // namespace

ACCRUE_PLUGIN(ACCRUE_CODEC, accrue::Codec, accrue::csv_codec::CsvCodec, "csv", "1.0",
              "Reads a shop's CSV export, one row for each line of a basket.", kSettings);
