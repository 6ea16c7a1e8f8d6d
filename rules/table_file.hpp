// One [[table]] of a rule file -> its part as written.

#pragma once

#include <vector>

#include "rules/rule_file.hpp"
#include "rules/toml_reader.hpp"

namespace lockgate::rules {

// What can be told without the vocabulary is told here: keys, hit policies, rows
// of the wrong length.  What the cells and results mean: rules/table_builder.hpp.
TablePart read_table(TomlReader reader, const TomlText& text, std::vector<Issue>& issues);

}  // namespace lockgate::rules
