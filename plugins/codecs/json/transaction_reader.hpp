// Turns the tape of one message into a transaction: which fields each type of transaction has,
// which it needs, and what they mean. Pure: any thread.
#pragma once

#include "tape.hpp"

#include <accrue/codec.hpp>

namespace accrue::json_codec {

/// Fails with reject_input and every problem of the message (at most 20).
Result<Transaction> read_transaction(const Tape& tape, MessageKind kind);

}  // namespace accrue::json_codec
