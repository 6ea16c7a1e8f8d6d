#include "plugin/web/forms.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lockgate::web {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Fields = std::vector<std::pair<std::string, std::string>>;

std::vector<std::string> shown(const std::vector<FieldError>& errors) {
  std::vector<std::string> all;
  for (const FieldError& error : errors) all.push_back(error.field + ": " + error.message);
  return all;
}

struct VoteCase {
  const char* name;
  Fields fields;
  std::vector<std::string> errors;
  bool proposer_known = true;
};

class VoteForms : public testing::TestWithParam<VoteCase> {};

TEST_P(VoteForms, AreHeldToWhatAVoteNeeds) {
  const VoteCase& given = GetParam();
  const VoteInput input = read_vote(FormBody(given.fields));
  EXPECT_EQ(shown(check_vote(input, given.proposer_known).errors), given.errors);
}

const std::string kLong(kMostText, 'a');

INSTANTIATE_TEST_SUITE_P(
    Of, VoteForms,
    testing::Values(
        VoteCase{"Nothing", {}, {"choice: Choose how you vote", "reasons: Enter your reasons"}},
        VoteCase{"UnknownChoice",
                 {{"choice", "perhaps"}, {"reasons", "Why not."}},
                 {"choice: Choose how you vote"}},
        VoteCase{"Yes", {{"choice", "yes"}, {"reasons", "It is small."}}, {}},
        VoteCase{"WithoutReasons", {{"choice", "no"}}, {"reasons: Enter your reasons"}},
        VoteCase{"SpacesAreNoReasons",
                 {{"choice", "no"}, {"reasons", " \r\n\t"}},
                 {"reasons: Enter your reasons"}},
        VoteCase{"NotVotingNeedsNoReasons", {{"choice", "not_voting"}}, {}},
        VoteCase{"NeedInformationNeedsThem",
                 {{"choice", "need_information"}},
                 {"reasons: Enter your reasons"}},
        VoteCase{"WithConditions",
                 {{"choice", "yes_with_conditions"}, {"reasons", "r"}, {"conditions", "one"}},
                 {}},
        VoteCase{"ConditionsMissing",
                 {{"choice", "yes_with_conditions"}, {"reasons", "r"}, {"conditions", " \n "}},
                 {"conditions: Enter at least one condition, or choose ‘Yes’ instead"}},
        VoteCase{"ConditionsLeftOver",
                 {{"choice", "no"}, {"reasons", "r"}, {"conditions", "one"}},
                 {"conditions: Choose ‘Yes, with conditions’, or remove what you wrote under "
                  "Conditions"}},
        VoteCase{"LongestReasons", {{"choice", "no"}, {"reasons", kLong}}, {}},
        VoteCase{"ReasonsTooLong",
                 {{"choice", "no"}, {"reasons", kLong + "a"}},
                 {"reasons: Your reasons must be 4,000 characters or less"}},
        VoteCase{"NoteTooLong",
                 {{"choice", "no"}, {"reasons", "r"}, {"note", kLong + "a"}},
                 {"note: Your note to the board must be 4,000 characters or less"}},
        VoteCase{"ConditionTooLong",
                 {{"choice", "yes_with_conditions"},
                  {"reasons", "r"},
                  {"conditions", "one\n" + std::string(kMostConditionText + 1, 'a')}},
                 {"conditions: Each condition must be 500 characters or less"}},
        VoteCase{"NotSaidWhoseItIs",
                 {{"choice", "yes"}, {"reasons", "r"}},
                 {"not_mine: Confirm that this prototype is not your own"},
                 false},
        VoteCase{"SaidWhoseItIs",
                 {{"choice", "yes"}, {"reasons", "r"}, {"not_mine", "yes"}},
                 {},
                 false}),
    [](const auto& about) { return about.param.name; });

TEST(VoteForms, CountCharactersAndNotBytes) {
  std::string reasons;
  for (std::size_t i = 0; i < kMostText; ++i) reasons += "é";
  const Fields fields{{"choice", "no"}, {"reasons", reasons}};
  EXPECT_THAT(check_vote(read_vote(FormBody(fields)), true).errors, IsEmpty());
}

TEST(VoteForms, TakeAConditionFromEachLineAndEachBox) {
  const Fields fields{{"choice", "yes_with_conditions"},
                      {"reasons", "r"},
                      {"conditions", "First.\r\n\r\n  Second. \n"},
                      {"conditions", "Third."}};
  const CheckedVote vote = check_vote(read_vote(FormBody(fields)), true);
  EXPECT_THAT(vote.form.conditions, ElementsAre("First.", "Second.", "Third."));
}

TEST(VoteForms, TakeNoMoreThanTwentyConditions) {
  std::string conditions;
  for (std::size_t i = 0; i <= kMostConditions; ++i) conditions += "c\n";
  const Fields fields{
      {"choice", "yes_with_conditions"}, {"reasons", "r"}, {"conditions", conditions}};
  EXPECT_THAT(shown(check_vote(read_vote(FormBody(fields)), true).errors),
              ElementsAre("conditions: Enter 20 conditions or fewer"));
}

TEST(VoteForms, SayWhatTheGatekeeperIsAsked) {
  const Fields fields{{"ballot", "bal_1"}, {"seen", "chk_1"},   {"choice", "need_information"},
                      {"reasons", "Why?"}, {"note", "A note."}, {"not_mine", "yes"}};
  const gate::VoteForm form = check_vote(read_vote(FormBody(fields)), false).form;
  EXPECT_EQ(form.ballot.text, "bal_1");
  EXPECT_EQ(form.seen.text, "chk_1");
  EXPECT_EQ(form.choice, Choice::need_information);
  EXPECT_EQ(form.reasons, "Why?");
  EXPECT_EQ(form.note, "A note.");
  EXPECT_TRUE(form.not_mine);
}

TEST(LessonForms, NeedAllFour) {
  EXPECT_THAT(
      shown(check_lesson(read_lesson(FormBody())).errors),
      ElementsAre("result: Choose what came of it", "expected: Enter what you expected",
                  "happened: Enter what happened", "next: Enter what you will do differently"));
}

TEST(LessonForms, SayWhatTheGatekeeperIsAsked) {
  const Fields fields{{"result", "did_not_work"},
                      {"expected", "More."},
                      {"happened", "Fewer."},
                      {"next", "Ask first."}};
  const CheckedLesson lesson = check_lesson(read_lesson(FormBody(fields)));
  EXPECT_THAT(lesson.errors, IsEmpty());
  EXPECT_EQ(lesson.form.result, LessonResult::did_not_work);
  EXPECT_EQ(lesson.form.happened, "Fewer.");
}

TEST(LessonForms, HaveALimit) {
  LessonInput input{"worked", kLong + "a", "b", "c"};
  EXPECT_THAT(shown(check_lesson(input).errors),
              ElementsAre("expected: What you expected must be 4,000 characters or less"));
}

TEST(FieldErrors, StandBesideTheFieldsThatThePointersName) {
  const Error error{Errc::invalid,
                    "the vote is not complete",
                    {{"/reasons", "reasons are missing", "give the reasons for your vote"}}};
  EXPECT_THAT(shown(field_errors(error)), ElementsAre("reasons: Give the reasons for your vote"));
}

}  // namespace
}  // namespace lockgate::web
