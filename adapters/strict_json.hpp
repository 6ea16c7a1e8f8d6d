// JSON as Lockgate takes it: RFC 8259 without what two readers could
// understand differently.

#pragma once

#include <cstddef>
#include <string_view>

#include "lockgate/facts.hpp"
#include "lockgate/result.hpp"

namespace lockgate::adapters {

inline constexpr std::size_t kJsonDepth = 32;
inline constexpr std::size_t kJsonKeys = 1000;              // in one object
inline constexpr std::size_t kJsonStringBytes = 64 * 1024;  // decoded; keys too

// Errc::unreadable with one problem (pointer, what is wrong and at which byte,
// what to do) for: anything but one JSON value in UTF-8, a byte order mark, a
// key that occurs twice in an object (after its escapes), U+0000, a lone
// surrogate, an integer beyond 64 bits, a number beyond a double's range, and
// more than the limits above.  The detail never quotes a value.
Result<FactValue> parse_json(std::string_view text);

}  // namespace lockgate::adapters
