// What was found in a decision table, for the person who wrote it.

#pragma once

#include <vector>

#include "rules/rule_file.hpp"
#include "rules/table_check.hpp"

namespace lockgate::rules {

// Certain gaps and overlaps and rows that never match are issues; what depends on
// values that may not occur, rows that never decide and unfinished checks are advice.
void report(const std::vector<TableFinding>& findings, const Table& table, const TablePart& part,
            const TomlText& text, std::vector<Issue>& issues, std::vector<Issue>& advice);

}  // namespace lockgate::rules
