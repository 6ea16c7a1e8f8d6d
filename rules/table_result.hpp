// The results of a decision table as written -> values of one type.

#pragma once

#include <vector>

#include "rules/cel/type.hpp"
#include "rules/rule_file.hpp"

namespace lockgate::rules {

// Fills in each row's result, the list of results and the default.  Whole numbers
// become doubles if one of the results is no whole number.  LG132 for a result
// that is of another kind than the first, is not among `results`, or cannot be
// put in order or summed where that is asked for.  The type is the table's:
// what it gives by its hit policy.
cel::Type read_results(const TablePart& part, const TomlText& text, TableDefinition& definition,
                       std::vector<Issue>& issues);

// Every value that the table can give; empty if they are not known.
std::vector<cel::Value> outcomes_of(const TableDefinition& definition);

}  // namespace lockgate::rules
