// "Did you mean": the known word nearest to a mistyped one.

#pragma once

#include <span>
#include <string>
#include <string_view>

namespace lockgate::cel {

// The word of `known` at an edit distance of at most 2 (1 for words of up to
// three letters), the nearest first; empty if there is none.  Two neighbours that
// are swapped are one mistake.
std::string nearest(std::string_view word, std::span<const std::string> known);

}  // namespace lockgate::cel
