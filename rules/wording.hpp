// How messages to people who write rules and configuration are put.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lockgate::rules {

// What somebody typed, between backticks.
std::string ticked(std::string_view text);
// "did you mean `guess`?"; empty if there is no guess.
std::string did_you_mean(const std::string& guess);
// "`a`, `b` or `c`"
std::string one_of(const std::vector<std::string>& words);

}  // namespace lockgate::rules
