// What rule and test files may hold, told to editors as a JSON Schema.

#pragma once

#include <string>

#include "rules/rule_set.hpp"

namespace lockgate::rules {

enum class SchemaOf { rules, tests };

// Draft 07, indented, with a line's end.  Each key has its meaning as description.
// It accepts every file that is read without an issue; but it tells only what is
// wrong in one place: what is missing, and what does not fit together, is for
// `load` and `read_tests`.
//
// With `known`, only its roles, facts, settings and rules are accepted where they are
// named.
std::string json_schema(SchemaOf kind, const RuleSet* known = nullptr);

}  // namespace lockgate::rules
