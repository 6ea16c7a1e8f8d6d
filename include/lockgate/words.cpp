// The one table of words per enum: TOML, JSON, database and API all use these.

#include <array>
#include <string_view>
#include <utility>

#include "lockgate/ballot.hpp"
#include "lockgate/check.hpp"
#include "lockgate/decision.hpp"
#include "lockgate/prototype.hpp"

namespace lockgate {
namespace {

template <class Enum, std::size_t N>
using Words = std::array<std::pair<Enum, std::string_view>, N>;

template <class Enum, std::size_t N>
constexpr std::string_view word(const Words<Enum, N>& words, Enum value) {
  for (const auto& [known, text] : words) {
    if (known == value) return text;
  }
  return "?";
}

template <class Enum, std::size_t N>
constexpr std::optional<Enum> value(const Words<Enum, N>& words, std::string_view text) {
  for (const auto& [known, word] : words) {
    if (word == text) return known;
  }
  return std::nullopt;
}

constexpr Words<Gate, 4> kGates{{{Gate::submit, "submit"},
                                 {Gate::decide, "decide"},
                                 {Gate::run, "run"},
                                 {Gate::close, "close"}}};
constexpr Words<Outcome, 5> kOutcomes{{{Outcome::note, "note"},
                                       {Outcome::condition, "condition"},
                                       {Outcome::refer, "refer"},
                                       {Outcome::ask, "ask"},
                                       {Outcome::block, "block"}}};
constexpr Words<Verdict, 5> kVerdicts{
    {{Verdict::approve, "approve"},
     {Verdict::approve_with_conditions, "approve_with_conditions"},
     {Verdict::refer, "refer"},
     {Verdict::ask_for_info, "ask_for_info"},
     {Verdict::block, "block"}}};
constexpr Words<Choice, 5> kChoices{{{Choice::yes, "yes"},
                                     {Choice::yes_with_conditions, "yes_with_conditions"},
                                     {Choice::need_information, "need_information"},
                                     {Choice::no, "no"},
                                     {Choice::not_voting, "not_voting"}}};
constexpr Words<BallotState, 6> kBallotStates{{{BallotState::open, "open"},
                                               {BallotState::paused, "paused"},
                                               {BallotState::carried, "carried"},
                                               {BallotState::lost, "lost"},
                                               {BallotState::inquorate, "inquorate"},
                                               {BallotState::withdrawn, "withdrawn"}}};
constexpr Words<DecisionOutcome, 4> kDecisionOutcomes{
    {{DecisionOutcome::approved, "approved"},
     {DecisionOutcome::approved_with_conditions, "approved_with_conditions"},
     {DecisionOutcome::not_approved, "not_approved"},
     {DecisionOutcome::inquorate, "inquorate"}}};
constexpr Words<ConditionState, 3> kConditionStates{{{ConditionState::pending, "pending"},
                                                     {ConditionState::met, "met"},
                                                     {ConditionState::not_met, "not_met"}}};
constexpr Words<LessonResult, 3> kLessonResults{{{LessonResult::worked, "worked"},
                                                 {LessonResult::did_not_work, "did_not_work"},
                                                 {LessonResult::could_not_tell, "could_not_tell"}}};
constexpr Words<Stage, 6> kStages{{{Stage::fresh, "fresh"},
                                   {Stage::stopped, "stopped"},
                                   {Stage::waiting, "waiting"},
                                   {Stage::voting, "voting"},
                                   {Stage::decided, "decided"},
                                   {Stage::closed, "closed"}}};

}  // namespace

std::string_view to_text(Gate gate) { return word(kGates, gate); }
std::string_view to_text(Outcome outcome) { return word(kOutcomes, outcome); }
std::string_view to_text(Verdict verdict) { return word(kVerdicts, verdict); }
std::string_view to_text(Choice choice) { return word(kChoices, choice); }
std::string_view to_text(BallotState state) { return word(kBallotStates, state); }
std::string_view to_text(DecisionOutcome outcome) { return word(kDecisionOutcomes, outcome); }
std::string_view to_text(ConditionState state) { return word(kConditionStates, state); }
std::string_view to_text(LessonResult result) { return word(kLessonResults, result); }
std::string_view to_text(Stage stage) { return word(kStages, stage); }

std::optional<Gate> gate_from_text(std::string_view text) { return value(kGates, text); }
std::optional<Outcome> outcome_from_text(std::string_view text) { return value(kOutcomes, text); }
std::optional<Verdict> verdict_from_text(std::string_view text) { return value(kVerdicts, text); }
std::optional<Choice> choice_from_text(std::string_view text) { return value(kChoices, text); }
std::optional<BallotState> ballot_state_from_text(std::string_view text) {
  return value(kBallotStates, text);
}
std::optional<DecisionOutcome> decision_outcome_from_text(std::string_view text) {
  return value(kDecisionOutcomes, text);
}
std::optional<ConditionState> condition_state_from_text(std::string_view text) {
  return value(kConditionStates, text);
}
std::optional<LessonResult> lesson_result_from_text(std::string_view text) {
  return value(kLessonResults, text);
}
std::optional<Stage> stage_from_text(std::string_view text) { return value(kStages, text); }

std::string display_number(std::int64_t number) {
  std::string digits = std::to_string(number);
  if (digits.size() < 4) digits.insert(0, 4 - digits.size(), '0');
  return "PR-" + digits;
}

std::optional<std::int64_t> number_from_display(std::string_view text) {
  if (!text.starts_with("PR-")) return std::nullopt;
  const std::string_view digits = text.substr(3);
  if (digits.size() < 4 || digits.size() > 18) return std::nullopt;
  std::int64_t number = 0;
  for (const char digit : digits) {
    if (digit < '0' || digit > '9') return std::nullopt;
    number = number * 10 + (digit - '0');
  }
  return display_number(number) == text ? std::optional(number) : std::nullopt;
}

}  // namespace lockgate
