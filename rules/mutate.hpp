// Tests of the tests: would they notice if a rule said something else?

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "rules/rule_set.hpp"
#include "rules/test_file.hpp"

namespace lockgate::rules {

// A change to a rule that no test noticed.
struct Survivor {
  std::string file;  // as the rule set knows it: "packs/finance.toml"
  std::size_t line = 0;
  std::size_t column = 0;
  std::string name;     // of the rule or named expression: "fp-03", "calc.score"
  std::string from;     // what stands there: ">="
  std::string to;       // what it was changed to; empty: taken out
  std::string changed;  // the whole expression as changed
  std::size_t at = 0;   // where in it the change stands, in bytes
};

struct MutationReport {
  std::size_t caught = 0;
  std::vector<Survivor> survivors;  // by file and place
  std::size_t not_tried = 0;        // beyond what is tried at most

  std::size_t tried() const { return caught + survivors.size(); }
};

// Changes each condition and each named expression in one place at a time
// (rules/mutants.hpp) and sees whether a test that holds fails then.  A change
// that does not compile, or gives another type, does not count.  `tests` must
// all hold; those that are skipped are left out.  Bounded: at most 20,000
// changes, and a fixed number of steps in all.
MutationReport mutate(const RuleSet& rules, std::span<const RuleTest> tests);

}  // namespace lockgate::rules
