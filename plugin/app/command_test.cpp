#include <algorithm>
#include <iostream>
#include <set>

#include "plugin/app/commands.hpp"
#include "plugin/app/council_folder.hpp"
#include "plugin/app/exit_code.hpp"
#include "plugin/app/open.hpp"
#include "rules/rule_test.hpp"

namespace lockgate::app {
namespace {

void say_failures(const rules::TestReport& report) {
  for (const rules::FailedTest& test : report.failed) {
    std::cout << "FAIL " << test.file << ':' << test.line << ' ' << test.name << '\n';
    for (const std::string& line : test.why) std::cout << "     " << line << '\n';
    std::cout << '\n';
  }
}

// A rule is covered if one test makes it true and another does not.
void say_coverage(const rules::TestReport& report) {
  std::set<std::string> open(report.never_true.begin(), report.never_true.end());
  open.insert(report.never_false.begin(), report.never_false.end());
  const std::size_t covered = report.rules - open.size();
  std::cout << report.passed << " passed, " << report.failed.size() << " failed, coverage "
            << covered << " of " << report.rules << " rules ("
            << (report.rules == 0 ? 100 : covered * 100 / report.rules) << "%)\n";
  const auto list = [](std::string_view what, const std::vector<std::string>& ids) {
    if (ids.empty()) return;
    std::cout << what;
    for (const std::string& id : ids) std::cout << (&id == &ids.front() ? "" : ", ") << id;
    std::cout << '\n';
  };
  list("never true in a test: ", report.never_true);
  list("never false in a test: ", report.never_false);
}

}  // namespace

int test(const TestOptions& options) {
  std::filesystem::path base;
  std::vector<std::string> folders = options.paths;
  if (folders.size() == 1 && is_council_folder(folders.front())) {
    ConfigResult read = read_config(folders.front());
    if (!read.issues.empty()) {
      std::cerr << shown(read.issues, read.config.texts);
      return kRulesInvalid;
    }
    base = folders.front();
    folders = read.config.rules;
  }
  const LoadedRules loaded = load_rules(base, folders);
  if (!loaded.rules) {
    std::cerr << shown(loaded.issues, loaded.texts);
    return kRulesInvalid;
  }
  const RuleFiles read = read_rule_tests(base, folders);
  if (!read.issues.empty()) {
    std::cerr << shown(read.issues, {});
    return kCouldNot;
  }
  if (read.files.empty()) {
    return tell({Errc::not_found, "there is no test, *.test.toml, beside these rules"});
  }
  std::vector<rules::SourceFile> tests;
  for (const RuleFile& file : read.files) tests.push_back({file.shown, file.source.bytes});
  const rules::TestRun run = rules::run_tests(*loaded.rules, tests);
  if (!run.issues.empty()) {
    std::cerr << shown(run.issues, tests);
    return kRulesInvalid;
  }
  say_failures(run.report);
  say_coverage(run.report);
  return run.report.failed.empty() ? kFine : kTestsFailed;
}

}  // namespace lockgate::app
