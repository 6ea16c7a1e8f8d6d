// Authors' tests: *.test.toml, facts and what the rules must make of them.

#pragma once

#include <span>
#include <vector>

#include "rules/issue.hpp"
#include "rules/rule_set.hpp"
#include "rules/test_file.hpp"
#include "rules/test_report.hpp"

namespace lockgate::rules {

struct ReadTests {
  std::vector<RuleTest> tests;  // in the order of the files
  std::vector<Issue> issues;    // sorted; when there is one, the tests are of no use
};

// A test without `at` is judged at noon UTC of 2026-11-23, so that its result
// never depends on the day.
ReadTests read_tests(const RuleSet& rules, std::span<const SourceFile> files);

// Runs each test that is not skipped.  `mutation` and `shortfalls` are left to
// the caller.
TestReport run_tests(const RuleSet& rules, std::span<const RuleTest> tests);

struct TestRun {
  TestReport report;
  std::vector<Issue> issues;  // mistakes in the test files; when there is one, nothing was run
};

// Both in one.
TestRun run_tests(const RuleSet& rules, std::span<const SourceFile> files);

}  // namespace lockgate::rules
