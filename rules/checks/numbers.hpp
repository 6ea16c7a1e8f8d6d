// Numbers and texts worth trying where a condition compares with constants.

#pragma once

#include <vector>

#include "rules/facts.hpp"

namespace lockgate::rules {

// Values that the fact may have, such that each comparison with the constants
// comes out in every way that it can: the constants, a value between each two of
// them, one beyond them on either side, as far as `min` and `max` allow.
std::vector<cel::Value> values_around(const FactDeclaration& fact,
                                      const std::vector<cel::Value>& constants);

// Likewise for a calculated number, which may be any integer or real.
std::vector<cel::Value> numbers_around(cel::Kind kind, const std::vector<cel::Value>& constants);

}  // namespace lockgate::rules
