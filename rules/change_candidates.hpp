// Which other values of a fact are worth trying: those between which the rules
// tell.

#pragma once

#include <optional>
#include <span>
#include <vector>

#include "rules/rule_set.hpp"

namespace lockgate::rules {

struct Candidate {
  FactValue value;     // as a case system would send it
  cel::Value seen;     // as conditions see it
  double measure = 0;  // of a number its value, of a date its day; else nought
};

// A number as such, a date as its day; nullopt for everything else.
std::optional<double> measure_of(const cel::Value& value);

// By slot; none for a fact that is not `changeable`.  Yes and no, every word of an
// enum, every number of a short range; else what rules compare the fact with
// (`values` tells what that comes to now) and its neighbours: one more and one
// less, a penny, a day.  In the order of the enum, or ascending.
std::vector<std::vector<Candidate>> candidates(const RuleSet& rules,
                                               std::span<const cel::Value> values);

}  // namespace lockgate::rules
