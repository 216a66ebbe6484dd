// The current codes of ISO 4217 that have minor units, and how many digits those have. Codes
// without minor units (metals, testing, SDR) are left out: nobody sells goods in them.
// Any thread.
#pragma once

#include <string_view>

namespace accrue {

/// Digits of the currency's minor unit, 0 to 4; -1 when `code` is no current code.
int currency_digits(std::string_view code);

}  // namespace accrue
