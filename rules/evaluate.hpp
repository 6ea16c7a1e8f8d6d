// Where rules are asked: rule set x facts x moment -> check.

#pragma once

#include <vector>

#include "lockgate/check.hpp"
#include "lockgate/time.hpp"
#include "rules/facts.hpp"
#include "rules/rule_set.hpp"

namespace lockgate::rules {

// Asks every rule that has an outcome at `gate`.  Cannot fail: a rule that hangs
// on a fact that was not given yields an `ask` finding that names what it waits
// for; one that cannot be evaluated (null, division by zero, overflow, exceeded
// cost) yields `refer` with its `trouble`, never to the proposer.
//
// The verdict is that of the strongest finding among the rules that are true or
// in trouble; it is `ask_for_info` where the outcome of a rule that waits could
// outrank that.  `id`, `number` and the texts of sensitive facts are left to the
// caller.  `facts` must have been read with this rule set's vocabulary; `at` is
// CEL's `now`.  What a named expression came to is kept with a finding as null where
// it is larger than 64 KiB, nested more than 16 deep, or has two keys of one name (1
// and "1"): it can be computed again from the facts.  Safe to call from many threads at once.
Check evaluate(const RuleSet& rules, const Facts& facts, Gate gate, UtcTime at);

// What one rule of that outcome alone makes of the whole.
Verdict verdict_of(Outcome outcome);

// What conditions are evaluated with at such a check: the value of every slot.
std::vector<cel::Value> slot_values(const RuleSet& rules, const Facts& facts, Gate gate,
                                    UtcTime at);

// Which rows of a decision table made its result, as written, from 0; none where
// it has no result, hangs on something unknown, or is the default.
struct RowsUsed {
  std::string table;  // "calc.fee_band"
  std::vector<std::size_t> rows;
};

// For every decision table.
std::vector<RowsUsed> rows_used(const RuleSet& rules, const Facts& facts, Gate gate, UtcTime at);

}  // namespace lockgate::rules
