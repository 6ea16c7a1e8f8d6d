#include "plugin/web/words.hpp"

#include "plugin/web/components.hpp"

namespace lockgate::web {

TagWords status_words(Stage stage, std::optional<DecisionOutcome> outcome) {
  switch (stage) {
    case Stage::fresh:
      return {"New", "govuk-tag--grey"};
    case Stage::stopped:
      return {"Stopped", "govuk-tag--red"};
    case Stage::waiting:
      return {"Waiting for information", "govuk-tag--yellow"};
    case Stage::voting:
      return {"Board to decide", "govuk-tag--blue"};
    case Stage::closed:
      return {"Closed", "govuk-tag--grey"};
    case Stage::decided:
      break;
  }
  switch (outcome.value_or(DecisionOutcome::inquorate)) {
    case DecisionOutcome::approved:
      return {"Approved", "govuk-tag--green"};
    case DecisionOutcome::approved_with_conditions:
      return {"Approved with conditions", "govuk-tag--green"};
    case DecisionOutcome::not_approved:
      return {"Not approved", "govuk-tag--red"};
    case DecisionOutcome::inquorate:
      break;
  }
  return {"Not decided in time", "govuk-tag--orange"};
}

TagWords finding_words(Outcome outcome) {
  switch (outcome) {
    case Outcome::block:
      return {"Must fix", "govuk-tag--red"};
    case Outcome::ask:
      return {"To answer", "govuk-tag--yellow"};
    case Outcome::refer:
      return {"For decision", "govuk-tag--blue"};
    case Outcome::condition:
      return {"Condition", "govuk-tag--purple"};
    case Outcome::note:
      break;
  }
  return {"To note", "govuk-tag--grey"};
}

TagWords ballot_words(BallotState state) {
  switch (state) {
    case BallotState::open:
      return {"Open", "govuk-tag--blue"};
    case BallotState::paused:
      return {"Waiting for information", "govuk-tag--yellow"};
    case BallotState::carried:
      return {"Carried", "govuk-tag--green"};
    case BallotState::lost:
      return {"Lost", "govuk-tag--red"};
    case BallotState::inquorate:
      return {"Not decided in time", "govuk-tag--orange"};
    case BallotState::withdrawn:
      break;
  }
  return {"Withdrawn", "govuk-tag--grey"};
}

TagWords condition_words(ConditionState state) {
  switch (state) {
    case ConditionState::pending:
      return {"Pending", "govuk-tag--yellow"};
    case ConditionState::met:
      return {"Met", "govuk-tag--green"};
    case ConditionState::not_met:
      break;
  }
  return {"Not met", "govuk-tag--red"};
}

Html tag_of(const TagWords& words) {
  return tag({.content = words.words, .classes = std::string(words.colour)});
}

Html status_tag(Stage stage, std::optional<DecisionOutcome> outcome) {
  return tag_of(status_words(stage, outcome));
}

std::string_view in_words(Gate gate) {
  switch (gate) {
    case Gate::submit:
      return "handed in";
    case Gate::decide:
      return "up for decision";
    case Gate::run:
      return "running";
    case Gate::close:
      break;
  }
  return "closing";
}

std::string_view in_words(Choice choice) {
  switch (choice) {
    case Choice::yes:
      return "Yes";
    case Choice::yes_with_conditions:
      return "Yes, with conditions";
    case Choice::need_information:
      return "Not yet, I need more information";
    case Choice::no:
      return "No";
    case Choice::not_voting:
      break;
  }
  return "I am not voting";
}

std::string_view in_words(DecisionOutcome outcome) {
  return status_words(Stage::decided, outcome).words;
}

std::string_view in_words(LessonResult result) {
  switch (result) {
    case LessonResult::worked:
      return "It worked";
    case LessonResult::did_not_work:
      return "It did not work";
    case LessonResult::could_not_tell:
      break;
  }
  return "We could not tell";
}

std::string decided_by(const Decision& decision) {
  if (decision.authority == std::vector<std::string>{"rules"}) return "the rules";
  std::vector<std::string> boards;
  for (const std::string& board : decision.authority) boards.push_back("the " + board);
  return listed(boards);
}

Html as_code(std::string_view text) { return element("span", {{"class", "lg-code"}}, text); }

std::string counted(std::size_t number, std::string_view one, std::string_view many) {
  return std::to_string(number) + ' ' + std::string(number == 1 ? one : many);
}

}  // namespace lockgate::web
