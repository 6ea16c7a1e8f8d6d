// One *.test.toml file -> the tests in it.

#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rules/facts.hpp"
#include "rules/issue.hpp"
#include "rules/rule_set.hpp"

namespace lockgate::rules {

struct RuleTest {
  std::vector<std::string> about;  // sorted ids: only these rules count; empty: all do
  std::string file;
  std::size_t line = 0;
  std::string name;
  Gate gate = Gate::submit;
  UtcTime at;
  Facts facts;
  Verdict verdict = Verdict::approve;
  std::vector<std::pair<std::string, Outcome>> findings;  // these must be there
  std::vector<std::string> absent;                        // these must not
  bool only = false;                                      // and no others may
  std::optional<std::vector<std::string>> unknown;        // what must hold the verdict up, sorted
  std::string skip;                                       // why it is not run; empty: it is
  bool todo = false;  // it is skipped because it is still to be written; nothing above is read
};

// The facts in the file's own [facts] are those of each test that neither gives
// them itself nor lists them in `without`.
//
// Every mistake is an issue: unknown keys, rules and facts, values that do not
// fit.  The tests are of use only if there is none.
std::vector<RuleTest> read_test_file(const RuleSet& rules, const SourceFile& file,
                                     std::vector<Issue>& issues);

}  // namespace lockgate::rules
