#include <fstream>
#include <iostream>

#include <unistd.h>

#include "plugin/app/commands.hpp"
#include "plugin/app/council_folder.hpp"
#include "plugin/app/exit_code.hpp"
#include "plugin/app/open.hpp"
#include "plugin/app/watch.hpp"
#include "rules/cel/pattern.hpp"
#include "rules/rule_test.hpp"

namespace lockgate::app {
namespace {

namespace fs = std::filesystem;

// Where the rules and their tests are.
struct Where {
  fs::path base;
  std::vector<std::string> folders;
};

std::string in_format(const rules::TestReport& report, const std::string& format) {
  if (format == "json") return rules::json_report(report);
  if (format == "junit") return rules::junit_report(report);
  return format == "plain" ? rules::plain_report(report) : rules::human_report(report);
}

// What was asked for and not reached; the tests themselves aside.
void demand(const TestOptions& options, rules::TestReport& report) {
  const auto need = [&](std::string_view what, std::size_t part, std::size_t whole) {
    const auto least = static_cast<std::size_t>(*options.threshold);
    if (part * 100 >= least * whole) return;
    report.shortfalls.push_back(std::string(what) + " is " +
                                std::to_string(rules::percent(part, whole)) + "%, below the " +
                                std::to_string(least) + "% that are asked for");
  };
  if (options.threshold && report.mutation) {
    need("the share of mutants caught", report.mutation->caught, report.mutation->tried());
  } else if (options.threshold && !options.mutate) {
    need("coverage", report.covered_rules(), report.rules);
    if (report.rows > 0) need("coverage of table rows", report.covered_rows(), report.rows);
  }
  if (options.require_tests && report.passed == 0 && report.failed.empty()) {
    report.shortfalls.push_back("no test was run");
  }
}

int write(const TestOptions& options, const rules::TestReport& report) {
  if (options.output.empty()) {
    std::cout << in_format(report, options.format);
    return kFine;
  }
  std::cout << rules::human_report(report);
  std::ofstream file(options.output, std::ios::binary);
  file << in_format(report, options.format);
  file.close();
  if (file) return kFine;
  return tell({Errc::unavailable, '`' + options.output + "` cannot be written"});
}

class Tester {
 public:
  Tester(const TestOptions& options, std::shared_ptr<const re2::RE2> pattern)
      : options_(options), pattern_(std::move(pattern)) {}

  // Gives the exit code.
  int run() {
    Where where;
    if (const int code = find(where); code != kFine) return code;
    const LoadedRules loaded = load_rules(where.base, where.folders);
    if (!loaded.rules) return refuse(loaded.issues, loaded.texts);
    const RuleFiles read = read_rule_tests(where.base, where.folders);
    if (!read.issues.empty()) {
      refuse(read.issues, {});
      return kCouldNot;
    }
    if (read.files.empty()) {
      tell({Errc::not_found, "there is no test, *.test.toml, beside these rules"});
      return options_.require_tests ? kTestsFailed : kCouldNot;
    }
    std::vector<rules::SourceFile> files;
    for (const RuleFile& file : read.files) files.push_back({file.shown, file.source.bytes});
    rules::ReadTests tests = rules::read_tests(*loaded.rules, files);
    if (!tests.issues.empty()) return refuse(tests.issues, files);
    if (pattern_) {
      std::erase_if(tests.tests, [this](const rules::RuleTest& each) {
        return !cel::occurs_in(*pattern_, each.name);
      });
    }
    return judge(loaded, tests.tests);
  }

  // What the last run looked at.
  const Paths& watched() const { return watched_; }

 private:
  int find(Where& where) {
    where.folders = options_.paths;
    watched_ = {options_.paths.begin(), options_.paths.end()};
    if (where.folders.size() != 1 || !is_council_folder(where.folders.front())) return kFine;
    where.base = where.folders.front();
    ConfigResult read = read_config(where.base);
    if (!read.issues.empty()) return refuse(read.issues, read.config.texts);
    where.folders = read.config.rules;
    for (const std::string& folder : where.folders) watched_.push_back(where.base / folder);
    return kFine;
  }

  int refuse(const std::vector<rules::Issue>& issues, const std::vector<rules::SourceFile>& texts) {
    std::cerr << shown(issues, texts, options_.format);
    return kRulesInvalid;
  }

  int judge(const LoadedRules& loaded, const std::vector<rules::RuleTest>& tests) {
    rules::TestReport report = rules::run_tests(*loaded.rules, tests);
    if (options_.mutate && report.failed.empty()) {
      report.mutation = rules::mutate(*loaded.rules, tests);
      for (rules::Survivor& each : report.mutation->survivors) {
        if (const auto name = loaded.names.find(each.file); name != loaded.names.end()) {
          each.file = name->second;
        }
      }
    }
    demand(options_, report);
    if (const int code = write(options_, report); code != kFine) return code;
    return report.failed.empty() && report.shortfalls.empty() ? kFine : kTestsFailed;
  }

  const TestOptions& options_;
  const std::shared_ptr<const re2::RE2> pattern_;
  Paths watched_;
};

}  // namespace

int test(const TestOptions& options) {
  std::shared_ptr<const re2::RE2> pattern;
  if (!options.run.empty()) {
    pattern = cel::compile_pattern(options.run);
    if (!pattern) {
      std::cerr << "lockgate: --run is not a pattern: `" << options.run
                << "`; write it as RE2 takes it, such as `^live data`\n";
      return kUsage;
    }
  }
  Tester tester(options, std::move(pattern));
  if (!options.watch) return tester.run();
  watch({options.paths.begin(), options.paths.end()}, [&] {
    if (isatty(STDOUT_FILENO) != 0) std::cout << "\x1b[H\x1b[2J";
    tester.run();
    std::cout << std::flush;
    std::cerr << "watching for changes; Ctrl-C ends\n";
    return tester.watched();
  });
  return kFine;
}

}  // namespace lockgate::app
