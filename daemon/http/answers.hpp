// Answers to transactions as JSON. Written from the recorded entry alone, never from the state of
// the moment, so that a repeated id gets the same answer for ever. Pure: any thread.
#pragma once

#include <cstdint>
#include <string>

#include "http/problem.hpp"
#include "pipeline/answer.hpp"

namespace accrue::http {

/// The object of a posted, duplicate or quoted transaction onto `out`.
void write_answer(std::string& out, const pipeline::Answer& answer);

/// A batch line that failed: {"status","line","problem"}. `status` is refused, conflict or full.
void write_failed_line(std::string& out, std::string_view status, std::uint64_t line,
                       const Refusal& refusal);

/// An entry of a statement.
void write_entry(std::string& out, const pipeline::Entry& entry);

/// "posted", "duplicate", "quoted", "conflict", "refused", "full".
std::string_view name_of(pipeline::Status status);

}  // namespace accrue::http
