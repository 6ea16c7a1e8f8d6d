// What a test expects x what the rules said -> how they differ.

#pragma once

#include <string>
#include <vector>

#include "lockgate/check.hpp"
#include "rules/rule_set.hpp"
#include "rules/test_file.hpp"

namespace lockgate::rules {

// One part of a rule's condition, as it came out.
struct ConditionPart {
  std::string text;     // as written, on one line: `data.dpia == "draft"`
  std::string value;    // "true", "false", "not known", or why it has no value
  std::string because;  // the values it looked at: `data.dpia is "none"`
};

struct Difference {
  std::string expected;  // "refer by dp-01"
  std::string got;       // "nothing by dp-01"
  // Of a difference about one rule, why the rule came out as it did.
  std::string rule = {};
  std::string did = {};  // "did not apply", "applied", "waits", "cannot be evaluated"
  std::vector<ConditionPart> parts = {};
  std::string help = {};  // what may be the mistake; may be empty
};

// What the rules that the test is about say to its facts.
Check checked(const RuleSet& rules, const RuleTest& test);

// Whether the rule is asked at the gate of the test, and the test is about it.
bool is_asked(const Rule& rule, const RuleTest& test);

// `check` is that of `checked`.  Without `parts`.  Empty if the test holds.
std::vector<Difference> differences(const RuleSet& rules, const RuleTest& test, const Check& check);

}  // namespace lockgate::rules
