// Plan x slots -> value, within a budget of steps.

#pragma once

#include <cstdint>
#include <span>

#include "rules/cel/plan.hpp"

namespace lockgate::cel {

// Evaluates the step `root` of the plan.  Never throws for what a rule or its
// facts contain; never takes more than `limits.cost` steps.  Adds them to `used`.
Value evaluate(const Plan& plan, std::uint32_t root, std::span<const Value> values,
               const Limits& limits, std::uint64_t& used);

}  // namespace lockgate::cel
