#include "http/problem.hpp"

#include <algorithm>

#include "http/json_text.hpp"

namespace accrue::http {
namespace {

/// Codes of the codec for text that is not proper JSON at all; everything else wrong with an input
/// is a matter of its content.
bool is_syntax(const Problem& problem) {
  return problem.code == "not_json" || problem.code == "too_deep" ||
         problem.code == "duplicate_key";
}

Refusal rejected(const Error& error) {
  const bool syntax = std::any_of(error.problems.begin(), error.problems.end(), is_syntax);
  return {syntax ? 400 : 422, syntax ? "malformed" : "refused", error.message, error.problems};
}

}  // namespace

std::string_view phrase_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    case 507:
      return "Insufficient Storage";
    default:
      return "Error";
  }
}

Refusal refusal_of(const Error& error) {
  switch (error.code) {
    case ErrorCode::reject_input:
      return rejected(error);
    case ErrorCode::not_found:
      return {404, "not_found", error.message, error.problems};
    case ErrorCode::conflict:
      return {409, "conflict", error.message, error.problems};
    case ErrorCode::retry_later:
      return {503, "full", error.message, error.problems};
    case ErrorCode::exhausted:
      return {507, "exhausted", error.message, error.problems};
    case ErrorCode::unsupported:
      return {501, "unsupported", error.message, error.problems};
    case ErrorCode::corrupt:
    case ErrorCode::internal:
      break;
  }
  return {500, "internal", error.message, error.problems};
}

Refusal refusal_of(const pipeline::Answer& answer) {
  const Error& error = answer.error;
  if (answer.status == pipeline::Status::conflict) {
    return {409, "conflict", error.message, error.problems};
  }
  if (answer.status == pipeline::Status::full) {
    const bool exhausted = error.code == ErrorCode::exhausted;
    return {exhausted ? 507 : 503, exhausted ? "exhausted" : "full", error.message, error.problems};
  }
  // A refusal is an answer about the body, whatever made it: a member that does not exist is named
  // in the body, so it is not the resource that is missing.
  if (error.code == ErrorCode::not_found) return {422, "refused", error.message, error.problems};
  return refusal_of(error);
}

void write_problem(std::string& out, const Refusal& refusal) {
  JsonText json(out);
  json.object().key("type").text("urn:accrue:problem:" + std::string(refusal.code));
  json.key("title").text(phrase_of(refusal.status));
  json.key("status").number(refusal.status).key("detail").text(refusal.detail);
  json.key("errors").array();
  for (const Problem& problem : refusal.problems) {
    json.object().key("pointer").text(problem.pointer).key("code").text(problem.code);
    json.key("detail").text(problem.detail).end_object();
  }
  json.end_array().end_object();
}

}  // namespace accrue::http
