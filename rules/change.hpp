// What would change it: the fewest changes to facts that make the verdict milder.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lockgate/explanation.hpp"
#include "rules/evaluate.hpp"

namespace lockgate::rules {

// Looks for the fewest facts marked `changeable`, up to kMostChanges, with which
// the verdict would be `to` or milder.  Without `to`: approve_with_conditions or
// milder, so that nothing stops it; if that cannot be had, refer; if not that,
// ask_for_info.  Among equally many facts, those whose numbers and dates move
// least; then the order of the vocabulary.  What is not known may be answered.
//
// Every suggestion has been tried with `evaluate`.  Values tried are those of
// rules/change_candidates.hpp, and each of the searches ends after
// `most_evaluations` conditions.
ChangeSearch smallest_change(const RuleSet& rules, const Facts& facts, Gate gate, UtcTime at,
                             std::optional<Verdict> to = {},
                             std::uint64_t most_evaluations = 150'000);

// The facts with the changes made.
Facts changed(const RuleSet& rules, const Facts& facts, const std::vector<Change>& changes);

// "the safeguarding lead has agreed in writing: yes (now no)"
std::string in_words(const RuleSet& rules, const Change& change);

}  // namespace lockgate::rules
