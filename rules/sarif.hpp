// Issues for tools that collect the findings of many checkers.

#pragma once

#include <string>
#include <vector>

#include "rules/issue.hpp"

namespace lockgate::rules {

// SARIF 2.1.0: one run; its driver's rules are the codes that occur, with their
// help.  Columns are counted in characters; where the text is not known, in bytes.
std::string in_sarif(const std::vector<Issue>& issues, const TextOf& text_of);

}  // namespace lockgate::rules
