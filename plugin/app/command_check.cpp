#include <iostream>

#include "plugin/app/commands.hpp"
#include "plugin/app/council_folder.hpp"
#include "plugin/app/counted.hpp"
#include "plugin/app/exit_code.hpp"
#include "plugin/app/open.hpp"

namespace lockgate::app {
namespace {

// What was found out about some files.
struct Result {
  std::vector<rules::Issue> issues;  // the errors, then the warnings
  std::vector<rules::SourceFile> texts;
  std::string good;  // what was loaded, in words; empty if nothing was
};

std::string summary(const rules::RuleSet& rules) {
  return counted(std::ssize(rules.rules()), "rule") + " in " +
         counted(std::ssize(rules.files()), "file") + ", " +
         counted(std::ssize(rules.vocabulary().facts()), "fact") + ", " +
         counted(std::ssize(rules.settings()), "setting");
}

std::string version(const rules::RuleSet& rules) {
  return ". Rules version " + rules.hash().substr(0, 12);
}

std::vector<rules::Issue> together(std::vector<rules::Issue> errors,
                                   const std::vector<rules::Issue>& warnings) {
  errors.insert(errors.end(), warnings.begin(), warnings.end());
  return errors;
}

Result check_council(const std::string& folder) {
  CouncilFolder council = read_council(folder, advised());
  if (!council.issues.empty()) {
    return {together(std::move(council.issues), council.advice), std::move(council.texts), {}};
  }
  std::string good = summary(*council.rules) + ", " +
                     counted(std::ssize(council.config.council.boards), "board") + ", " +
                     counted(std::ssize(council.config.sources), "source");
  if (!council.advice.empty()) good += ", " + rules::counts(council.advice);
  return {std::move(council.advice), std::move(council.texts), good + version(*council.rules)};
}

Result check_rules(const std::vector<std::string>& paths) {
  LoadedRules loaded = load_rules({}, paths, advised());
  if (!loaded.rules) {
    return {together(std::move(loaded.issues), loaded.advice), std::move(loaded.texts), {}};
  }
  std::string good = summary(*loaded.rules);
  if (!loaded.advice.empty()) good += ", " + rules::counts(loaded.advice);
  return {std::move(loaded.advice), std::move(loaded.texts), good + version(*loaded.rules)};
}

}  // namespace

int check(const CheckOptions& options) {
  const Result result = options.paths.size() == 1 && is_council_folder(options.paths.front())
                            ? check_council(options.paths.front())
                            : check_rules(options.paths);
  const bool for_people = options.format == "human" || options.format == "plain";
  if (!result.issues.empty() || !for_people) {
    std::cout << shown(result.issues, result.texts, options.format);
  }
  if (for_people && !result.good.empty()) std::cout << "ok: " << result.good << '\n';
  if (options.format == "human" && !result.issues.empty()) {
    std::cout << "Run `lockgate explain " << result.issues.front().code
              << "` for more about the first one.\n";
  }
  const bool fine = result.issues.empty() || (!result.good.empty() && !options.deny_warnings);
  return fine ? kFine : kRulesInvalid;
}

}  // namespace lockgate::app
