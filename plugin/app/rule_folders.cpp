#include "plugin/app/rule_folders.hpp"

#include "plugin/app/packs.hpp"

namespace lockgate::app {

RuleFiles read_rules(const std::filesystem::path& base, const std::vector<std::string>& folders) {
  return rules::read_folders(base, folders, rules::Wanted::rules, shipped_packs());
}

RuleFiles read_rule_tests(const std::filesystem::path& base,
                          const std::vector<std::string>& folders) {
  return rules::read_folders(base, folders, rules::Wanted::tests, {});
}

LoadedRules load_rules(const std::filesystem::path& base, const std::vector<std::string>& folders,
                       const rules::LoadOptions& options) {
  return rules::load_folders(base, folders, shipped_packs(), options);
}

}  // namespace lockgate::app
