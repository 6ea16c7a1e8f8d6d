// Why a rule applies, or does not: the parts of its condition that decided, in
// words for people.

#pragma once

#include <string>
#include <vector>

#include "lockgate/check.hpp"
#include "rules/evaluate.hpp"

namespace lockgate::rules {

// A part of a condition that decided, such as one side of `&&`.
struct Part {
  std::string written;  // "people.participants >= 30": as the rule has it
  std::string words;    // "people taking part (people.participants): 40 people, which is ..."
  std::string value;    // "true", "15", "not known"
  std::vector<std::string> names;  // the facts, settings and named expressions that it looks at
  std::vector<Part> because;       // what made the named expressions among them so
};

enum class Answer { applies, does_not_apply, waits, cannot_be_answered };

struct Explanation {
  Answer answer = Answer::does_not_apply;
  // Where it applies, all that made it so.  Where it does not, the fewest that
  // are enough for that.  Where it waits or cannot be answered, what it hangs on.
  std::vector<Part> parts;
};

// Evaluates the rule part by part; what is looked at is what `evaluate` with the
// same arguments looks at.  Slower than that by far: for one case that a person
// asks about.
Explanation explain(const RuleSet& rules, const Facts& facts, Gate gate, UtcTime at,
                    const Rule& rule);

}  // namespace lockgate::rules
