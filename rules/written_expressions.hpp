// Where in the rule files the conditions and named expressions of a rule set stand.

#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule_file.hpp"
#include "rules/rule_set.hpp"

namespace lockgate::rules {

// Reads the files of the rule set again; lives on its own.
class WrittenExpressions {
 public:
  struct Written {
    const TomlText* text = nullptr;
    WrittenExpression expression;
  };

  explicit WrittenExpressions(const RuleSet& rules);
  WrittenExpressions(const WrittenExpressions&) = delete;
  WrittenExpressions& operator=(const WrittenExpressions&) = delete;

  // Null if the rule set has none of that name.
  const Written* condition(std::string_view rule) const { return find(conditions_, rule); }
  const Written* expression(std::string_view name) const { return find(expressions_, name); }

 private:
  using ByName = std::map<std::string, Written, std::less<>>;
  static const Written* find(const ByName& all, std::string_view name);

  std::vector<RuleFile> files_;
  ByName conditions_;
  ByName expressions_;
};

}  // namespace lockgate::rules
