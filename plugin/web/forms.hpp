// Posted fields -> what the gatekeeper is asked, or messages beside the fields.

#pragma once

#include <string>
#include <vector>

#include "lockgate/result.hpp"
#include "plugin/gate/gatekeeper.hpp"
#include "plugin/web/form_body.hpp"

namespace lockgate::web {

// What people may write, in characters.
inline constexpr std::size_t kMostText = 4000;
inline constexpr std::size_t kMostConditions = 20;
inline constexpr std::size_t kMostConditionText = 500;

struct FieldError {
  std::string field;    // the control's name and id
  std::string message;  // "Enter your reasons"
};

// A vote as it was typed, so that the form can come back as it was.
struct VoteInput {
  std::string ballot;
  std::string seen;
  std::string choice;
  std::string reasons;
  std::string note;
  std::string conditions;  // one a line
  bool not_mine = false;
};
VoteInput read_vote(const FormBody& form);

// Without errors, `form` is complete.
struct CheckedVote {
  gate::VoteForm form;
  std::vector<FieldError> errors;  // in the order of the page
};
CheckedVote check_vote(const VoteInput& input, bool proposer_known);

struct LessonInput {
  std::string result;
  std::string expected;
  std::string happened;
  std::string next;
};
LessonInput read_lesson(const FormBody& form);

struct CheckedLesson {
  gate::LessonForm form;
  std::vector<FieldError> errors;
};
CheckedLesson check_lesson(const LessonInput& input);

// What the gatekeeper found wrong with a form, beside the fields that its
// pointers name ("/reasons").
std::vector<FieldError> field_errors(const Error& error);

}  // namespace lockgate::web
