// One value held to its declaration.

#pragma once

#include <string>
#include <vector>

#include "rules/facts.hpp"

namespace lockgate::rules {

// What somebody sent, short enough to be shown to them again: `the text "x"`.
std::string shown(const FactValue& value);

// Pounds, exact to the penny; nothing if they are not.
std::optional<cel::Value> money_of(double pounds);

// The value as CEL sees it.  Every problem is added, with its pointer from `pointer` on,
// up to a limit; then the result is of no use.
cel::Value to_cel(const FactDeclaration& declaration, const FactValue& value,
                  const std::string& pointer, std::vector<Problem>& problems);

// What rules computed, as a fact to be kept: times as text; null for what is no value, and
// for what would be larger than 64 KiB or deeper than 16 when written out.
FactValue from_cel(const cel::Value& value);

}  // namespace lockgate::rules
