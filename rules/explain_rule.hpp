// A rule in words, for somebody who has never seen a rule file.

#pragma once

#include <string>

#include "rules/rule_set.hpp"

namespace lockgate::rules {

// Its question, its condition as written with what the names in it mean, what it
// finds at which gate and for whom, what to do and how long that takes, and what
// it rests on.
std::string in_words(const RuleSet& rules, const Rule& rule);

}  // namespace lockgate::rules
