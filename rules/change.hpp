// What would change it: the fewest changes to facts that make the verdict milder.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lockgate/check.hpp"
#include "rules/evaluate.hpp"

namespace lockgate::rules {

constexpr std::size_t kMostChanges = 3;      // facts in one suggestion
constexpr std::size_t kMostSuggestions = 3;  // each about other facts

struct Change {
  std::string fact;
  std::optional<FactValue> from;  // nullopt: not known
  bool assumed = false;           // nobody said `from`: it is the default
  FactValue to;
};

struct Suggestion {
  std::vector<Change> changes;       // all of them together; in order of the vocabulary
  Verdict verdict;                   // what the check would come to
  std::vector<std::string> settles;  // the rules that no longer stand in the way
};

enum class Found {
  nothing_to_do,  // the verdict is no stronger than what is wanted
  suggestions,
  nothing_changeable,  // a rule in the way looks at no fact that is `changeable`
  no_change,           // no change of up to kMostChanges facts does it
  gave_up,             // none was found within the limit; there may be one
};

struct ChangeSearch {
  Found found = Found::nothing_to_do;
  Verdict now = Verdict::approve;
  Verdict wanted = Verdict::approve;    // what was looked for, or the mildest that can be reached
  std::vector<Suggestion> suggestions;  // best first, equally many changes each
  std::vector<std::string> fixed;       // rules in the way that look at nothing changeable
  std::uint64_t evaluations = 0;        // of conditions, to find them
};

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
// One sentence where there is no suggestion.
std::string in_words(const ChangeSearch& search);

}  // namespace lockgate::rules
