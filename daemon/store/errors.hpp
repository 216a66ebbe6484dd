// Turns LMDB's codes into errors that name the cure. Inside daemon/store only. Any thread.
#pragma once

#include <accrue/result.hpp>

#include <string_view>

namespace accrue::store {

/// "cannot <doing>: <why>; <cure>"
Error error_of(int code, std::string_view doing);

/// Whether a failed commit leaves unknown what is stored: everything but a full disk or map, and
/// a transaction that was already spoilt.
bool is_fatal_at_commit(int code);

}  // namespace accrue::store
