#include "plugin/workflow/complete.hpp"

#include <utility>
#include <vector>

namespace lockgate::workflow {

Result<void> complete(const Vote& vote, const BallotTerms& terms) {
  std::vector<Problem> problems;
  if (vote.choice != Choice::not_voting && vote.reasons.empty()) {
    problems.push_back({"/reasons", "reasons are missing", "give the reasons for your vote"});
  }
  const bool with_conditions = vote.choice == Choice::yes_with_conditions;
  if (with_conditions && vote.conditions.empty()) {
    problems.push_back(
        {"/conditions", "no condition is given", "say who must do what, and by when"});
  } else if (!with_conditions && !vote.conditions.empty()) {
    problems.push_back({"/conditions", "conditions belong to `Yes, with conditions`",
                        "choose that answer, or remove the conditions"});
  }
  if (!terms.proposer_known && !vote.not_mine) {
    problems.push_back(
        {"/not_mine", "it is not said whose prototype this is", "confirm that it is not your own"});
  }
  if (problems.empty()) return {};
  return fail(Errc::invalid, "the vote is not complete", std::move(problems));
}

Result<void> complete(const Lesson& lesson) {
  std::vector<Problem> problems;
  if (lesson.expected.empty()) {
    problems.push_back({"/expected", "it is missing", "say what you thought would happen"});
  }
  if (lesson.happened.empty()) {
    problems.push_back({"/happened", "it is missing", "say what happened"});
  }
  if (lesson.next.empty()) {
    problems.push_back({"/next", "it is missing", "say what you will do differently"});
  }
  if (problems.empty()) return {};
  return fail(Errc::invalid, "the lesson is not complete", std::move(problems));
}

}  // namespace lockgate::workflow
