// Two texts -> how they differ, as patch(1) reads it.

#pragma once

#include <string>
#include <string_view>

namespace lockgate::rules {

// A unified diff with three lines of context; empty if they are the same.  Bounded:
// where more than some thousand lines differ, it shows whole stretches as replaced.
std::string unified_diff(std::string_view name, std::string_view before, std::string_view after);

}  // namespace lockgate::rules
