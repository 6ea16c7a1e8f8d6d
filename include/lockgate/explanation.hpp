// Why a rule applies, or does not, and what would change the verdict.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lockgate/check.hpp"
#include "lockgate/facts.hpp"

namespace lockgate::rules {

// A part of a condition that decided, such as one side of `&&`.
struct Part {
  std::string written;  // "people.participants >= 30": as the rule has it
  std::string words;    // "people taking part (people.participants): 40 people, which is ..."
  std::string value;    // "true", "15", "not known"
  std::vector<std::string> names;  // the facts, settings and named expressions that it looks at
  std::vector<Part> because;       // what made the named expressions among them so
};

enum class Answer { applies, does_not_apply, waits, cannot_be_answered };

struct Explanation {
  Answer answer = Answer::does_not_apply;
  // Where it applies, all that made it so.  Where it does not, the fewest that
  // are enough for that.  Where it waits or cannot be answered, what it hangs on.
  std::vector<Part> parts;
};

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

// One sentence where there is no suggestion.
std::string in_words(const ChangeSearch& search);

}  // namespace lockgate::rules
