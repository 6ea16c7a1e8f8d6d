#include <iostream>

#include "plugin/app/commands.hpp"
#include "plugin/app/council_folder.hpp"
#include "plugin/app/exit_code.hpp"
#include "plugin/app/open.hpp"

namespace lockgate::app {
namespace {

std::string counted(std::size_t count, std::string_view word) {
  return std::to_string(count) + ' ' + std::string(word) + (count == 1 ? "" : "s");
}

std::string summary(const rules::RuleSet& rules) {
  return counted(rules.rules().size(), "rule") + " in " + counted(rules.files().size(), "file") +
         ", " + counted(rules.vocabulary().facts().size(), "fact") + ", " +
         counted(rules.settings().size(), "setting");
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
                   counted(council.config.council.boards.size(), "board") + ", " +
                   counted(council.config.sources.size(), "source") + version(*council.rules));
  }
  const LoadedRules loaded = load_rules({}, options.paths);
  if (!loaded.rules) return say(loaded.issues, loaded.texts, options.format, {});
  return say({}, {}, options.format, summary(*loaded.rules) + version(*loaded.rules));
}

}  // namespace lockgate::app
