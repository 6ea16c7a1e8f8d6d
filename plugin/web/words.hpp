// The words on pages for what the language has one-word names for: one table
// each, so that the same thing has the same word and colour everywhere.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "lockgate/ballot.hpp"
#include "lockgate/check.hpp"
#include "lockgate/decision.hpp"
#include "lockgate/prototype.hpp"
#include "plugin/web/html.hpp"

namespace lockgate::web {

struct TagWords {
  std::string_view words;
  std::string_view colour;  // "govuk-tag--red"
};

// `outcome` is the decision's, where there is one.
TagWords status_words(Stage stage, std::optional<DecisionOutcome> outcome);
TagWords finding_words(Outcome outcome);
TagWords ballot_words(BallotState state);
TagWords condition_words(ConditionState state);

Html status_tag(Stage stage, std::optional<DecisionOutcome> outcome);
Html tag_of(const TagWords& words);

std::string_view in_words(Gate gate);      // "handed in"
std::string_view in_words(Choice choice);  // "Yes, with conditions"
std::string_view in_words(DecisionOutcome outcome);
std::string_view in_words(LessonResult result);  // "It did not work"

// "the rules", "the Prototype board", "the Estates board and the Prototype board".
std::string decided_by(const Decision& decision);

// A hash, an id: what is not read but copied.
Html as_code(std::string_view text);

// "1 thing to fix", "2 things to fix".
std::string counted(std::size_t number, std::string_view one, std::string_view many);

// "a", "a and b", "a, b and c".
template <class Strings>
std::string listed(const Strings& words) {
  std::string list;
  std::size_t left = words.size();
  for (const auto& word : words) {
    if (!list.empty()) list += left == 1 ? " and " : ", ";
    list += word;
    --left;
  }
  return list;
}

}  // namespace lockgate::web
