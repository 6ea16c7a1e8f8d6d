#include "rules/written_expressions.hpp"

namespace lockgate::rules {

WrittenExpressions::WrittenExpressions(const RuleSet& rules) {
  std::vector<Issue> none;  // they were read without any before
  for (const SourceFile& file : rules.files()) {
    if (auto text = TomlText::parse(file.path, file.bytes, none)) {
      files_.push_back(read_rule_file(*std::move(text), none));
    }
  }
  for (const RuleFile& file : files_) {
    for (const RulePart& part : file.rules) {
      conditions_.try_emplace(part.rule.id, Written{&file.text, part.when});
    }
    for (const ExpressionPart& part : file.expressions) {
      expressions_.try_emplace(part.name, Written{&file.text, part.is});
    }
  }
}

const WrittenExpressions::Written* WrittenExpressions::find(const ByName& all,
                                                            std::string_view name) {
  const auto found = all.find(name);
  return found == all.end() ? nullptr : &found->second;
}

}  // namespace lockgate::rules
