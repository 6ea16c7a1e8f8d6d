// An author's expression, compiled against the vocabulary; its mistakes shown
// in the rule file.

#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "rules/cel/program.hpp"
#include "rules/rule_file.hpp"

namespace lockgate::rules {

// What names mean: `declarations` in the order of slots, the first of which are
// the facts.
struct Names {
  const cel::Declarations& declarations;
  const Vocabulary& vocabulary;
  const std::map<std::size_t, std::vector<cel::Value>>& outcomes;  // of decision tables, by slot
  bool complete = true;  // false: a file could not be read, so unknown names are not reported
};

// nullopt, with issues, if it is not valid: not CEL (LG110), a name that is not
// declared (LG111), a type that does not fit (LG112), a word that is not among
// an enum's values or a table's results (LG113).
std::optional<cel::Program> compile(const WrittenExpression& expression, const TomlText& text,
                                    const Names& names, std::vector<Issue>& issues);

}  // namespace lockgate::rules
