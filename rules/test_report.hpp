// What became of the tests, and how people and programs are told.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/expectation.hpp"
#include "rules/mutate.hpp"

namespace lockgate::rules {

// One test; `line` is that of its [[test]].
struct TestName {
  std::string file;
  std::size_t line = 0;
  std::string name;
};

struct FailedTest {
  std::string file;
  std::size_t line = 0;
  std::string name;
  std::vector<Difference> differences;
};

struct SkippedTest {
  std::string file;
  std::size_t line = 0;
  std::string name;
  std::string reason;
  bool todo = false;
};

// A row of a decision table.
struct TestedRow {
  std::string table;
  std::size_t row = 0;  // from 1
};

struct TestReport {
  std::vector<TestName> tests;  // all of them, in the order of the files
  int passed = 0;
  std::vector<FailedTest> failed;
  std::vector<SkippedTest> skipped;
  std::size_t rules = 0;
  std::vector<std::string> never_true;   // ids of rules that no test made true
  std::vector<std::string> never_false;  // ids of rules that no test made false
  std::size_t rows = 0;                  // of all decision tables
  std::vector<TestedRow> never_hit;      // rows that no test came to
  std::optional<MutationReport> mutation;
  std::vector<std::string> shortfalls;  // what was demanded and not reached, one clause each

  // Rules that one test makes true and another false.
  std::size_t covered_rules() const;
  std::size_t covered_rows() const { return rows - never_hit.size(); }
};

// In whole percent, rounded down; 100 of nothing.
std::size_t percent(std::size_t part, std::size_t whole);

// "expected  refer by dp-01", "got       nothing by dp-01", "dp-01 did not apply because:" ...
std::vector<std::string> lines_of(const std::vector<Difference>& differences);

// For a terminal: what failed and why, then the sums.
std::string human_report(const TestReport& report);
// The same in sentences, to be read aloud.
std::string plain_report(const TestReport& report);
// {"schema":"lockgate.test/1","passed":N,"failed":[...],...}
std::string json_report(const TestReport& report);
// JUnit's XML, as build servers read it: a suite for each file; shortfalls are
// failures of a suite of their own, survivors its skipped tests.
std::string junit_report(const TestReport& report);

}  // namespace lockgate::rules
