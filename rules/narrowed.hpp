// A check, as if only some of the rules had been asked.

#pragma once

#include <span>
#include <string>

#include "lockgate/check.hpp"
#include "rules/rule_set.hpp"

namespace lockgate::rules {

// `check` is one of these rules; `ids` are sorted.  What other rules found or ask
// for is left out, and the verdict is that of what remains.
Check narrowed(Check check, const RuleSet& rules, std::span<const std::string> ids);

}  // namespace lockgate::rules
