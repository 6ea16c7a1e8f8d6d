// A cell of a decision table as written -> what it accepts.

#pragma once

#include <string>
#include <vector>

#include <toml++/toml.h>

#include "rules/table_column.hpp"

namespace lockgate::rules {

struct CellMistake {
  const toml::node* node = nullptr;
  std::string message = {};
  std::string help = {};
};

// `"-"` anything; a value; `">= 5"`, `"< 5"`, `"!= 5"`; `"5..10"` both ends
// included, `"[5..10)"` without 10, `"5.."` and `"..10"` open; a list of those,
// in a column of text of words as they stand; `{ not = cell }`.  A date is the
// whole day, in UTC.  Words are held to the domain's.  nullopt, with a mistake,
// if it does not fit the domain's kind or accepts nothing.
std::optional<Cell> read_cell(const toml::node& node, const Domain& domain,
                              std::vector<CellMistake>& mistakes);

// The kind that the cells of a column have, where its input does not tell; null
// nodes are passed over.  Text where they do not tell either.
ColumnKind kind_of_cells(const std::vector<const toml::node*>& nodes);

}  // namespace lockgate::rules
