// Authors' tests: *.test.toml, facts and what the rules must make of them.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "rules/issue.hpp"
#include "rules/rule_set.hpp"

namespace lockgate::rules {

// One expectation that did not hold, for the author of rule or test.
struct FailedTest {
  std::string file;
  std::size_t line = 0;  // of its [[test]]
  std::string name;
  std::vector<std::string> why;  // "expected  refer by dp-01", "got  approve", ...
};

struct TestReport {
  int passed = 0;
  std::vector<FailedTest> failed;
  std::vector<std::string> never_true;   // ids of rules that no test made true
  std::vector<std::string> never_false;  // ids of rules that no test made false
  std::size_t rules = 0;
};

struct TestRun {
  TestReport report;
  std::vector<Issue> issues;  // mistakes in the test files; when there is one, nothing was run
};

// Runs every [[test]] of the files.  A test without `at` is judged at noon UTC of
// 2026-11-23, so that its result never depends on the day.
TestRun run_tests(const RuleSet& rules, std::span<const SourceFile> tests);

}  // namespace lockgate::rules
