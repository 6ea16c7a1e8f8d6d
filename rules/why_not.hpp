// Why a rule applied at a check or did not: its condition, part by part.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/value.hpp"
#include "rules/expectation.hpp"
#include "rules/facts.hpp"
#include "rules/rule_set.hpp"

namespace lockgate::rules {

struct ConditionReading {
  std::vector<ConditionPart> parts;  // what && or || joins; else the whole
  std::string help;  // for the first part that is not true, what may be the mistake; may be empty
};

// `condition` is the source of a condition of this rule set; `values` are those
// of slot_values.  Empty if the source is not one of its conditions.
ConditionReading read_condition(const RuleSet& rules, std::string_view condition,
                                std::span<const cel::Value> values, const Facts& facts);

}  // namespace lockgate::rules
