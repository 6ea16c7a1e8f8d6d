#include <iostream>

#include "plugin/app/commands.hpp"
#include "plugin/app/council_folder.hpp"
#include "plugin/app/exit_code.hpp"
#include "rules/schema.hpp"

namespace lockgate::app {

int schema(const SchemaOptions& options) {
  const auto kind = options.kind == "tests" ? rules::SchemaOf::tests : rules::SchemaOf::rules;
  if (options.rules.empty()) {
    std::cout << rules::json_schema(kind);
    return kFine;
  }
  const LoadedRules loaded = load_rules({}, options.rules);
  if (!loaded.rules) {
    std::cerr << shown(loaded.issues, loaded.texts);
    return kRulesInvalid;
  }
  std::cout << rules::json_schema(kind, loaded.rules.get());
  return kFine;
}

}  // namespace lockgate::app
