// Result<T>: a value, or the reason there is none.
//
// Functions that can fail for reasons outside the program (input, network,
// database, other people) return Result.  Exceptions are left for bugs and for
// libraries; they are turned into Errors where the library is called.

#pragma once

#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace lockgate {

// What kind of failure it was: enough to choose an HTTP status, an exit code
// or a retry.  The message says the rest.
enum class Errc {
  unreadable,       // the bytes are not what they claim to be (bad JSON): 400
  unauthenticated,  // we do not know who is asking: 401
  forbidden,        // we know, and they may not: 403
  not_found,        // 404
  conflict,         // someone else changed it first, or it does not apply now: 409
  too_large,        // a published limit is exceeded: 413
  unsupported,      // a content type or encoding we do not take: 415
  invalid,          // readable, but breaks a documented rule; do not retry: 422
  unavailable,      // a dependency is down or slow; try again later: 503
  internal,         // a bug; the message is logged, never shown: 500
};

// One thing that is wrong with what somebody sent, for the person who can mend it.
struct Problem {
  std::string pointer;  // RFC 6901 JSON Pointer into what was sent; empty for the whole
  std::string detail;   // what is wrong: "cost is text: \"8,400\""
  std::string fix;      // what to do: "send a number: 8400"
};

// `message` is one lower-case clause without a full stop, so that callers can
// prefix it: "rules/pilot.toml:12:8: unknown fact `budgett`".  It never holds
// case data, tokens or bound SQL values.
struct Error {
  Errc code;
  std::string message;
  std::vector<Problem> problems = {};
};

// std::expected<T, Error> in all but name; it becomes that in C++23.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
};

inline tl::unexpected<Error> fail(Errc code, std::string message,
                                  std::vector<Problem> problems = {}) {
  return tl::unexpected<Error>(Error{code, std::move(message), std::move(problems)});
}

}  // namespace lockgate

// LOCKGATE_TRY(auto rules, load(path)); leaves the function with load's error,
// or goes on with its value.  LOCKGATE_CHECK is the same for Result<void>.
#define LOCKGATE_TRY(declaration, expression) \
  LOCKGATE_TRY_(declaration, expression, LOCKGATE_CAT_(try_, __COUNTER__))
#define LOCKGATE_TRY_(declaration, expression, result)             \
  auto result = (expression);                                      \
  if (!result) return ::tl::unexpected(std::move(result).error()); \
  declaration = *std::move(result)
#define LOCKGATE_CHECK(expression)                          \
  do {                                                      \
    if (auto checked_ = (expression); !checked_)            \
      return ::tl::unexpected(std::move(checked_).error()); \
  } while (false)
#define LOCKGATE_CAT_(a, b) LOCKGATE_CAT2_(a, b)
#define LOCKGATE_CAT2_(a, b) a##b
