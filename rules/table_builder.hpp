// A decision table as written -> compiled, its mistakes shown in the rule file.

#pragma once

#include <optional>
#include <vector>

#include "rules/expression.hpp"
#include "rules/rule_file.hpp"

namespace lockgate::rules {

struct BuiltTable {
  NamedExpression expression;
  cel::Type type;                         // of its result
  std::vector<cel::Value> outcomes = {};  // all that it can give; empty: anything
};

// What all tables of a rule set may take together.
struct TableBudget {
  std::uint64_t work = 5'000'000;  // of their checks: rows touched
  std::uint64_t words = 100'000;   // that their inputs can be
};

// nullopt, with issues, for a table with a mistake: an input or CEL that is not
// valid (LG110 to LG113), a cell or result that does not fit (LG131, LG132), rows
// that leave a gap, overlap or never match (LG133 to LG135).  Advice: what may be
// such a mistake, rows that never decide, what could not be checked.  LG100 where the
// words of the inputs exceed the budget.
std::optional<BuiltTable> build_table(const TablePart& part, const TomlText& text,
                                      const Names& names, TableBudget& budget,
                                      std::vector<Issue>& issues, std::vector<Issue>& advice);

// What is known of an input: of a fact what is declared, else the type's values.
Domain domain_of_input(const cel::Program& program, std::string_view source, const Names& names);

}  // namespace lockgate::rules
