// A rule or test file -> the same file, laid out as the shipped packs are.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/issue.hpp"

namespace lockgate::rules {

// Keys stand in a fixed order within [[fact]], [[rule]], [[test]] and their like;
// tables are one blank line apart; what is longer than 120 characters is one
// element a line.  Every comment is kept, and texts of several lines are not
// touched.  Formatting twice is formatting once.
//
// nullopt, with one issue, if the file is not TOML (LG101) or exceeds a limit, now
// or once formatted (LG100).  Throws std::logic_error, a bug, rather than give a
// file that says anything else.
std::optional<std::string> formatted(const std::string& file, std::string bytes,
                                     std::vector<Issue>& issues);

}  // namespace lockgate::rules
