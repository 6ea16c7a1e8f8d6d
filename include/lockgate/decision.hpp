// The final outcome of a gate, and the lesson learned after it.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lockgate/ballot.hpp"
#include "lockgate/check.hpp"

namespace lockgate {

// `inquorate`: the board's time ran out twice without a quorum or a required seat.
enum class DecisionOutcome { approved, approved_with_conditions, not_approved, inquorate };

enum class ConditionState { pending, met, not_met };

// What must be done, from a rule's `condition` or from a member's vote.
struct Condition {
  std::string rule;    // the rule it comes from; empty if from a vote
  std::string say;     // a rule's words; empty if from a vote
  TextId text;         // a member's words; empty if from a rule
  std::string to;      // the role that must do it
  std::string before;  // "start" or "close"
  ConditionState state = ConditionState::pending;
  friend bool operator==(const Condition&, const Condition&) = default;
};

// Written once, never changed.
struct Decision {
  DecisionId id;
  Gate gate = Gate::submit;
  DecisionOutcome outcome = DecisionOutcome::not_approved;
  CheckId check;  // the check that it rests on
  Verdict verdict = Verdict::block;
  std::vector<std::string> authority;  // "rules", or the names of the boards
  std::vector<Condition> conditions;
  std::string rule_set;
  UtcTime at;
  friend bool operator==(const Decision&, const Decision&) = default;
};

enum class LessonResult { worked, did_not_work, could_not_tell };

// One entry of the learning log, written when a prototype is closed.
struct Lesson {
  LessonResult result = LessonResult::could_not_tell;
  TextId expected;  // what we thought would happen
  TextId happened;  // what did
  TextId next;      // what we will do differently
  MemberId by;
  UtcTime at;
  friend bool operator==(const Lesson&, const Lesson&) = default;
};

std::string_view to_text(DecisionOutcome outcome);
std::string_view to_text(ConditionState state);
std::string_view to_text(LessonResult result);
std::optional<DecisionOutcome> decision_outcome_from_text(std::string_view text);
std::optional<ConditionState> condition_state_from_text(std::string_view text);
std::optional<LessonResult> lesson_result_from_text(std::string_view text);

}  // namespace lockgate
