// Turns the rows of one transaction, behind a header row, into the transaction. Pure: any thread.
#pragma once

#include "layout.hpp"

#include <accrue/transaction.hpp>

#include <string_view>

namespace accrue::csv_codec {

/// Fails with reject_input and every problem of the rows (at most 20): "/rows/2/UnitPrice" is the
/// column UnitPrice of the third row.
Result<Transaction> decode_table(const Layout& layout, std::string_view table);

}  // namespace accrue::csv_codec
