#include "plugin/web/forms.hpp"

#include <algorithm>
#include <utility>

#include "plugin/web/fact_words.hpp"

namespace lockgate::web {
namespace {

// Of UTF-8, as form_body.hpp promises it.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

std::string at_most(std::string_view what, std::size_t most) {
  const std::string number =
      most < 1000 ? std::to_string(most) : std::to_string(most / 1000) + ",000";
  return std::string(what) + " must be " + number + " characters or less";
}

class Errors {
 public:
  void add(std::string field, std::string message) {
    errors_.push_back({std::move(field), std::move(message)});
  }
  void require(const char* field, std::string_view text, const char* message) {
    if (text.empty()) add(field, message);
  }
  void limit(const char* field, std::string_view text, std::string_view what) {
    if (characters(text) > kMostText) add(field, at_most(what, kMostText));
  }
  std::vector<FieldError> take() && { return std::move(errors_); }

 private:
  std::vector<FieldError> errors_;
};

std::string without_space(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return std::string(line.substr(first, line.find_last_not_of(" \t\r") - first + 1));
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (std::string line = without_space(text.substr(0, end)); !line.empty()) {
      lines.push_back(std::move(line));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

void check_conditions(const gate::VoteForm& form, Errors& errors) {
  const bool with_conditions = form.choice == Choice::yes_with_conditions;
  if (with_conditions && form.conditions.empty()) {
    return errors.add("conditions", "Enter at least one condition, or choose ‘Yes’ instead");
  }
  if (!with_conditions && !form.conditions.empty()) {
    return errors.add("conditions",
                      "Choose ‘Yes, with conditions’, or remove what you wrote under Conditions");
  }
  if (form.conditions.size() > kMostConditions) {
    return errors.add("conditions",
                      "Enter " + std::to_string(kMostConditions) + " conditions or fewer");
  }
  if (std::any_of(form.conditions.begin(), form.conditions.end(),
                  [](const std::string& each) { return characters(each) > kMostConditionText; })) {
    errors.add("conditions", at_most("Each condition", kMostConditionText));
  }
}

}  // namespace

VoteInput read_vote(const FormBody& form) {
  VoteInput input{.ballot = form.text("ballot"),
                  .seen = form.text("seen"),
                  .choice = form.text("choice"),
                  .reasons = form.text("reasons"),
                  .note = form.text("note"),
                  .conditions = {},
                  .not_mine = form.text("not_mine") == "yes"};
  for (const std::string& each : form.texts("conditions")) {
    if (!input.conditions.empty()) input.conditions += '\n';
    input.conditions += each;
  }
  return input;
}

CheckedVote check_vote(const VoteInput& input, bool proposer_known) {
  Errors errors;
  gate::VoteForm form{.ballot = {input.ballot},
                      .seen = {input.seen},
                      .choice = Choice::not_voting,
                      .reasons = input.reasons,
                      .note = input.note,
                      .conditions = lines_of(input.conditions),
                      .not_mine = input.not_mine};
  const auto choice = choice_from_text(input.choice);
  if (choice) {
    form.choice = *choice;
    check_conditions(form, errors);
  } else {
    errors.add("choice", "Choose how you vote");
  }
  if (form.choice != Choice::not_voting || !choice) {
    errors.require("reasons", form.reasons, "Enter your reasons");
  }
  errors.limit("reasons", form.reasons, "Your reasons");
  errors.limit("note", form.note, "Your note to the board");
  if (!proposer_known && !form.not_mine) {
    errors.add("not_mine", "Confirm that this prototype is not your own");
  }
  return {std::move(form), std::move(errors).take()};
}

LessonInput read_lesson(const FormBody& form) {
  return {.result = form.text("result"),
          .expected = form.text("expected"),
          .happened = form.text("happened"),
          .next = form.text("next")};
}

CheckedLesson check_lesson(const LessonInput& input) {
  Errors errors;
  const auto result = lesson_result_from_text(input.result);
  if (!result) errors.add("result", "Choose what came of it");
  errors.require("expected", input.expected, "Enter what you expected");
  errors.limit("expected", input.expected, "What you expected");
  errors.require("happened", input.happened, "Enter what happened");
  errors.limit("happened", input.happened, "What happened");
  errors.require("next", input.next, "Enter what you will do differently");
  errors.limit("next", input.next, "What you will do differently");
  return {{.result = result.value_or(LessonResult::could_not_tell),
           .expected = input.expected,
           .happened = input.happened,
           .next = input.next},
          std::move(errors).take()};
}

std::vector<FieldError> field_errors(const Error& error) {
  std::vector<FieldError> errors;
  for (const Problem& problem : error.problems) {
    const std::size_t name = problem.pointer.starts_with('/') ? 1 : 0;
    errors.push_back({problem.pointer.substr(name), capitalised(problem.fix)});
  }
  return errors;
}

}  // namespace lockgate::web
