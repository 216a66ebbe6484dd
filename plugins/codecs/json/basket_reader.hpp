// Reads the basket of a sale or return: lines and tenders. One thread at a time.
#pragma once

#include "value_reader.hpp"

#include <accrue/transaction.hpp>

#include <cstdint>

namespace accrue::json_codec {

struct BasketTerms {
  bool has_currency = false;  ///< Without one (a return that names its sale) prices are problems.
  bool names_sale = false;  ///< A return with `of`: lines may be no more than number and quantity.
};

/// REQUIRES: the transaction's type and currency have been read.
void read_lines(Reading& reading, std::uint32_t at, const Path& path, BasketTerms terms,
                Transaction& transaction);

void read_tenders(Reading& reading, std::uint32_t at, const Path& path, BasketTerms terms,
                  Transaction& transaction);

}  // namespace accrue::json_codec
