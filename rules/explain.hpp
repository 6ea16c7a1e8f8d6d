// Why a rule applies, or does not: the parts of its condition that decided, in
// words for people.

#pragma once

#include "lockgate/explanation.hpp"
#include "rules/evaluate.hpp"

namespace lockgate::rules {

// Evaluates the rule part by part; what is looked at is what `evaluate` with the
// same arguments looks at.  Slower than that by far: for one case that a person
// asks about.
Explanation explain(const RuleSet& rules, const Facts& facts, Gate gate, UtcTime at,
                    const Rule& rule);

}  // namespace lockgate::rules
