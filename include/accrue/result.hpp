// Result<T>: a value or an Error. Every operation that can fail for a reason outside the program
// (bad input, a full disk, a peer that is down) returns one; nothing in accrue throws.
// Plain values: any thread.
#pragma once

#include <boost/system/result.hpp>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

namespace accrue {

/// One code for each reaction a caller can have.
enum class ErrorCode {
  reject_input,  ///< The input is wrong; sending it again will not help.
  not_found,     ///< The thing named does not exist.
  conflict,      ///< The id is taken by other content.
  retry_later,   ///< Full or stopping; the same request may succeed later.
  exhausted,     ///< No space, no map, no descriptors: an operator must act.
  corrupt,       ///< Stored bytes are not what was written.
  unsupported,   ///< Not offered by this build or configuration.
  internal,      ///< A library or the system failed in a way we did not foresee.
};

/// One thing wrong with an input: where (JSON pointer, or file:line:column), a stable code, and a
/// sentence that says what to write instead.
struct Problem {
  std::string pointer;
  std::string code;
  std::string detail;
};

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;
  std::vector<Problem> problems{};
};

/// Called by boost when value() is taken from an error: that is a bug in the caller.
[[noreturn]] inline void throw_exception_from_error(const Error&, const boost::source_location&) {
  std::abort();
}

template <class T>
class [[nodiscard]] Result : public boost::system::result<T, Error> {
 public:
  using boost::system::result<T, Error>::result;
};

/// The success of an operation that has nothing to say.
inline Result<void> ok() { return Result<void>(); }

inline Error reject(std::string message) {
  return Error{ErrorCode::reject_input, std::move(message)};
}

}  // namespace accrue
