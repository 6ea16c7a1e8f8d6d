// A check as a page shows it: findings in groups, each in words.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lockgate/check.hpp"
#include "plugin/web/fact_words.hpp"
#include "plugin/web/why_view.hpp"

namespace lockgate::web {

struct FindingView {
  std::string rule;    // "dp-01"
  std::string anchor;  // "finding-dp-01"
  Outcome outcome = Outcome::note;
  std::string question;
  std::string say;
  std::string fix;
  std::string takes;
  std::string to;
  std::string before;
  std::string basis;
  std::vector<std::string> source;
  std::vector<FactLine> facts;
  std::vector<std::string> decided;  // what decided, in sentences
  std::string trouble;
};

// Something that nobody has said yet.
struct QuestionView {
  std::string anchor;  // "question-1"
  std::string fact;
  std::string text;
  std::vector<std::string> rules;  // the questions of the rules that wait for it
  bool holds_up = false;           // the verdict hangs on it
};

// A rule that was asked and found nothing.
struct MetView {
  std::string rule;
  std::string question;
};

struct CheckView {
  std::vector<FindingView> must_fix;
  std::vector<FindingView> to_answer;  // asks that stand whatever else is said
  std::vector<FindingView> for_decision;
  std::vector<FindingView> conditions;
  std::vector<FindingView> to_note;
  std::vector<QuestionView> questions;  // those that hold the verdict up first
  std::vector<FactLine> facts;
  std::vector<ChangeView> changes;  // any one of them would make the verdict milder
  // Nullopt if other rules are in force now than those that were asked.
  std::optional<std::vector<MetView>> met;

  std::size_t holding_up() const;  // questions that hold the verdict up
};

CheckView view_of(const Check& check, const rules::RuleSet& in_force, const Texts& texts);

// What differs between two checks, as rules and their questions.
struct Changes {
  std::vector<MetView> fresh;  // findings that are new, or have another outcome
  std::vector<MetView> gone;
};
Changes changes(const Check& before, const Check& after);

}  // namespace lockgate::web
