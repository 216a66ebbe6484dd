// What every basket must keep to, whatever format it came in. Shared by the codecs of this folder.
// Pure: any thread.
#pragma once

#include "problems.hpp"

#include <accrue/transaction.hpp>

#include <cstddef>

namespace accrue::codecs {

inline constexpr std::size_t kMaxLines = 10'000;

/// Bounds of the whole basket, so that no sum over lines can overflow, and the signs of a return.
/// `lines` is the path of the lines.
void check_basket(const Transaction& transaction, const Path& lines, Problems& problems);

}  // namespace accrue::codecs
