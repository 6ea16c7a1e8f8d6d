#include <iostream>

#include "plugin/app/commands.hpp"
#include "plugin/app/council_folder.hpp"
#include "plugin/app/counted.hpp"
#include "plugin/app/exit_code.hpp"
#include "plugin/app/open.hpp"

namespace lockgate::app {
namespace {

std::string summary(const rules::RuleSet& rules) {
  return counted(std::ssize(rules.rules()), "rule") + " in " +
         counted(std::ssize(rules.files()), "file") + ", " +
         counted(std::ssize(rules.vocabulary().facts()), "fact") + ", " +
         counted(std::ssize(rules.settings()), "setting");
}

int say(const std::vector<rules::Issue>& issues, const std::vector<rules::SourceFile>& texts,
        const std::string& format, const std::string& good) {
  if (!issues.empty() || format == "json") {
    std::cout << shown(issues, texts, format);
  } else {
    std::cout << "ok: " << good << '\n';
  }
  return issues.empty() ? kFine : kRulesInvalid;
}

std::string version(const rules::RuleSet& rules) {
  return ". Rules version " + rules.hash().substr(0, 12);
}

}  // namespace

int check(const CheckOptions& options) {
  if (options.paths.size() == 1 && is_council_folder(options.paths.front())) {
    const CouncilFolder council = read_council(options.paths.front());
    if (!council.issues.empty()) return say(council.issues, council.texts, options.format, {});
    return say({}, {}, options.format,
               summary(*council.rules) + ", " +
                   counted(std::ssize(council.config.council.boards), "board") + ", " +
                   counted(std::ssize(council.config.sources), "source") + version(*council.rules));
  }
  const LoadedRules loaded = load_rules({}, options.paths);
  if (!loaded.rules) return say(loaded.issues, loaded.texts, options.format, {});
  return say({}, {}, options.format, summary(*loaded.rules) + version(*loaded.rules));
}

}  // namespace lockgate::app
