#include <cctype>
#include <iostream>

#include "plugin/app/commands.hpp"
#include "plugin/app/council_folder.hpp"
#include "plugin/app/exit_code.hpp"
#include "plugin/app/open.hpp"
#include "rules/codes.hpp"
#include "rules/explain_rule.hpp"
#include "rules/name.hpp"
#include "rules/spelling.hpp"
#include "rules/wording.hpp"

namespace lockgate::app {
namespace {

// "LG105" for "lg105" too.
std::string as_code(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

bool looks_like_a_code(std::string_view text) {
  return text.starts_with("LG") && text.find('-') == text.npos;
}

int no_such(const std::string& what, std::string_view kind, const std::string& guess) {
  std::string message = "there is no " + std::string(kind) + ' ' + rules::ticked(what);
  if (!guess.empty()) message += "; " + rules::did_you_mean(guess);
  return tell({Errc::not_found, std::move(message)});
}

int explain_code(const std::string& code) {
  if (const rules::CodeHelp* help = rules::find_code(code)) {
    std::cout << rules::in_words(*help);
    return kFine;
  }
  std::vector<std::string> known;
  for (const rules::CodeHelp& each : rules::all_codes()) known.emplace_back(each.code);
  return no_such(code, "code", rules::nearest(code, known));
}

int explain_rule(const std::string& id, std::vector<std::string> folders) {
  LoadedRules loaded;
  if (folders.empty()) folders = {"packs"};
  if (folders.size() == 1 && is_council_folder(folders.front())) {
    const ConfigResult read = read_config(folders.front());
    if (!read.issues.empty()) {
      std::cerr << shown(read.issues, read.config.texts);
      return kRulesInvalid;
    }
    loaded = load_rules(folders.front(), read.config.rules);
  } else {
    loaded = load_rules({}, folders);
  }
  if (!loaded.rules) {
    std::cerr << shown(loaded.issues, loaded.texts);
    return kRulesInvalid;
  }
  if (const rules::Rule* rule = loaded.rules->find(id)) {
    std::cout << rules::in_words(*loaded.rules, *rule);
    return kFine;
  }
  std::vector<std::string> known;
  for (const rules::Rule& each : loaded.rules->rules()) known.push_back(each.id);
  return no_such(id, "rule", rules::nearest(id, known));
}

}  // namespace

int explain(const ExplainOptions& options) {
  const std::string code = as_code(options.what);
  if (looks_like_a_code(code)) return explain_code(code);
  return explain_rule(options.what, options.rules);
}

}  // namespace lockgate::app
