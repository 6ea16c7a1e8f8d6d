#include "rules/rule_test.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "rules/evaluate.hpp"
#include "rules/why_not.hpp"
#include "rules/written_expressions.hpp"

namespace lockgate::rules {
namespace {

class Runner {
 public:
  explicit Runner(const RuleSet& rules) : rules_(rules) { report_.rules = rules.rules().size(); }

  TestReport run(std::span<const RuleTest> tests) {
    for (const RuleTest& test : tests) run(test);
    for (const Rule& rule : rules_.rules()) {
      if (!was_true_.contains(rule.id)) report_.never_true.push_back(rule.id);
      if (!was_false_.contains(rule.id)) report_.never_false.push_back(rule.id);
    }
    for (const NamedExpression& each : rules_.expressions()) {
      if (!each.table) continue;
      const std::size_t rows = each.table->definition().rows.size();
      report_.rows += rows;
      for (std::size_t row = 0; row < rows; ++row) {
        if (!hit_.contains({each.name, row})) report_.never_hit.push_back({each.name, row + 1});
      }
    }
    return std::move(report_);
  }

 private:
  void run(const RuleTest& test) {
    report_.tests.push_back({test.file, test.line, test.name});
    if (!test.skip.empty()) {
      report_.skipped.push_back({test.file, test.line, test.name, test.skip, test.todo});
      return;
    }
    const Check check = checked(rules_, test);
    count(test, check);
    count_rows(test);
    std::vector<Difference> found = differences(rules_, test, check);
    if (found.empty()) {
      ++report_.passed;
      return;
    }
    explain(test, found);
    report_.failed.push_back({test.file, test.line, test.name, std::move(found)});
  }

  void count(const RuleTest& test, const Check& check) {
    for (const Rule& rule : rules_.rules()) {
      if (!is_asked(rule, test)) continue;
      const auto found = std::find_if(check.findings.begin(), check.findings.end(),
                                      [&](const Finding& each) { return each.rule == rule.id; });
      if (found == check.findings.end()) {
        was_false_.insert(rule.id);
      } else if (found->waits_for.empty() && found->trouble.empty()) {
        was_true_.insert(rule.id);
      }
    }
  }

  void count_rows(const RuleTest& test) {
    for (const RowsUsed& used : rows_used(rules_, test.facts, test.gate, test.at)) {
      for (const std::size_t row : used.rows) hit_.emplace(used.table, row);
    }
  }

  void explain(const RuleTest& test, std::vector<Difference>& found) {
    std::vector<cel::Value> values;
    for (Difference& each : found) {
      if (each.rule.empty()) continue;
      if (!written_) written_.emplace(rules_);
      const WrittenExpressions::Written* written = written_->condition(each.rule);
      if (!written) continue;
      if (values.empty()) values = slot_values(rules_, test.facts, test.gate, test.at);
      ConditionReading reading =
          read_condition(rules_, written->expression.source, values, test.facts);
      each.parts = std::move(reading.parts);
      if (each.did != "applied") each.help = std::move(reading.help);
    }
  }

  const RuleSet& rules_;
  std::optional<WrittenExpressions> written_;  // read when a test fails
  std::set<std::string> was_true_;
  std::set<std::string> was_false_;
  std::set<std::pair<std::string, std::size_t>> hit_;  // rows of tables, from 0
  TestReport report_;
};

}  // namespace

ReadTests read_tests(const RuleSet& rules, std::span<const SourceFile> files) {
  ReadTests read;
  for (const SourceFile& file : files) {
    for (RuleTest& test : read_test_file(rules, file, read.issues)) {
      read.tests.push_back(std::move(test));
    }
  }
  sort(read.issues);
  return read;
}

TestReport run_tests(const RuleSet& rules, std::span<const RuleTest> tests) {
  return Runner(rules).run(tests);
}

TestRun run_tests(const RuleSet& rules, std::span<const SourceFile> files) {
  ReadTests read = read_tests(rules, files);
  if (read.issues.empty()) return {run_tests(rules, std::span<const RuleTest>(read.tests)), {}};
  TestRun run;
  run.report.rules = rules.rules().size();
  run.issues = std::move(read.issues);
  return run;
}

}  // namespace lockgate::rules
