// A pattern for matches(): RE2, so linear in the text; bounded in memory.

#pragma once

#include <memory>
#include <string_view>

namespace re2 {
class RE2;
}

namespace lockgate::cel {

// Null if the pattern is not valid.
std::shared_ptr<const re2::RE2> compile_pattern(std::string_view pattern);
// Whether it fits some part of the text.
bool occurs_in(const re2::RE2& pattern, std::string_view text);

}  // namespace lockgate::cel
