// What is wrong with a decision table, by the geometry of its cells.

#pragma once

#include <cstdint>
#include <vector>

#include "rules/table.hpp"

namespace lockgate::rules {

struct TableFinding {
  enum class Kind : std::uint8_t {
    gap,         // inputs for which there is no result
    overlap,     // `row` and `other` both match, and must not or disagree
    never,       // `row` matches nothing, because of the cell of `column`
    shadowed,    // `row` never decides: other rows do, wherever it matches; there `other` does
    unfinished,  // the table is too large to be looked through
  };
  Kind kind = Kind::gap;
  std::size_t row = 0;  // numbers of the definition
  std::size_t other = 0;
  std::size_t column = 0;
  std::vector<cel::Value> example = {};  // one value for each input; empty for `never`
  // False: only if the inputs, some of which are computed, can have these values.
  bool certain = true;
};

// At most one gap; for each row at most one finding.  Never wrong: what rows
// with conditions (CEL) do is not guessed.  Says `unfinished` once `work`, a
// number of rows touched, has counted down to 0.
std::vector<TableFinding> check(const Table& table, std::uint64_t& work);

}  // namespace lockgate::rules
