// A request that is not answered as asked, and its RFC 9457 document. One place maps the errors of
// the road onto HTTP statuses. Plain values and pure functions: any thread.
#pragma once

#include <accrue/result.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/answer.hpp"

namespace accrue::http {

struct Refusal {
  int status = 500;
  std::string_view code;  ///< Stable, of our own constants: "conflict", "too_large".
  std::string detail;     ///< A sentence with the cure.
  std::vector<Problem> problems{};
  std::string_view allow{};  ///< 405 only: the methods that exist.
  bool closes = false;       ///< The connection cannot be read further.
};

/// "Not Found" of 404 (RFC 9110); "Error" of a status we do not use.
std::string_view phrase_of(int status);

Refusal refusal_of(const Error& error);
/// REQUIRES: the answer is conflict, refused or full.
Refusal refusal_of(const pipeline::Answer& answer);

/// {"type","title","status","detail","errors":[{"pointer","code","detail"}]} onto `out`.
void write_problem(std::string& out, const Refusal& refusal);

}  // namespace accrue::http
