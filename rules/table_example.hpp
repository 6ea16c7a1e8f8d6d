// Values that show what a check of a decision table found.

#pragma once

#include "rules/table_column.hpp"

namespace lockgate::rules {

// A value of the domain strictly between two bounds; null if it certainly has
// none.  No bound: as far as the domain goes.  Not for words.
cel::Value example_between(const Domain& domain, const cel::Value* low, const cel::Value* high);
// The bound itself as a value of the domain; null if it is not one.
cel::Value example_at(const Domain& domain, const cel::Value& bound);

}  // namespace lockgate::rules
