#include "plugin/workflow/decide.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lockgate::workflow {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const UtcTime kStart = *time_from_text("2026-11-23T09:00:00.000000Z");

Finding finding(std::string rule, Outcome outcome) {
  return {.rule = std::move(rule),
          .outcome = outcome,
          .question = {},
          .to = "Data Protection Officer",
          .say = "Say so.",
          .fix = {},
          .takes = {},
          .before = {},
          .basis = "law",
          .source = {},
          .facts = {},
          .waits_for = {},
          .trouble = {}};
}

// One prototype, a board of three with quorum two, one event after another.
class Story {
 public:
  BallotTerms terms(std::string board = "board") const {
    BallotTerms terms{.board = {board},
                      .board_name = board,
                      .seats = {},
                      .quorum = 2,
                      .proposer_known = true,
                      .closes_at = kStart + 24h,
                      .extended_to = kStart + 48h};
    for (const char* name : {"ann", "bo", "cy"}) {
      terms.seats.push_back({.id = {name}, .name = name, .member = {name}, .rules = {}});
    }
    terms.seats[0].required = true;
    terms.seats[0].rules = {"dp-01"};
    return terms;
  }

  Result<Step> check(Verdict verdict, std::vector<Finding> findings,
                     std::vector<BallotDraft> drafts = {}, Gate gate = Gate::submit,
                     bool asked = false) {
    Check check;
    check.id = {"chk_" + std::to_string(now.checks + 1)};
    check.number = now.checks + 1;
    check.gate = gate;
    check.verdict = verdict;
    check.findings = std::move(findings);
    check.rule_set = "rules";
    check.at = at;
    return apply(Checked{.check = check,
                         .delivery = asked ? "" : "msg_" + std::to_string(check.number),
                         .number = 1,
                         .about = {{"casework"}, "CASE-1"},
                         .organisation = {},
                         .title = {"title"},
                         .proposer = {},
                         .ballots = std::move(drafts),
                         .decision = {"dec_" + std::to_string(check.number)}});
  }

  Result<Step> refer() {
    return check(Verdict::refer, {finding("dp-01", Outcome::refer)}, {{{"bal_1"}, terms()}});
  }

  Result<Step> vote(std::string member, Choice choice) {
    Vote vote{.member = {std::move(member)}, .choice = choice, .reasons = {"why"}, .at = at};
    if (choice == Choice::yes_with_conditions) vote.conditions = {{"condition"}};
    return apply(VoteCast{{"bal_1"}, vote, now.check->id, {"dec_vote"}});
  }

  Result<Step> apply(decltype(Event::what) what) {
    Result<Step> step = decide(now, Event{at, std::move(what)});
    if (step) {
      now = step->next;
      at += 1min;
    }
    return step;
  }

  Prototype now{.id = {"prt_1"}};
  UtcTime at = kStart;
};

TEST(Decide, ApprovesAtOnceWhereTheRulesHaveNothingToSay) {
  Story story;
  const Result<Step> step = story.check(Verdict::approve, {});
  ASSERT_TRUE(step);
  EXPECT_EQ(story.now.stage, Stage::decided);
  EXPECT_EQ(story.now.decision->outcome, DecisionOutcome::approved);
  EXPECT_THAT(story.now.decision->authority, ElementsAre("rules"));
  EXPECT_THAT(step->effects, ElementsAre(Effect(WriteBack{{"dec_1"}})));
  EXPECT_EQ(story.now.version, 1);
  EXPECT_EQ(story.now.check->version, 1);
}

TEST(Decide, KeepsTheConditionsOfTheRules) {
  Story story;
  ASSERT_TRUE(story.check(Verdict::approve_with_conditions,
                          {finding("dp-08", Outcome::condition), finding("fp-13", Outcome::note)}));
  EXPECT_EQ(story.now.decision->outcome, DecisionOutcome::approved_with_conditions);
  ASSERT_EQ(story.now.decision->conditions.size(), 1u);
  EXPECT_EQ(story.now.decision->conditions[0].rule, "dp-08");
  EXPECT_EQ(story.now.decision->conditions[0].before, "start");
}

TEST(Decide, StopsOnABlockAndWaitsForAnAskWithoutADecision) {
  Story story;
  ASSERT_TRUE(story.check(Verdict::block, {finding("dp-05", Outcome::block)}));
  EXPECT_EQ(story.now.stage, Stage::stopped);
  ASSERT_TRUE(story.check(Verdict::ask_for_info, {finding("dp-03", Outcome::ask)}));
  EXPECT_EQ(story.now.stage, Stage::waiting);
  EXPECT_FALSE(story.now.decision);
}

TEST(Decide, OpensABallotAndAsksGateDecideWhenItHasCarried) {
  Story story;
  const Result<Step> opened = story.refer();
  ASSERT_TRUE(opened);
  EXPECT_THAT(opened->effects, ElementsAre(Effect(WakeAt{{"bal_1"}, kStart + 24h})));
  ASSERT_TRUE(story.vote("bo", Choice::yes));
  EXPECT_EQ(story.now.stage, Stage::voting);
  const Result<Step> carried = story.vote("ann", Choice::yes_with_conditions);
  ASSERT_TRUE(carried);
  EXPECT_TRUE(carried->ask_decide);
  EXPECT_THAT(carried->effects, IsEmpty());
  EXPECT_FALSE(story.now.decision);

  // The finding that is referred again was answered by the vote of its seat.
  ASSERT_TRUE(story.check(Verdict::refer, {finding("dp-01", Outcome::refer)},
                          {{{"bal_2"}, story.terms()}}, Gate::decide, true));
  ASSERT_TRUE(story.now.decision);
  EXPECT_EQ(story.now.decision->outcome, DecisionOutcome::approved_with_conditions);
  EXPECT_THAT(story.now.decision->authority, ElementsAre("board"));
  ASSERT_EQ(story.now.decision->conditions.size(), 1u);
  EXPECT_EQ(story.now.decision->conditions[0].text.text, "condition");
}

TEST(Decide, ABlockAtGateDecideStopsTheRecordingOfACarriedBallot) {
  Story story;
  ASSERT_TRUE(story.refer());
  ASSERT_TRUE(story.vote("ann", Choice::yes));
  ASSERT_TRUE(story.vote("bo", Choice::yes));
  const Result<Step> step =
      story.check(Verdict::block, {finding("dp-01", Outcome::block)}, {}, Gate::decide, true);
  ASSERT_TRUE(step);
  EXPECT_EQ(story.now.stage, Stage::stopped);
  EXPECT_THAT(step->effects, IsEmpty());
  EXPECT_FALSE(story.now.decision);
}

TEST(Decide, ALostBallotConcludesAndTellsTheCaseSystem) {
  Story story;
  ASSERT_TRUE(story.refer());
  ASSERT_TRUE(story.vote("ann", Choice::no));
  const Result<Step> lost = story.vote("bo", Choice::no);
  ASSERT_TRUE(lost);
  EXPECT_EQ(story.now.stage, Stage::decided);
  EXPECT_EQ(story.now.decision->outcome, DecisionOutcome::not_approved);
  EXPECT_EQ(story.now.decision->rule_set, "rules");
  EXPECT_THAT(lost->effects, ElementsAre(Effect(WriteBack{{"dec_vote"}})));
}

TEST(Decide, O73_ASecondVoteOfAMemberIsAConflictAndTheCountStaysOne) {
  Story story;
  ASSERT_TRUE(story.refer());
  ASSERT_TRUE(story.vote("ann", Choice::yes));
  const Result<Step> again = story.vote("ann", Choice::no);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, Errc::conflict);
  EXPECT_EQ(story.now.ballots[0].votes.size(), 1u);
}

TEST(Decide, O75_NobodyVotesOnAPrototypeOfTheirOwn) {
  Story story;
  BallotTerms terms = story.terms();
  terms.seats[2].own = true;
  ASSERT_TRUE(
      story.check(Verdict::refer, {finding("dp-01", Outcome::refer)}, {{{"bal_1"}, terms}}));
  const Result<Step> own = story.vote("cy", Choice::yes);
  ASSERT_FALSE(own);
  EXPECT_EQ(own.error().code, Errc::forbidden);
  EXPECT_EQ(own.error().message, "nobody votes on a prototype of their own");
}

TEST(Decide, O72_AStrangerHasNoVote) {
  Story story;
  ASSERT_TRUE(story.refer());
  const Result<Step> stranger = story.vote("stranger", Choice::yes);
  ASSERT_FALSE(stranger);
  EXPECT_EQ(stranger.error().code, Errc::forbidden);
}

TEST(Decide, AVoteAtTheClosingMomentIsTooLate) {
  Story story;
  ASSERT_TRUE(story.refer());
  story.at = kStart + 24h;
  EXPECT_EQ(story.vote("ann", Choice::yes).error().code, Errc::conflict);
  story.at = kStart + 24h - 1us;
  EXPECT_TRUE(story.vote("ann", Choice::yes));
}

TEST(Decide, AVoteOnFindingsThatChangedSinceIsRefused) {
  Story story;
  ASSERT_TRUE(story.refer());
  Vote vote{.member = {"ann"}, .choice = Choice::yes, .reasons = {"why"}, .at = story.at};
  const Result<Step> stale = story.apply(VoteCast{{"bal_1"}, vote, {"chk_0"}, {"dec"}});
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().message, "the findings changed since you read them");
}

TEST(Decide, AnIncompleteVoteNamesTheFields) {
  Story story;
  BallotTerms terms = story.terms();
  terms.proposer_known = false;
  ASSERT_TRUE(
      story.check(Verdict::refer, {finding("dp-01", Outcome::refer)}, {{{"bal_1"}, terms}}));
  Vote vote{.member = {"ann"}, .choice = Choice::yes_with_conditions, .at = story.at};
  const Result<Step> step = story.apply(VoteCast{{"bal_1"}, vote, story.now.check->id, {"dec"}});
  ASSERT_FALSE(step);
  std::vector<std::string> pointers;
  for (const Problem& problem : step.error().problems) pointers.push_back(problem.pointer);
  EXPECT_THAT(pointers, ElementsAre("/reasons", "/conditions", "/not_mine"));
}

TEST(Decide, MoreInformationPausesUntilANewDeliveryAndTheMemberVotesAgain) {
  Story story;
  ASSERT_TRUE(story.refer());
  ASSERT_TRUE(story.vote("bo", Choice::yes));
  ASSERT_TRUE(story.vote("ann", Choice::need_information));
  EXPECT_EQ(story.now.ballots[0].state, BallotState::paused);
  ASSERT_TRUE(story.refer());  // the same findings
  EXPECT_EQ(story.now.ballots[0].state, BallotState::open);
  ASSERT_EQ(story.now.ballots.size(), 1u);
  EXPECT_EQ(story.now.ballots[0].votes.size(), 1u);
  const Result<Step> carried = story.vote("ann", Choice::yes);
  ASSERT_TRUE(carried);
  EXPECT_TRUE(carried->ask_decide);
}

TEST(Decide, ANewBlockPausesTheBallotAndItsEndResumesIt) {
  Story story;
  ASSERT_TRUE(story.refer());
  ASSERT_TRUE(story.check(Verdict::block, {finding("dp-05", Outcome::block)}));
  EXPECT_EQ(story.now.ballots[0].state, BallotState::paused);
  EXPECT_EQ(story.vote("ann", Choice::yes).error().code, Errc::conflict);
  ASSERT_TRUE(story.refer());
  EXPECT_EQ(story.now.ballots[0].state, BallotState::open);
}

TEST(Decide, ABallotThatNothingRefersToAnyMoreIsWithdrawn) {
  Story story;
  ASSERT_TRUE(story.refer());
  ASSERT_TRUE(story.check(Verdict::approve, {}));
  EXPECT_EQ(story.now.ballots[0].state, BallotState::withdrawn);
  EXPECT_EQ(story.now.decision->outcome, DecisionOutcome::approved);
  EXPECT_THAT(story.now.decision->authority, ElementsAre("rules"));
}

TEST(Decide, TwoBoardsMustBothCarryAndALostOneConcludes) {
  Story story;
  ASSERT_TRUE(story.check(Verdict::refer, {finding("dp-01", Outcome::refer)},
                          {{{"bal_1"}, story.terms("one")}, {{"bal_2"}, story.terms("two")}}));
  ASSERT_TRUE(story.vote("ann", Choice::yes));
  const Result<Step> one = story.vote("bo", Choice::yes);
  ASSERT_TRUE(one);
  EXPECT_FALSE(one->ask_decide);
  EXPECT_EQ(story.now.stage, Stage::voting);
  story.at = kStart + 24h;
  ASSERT_TRUE(story.apply(BallotTimedOut{{"bal_2"}, {"dec_x"}}));
  story.at = kStart + 48h;
  ASSERT_TRUE(story.apply(BallotTimedOut{{"bal_2"}, {"dec_x"}}));
  EXPECT_EQ(story.now.decision->outcome, DecisionOutcome::inquorate);
}

TEST(Decide, O78_AnInquorateBallotIsExtendedOnceAndThenConcludes) {
  Story story;
  ASSERT_TRUE(story.refer());
  story.at = kStart + 24h - 1us;
  ASSERT_TRUE(story.apply(BallotTimedOut{{"bal_1"}, {"dec_early"}}));
  EXPECT_FALSE(story.now.ballots[0].extended);
  story.at = kStart + 24h;
  const Result<Step> extended = story.apply(BallotTimedOut{{"bal_1"}, {"dec_1"}});
  ASSERT_TRUE(extended);
  EXPECT_TRUE(story.now.ballots[0].extended);
  EXPECT_THAT(extended->effects, ElementsAre(Effect(WakeAt{{"bal_1"}, kStart + 48h})));
  story.at = kStart + 48h;
  ASSERT_TRUE(story.apply(BallotTimedOut{{"bal_1"}, {"dec_2"}}));
  EXPECT_EQ(story.now.decision->outcome, DecisionOutcome::inquorate);
  EXPECT_EQ(story.now.decision->id.text, "dec_2");
}

TEST(Decide, TheBoardsThatAreLeftDecideWhenOneIsNoLongerNeeded) {
  Story story;
  const std::vector<Finding> findings{finding("dp-01", Outcome::refer)};
  ASSERT_TRUE(story.check(Verdict::refer, findings,
                          {{{"bal_1"}, story.terms("one")}, {{"bal_2"}, story.terms("two")}}));
  ASSERT_TRUE(story.vote("ann", Choice::yes));
  ASSERT_TRUE(story.vote("bo", Choice::yes));
  EXPECT_EQ(story.now.ballots[0].state, BallotState::carried);
  const Result<Step> fewer = story.check(Verdict::refer, {finding("dp-02", Outcome::refer)},
                                         {{{"bal_3"}, story.terms("one")}});
  ASSERT_TRUE(fewer);
  EXPECT_EQ(story.now.ballots[1].state, BallotState::withdrawn);
  EXPECT_TRUE(fewer->ask_decide);
}

TEST(Decide, AReferralThatNamesNoBoardIsRefusedAndNotPassed) {
  Story story;
  const Result<Step> nobody = story.check(Verdict::refer, {finding("dp-01", Outcome::refer)}, {});
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().code, Errc::internal);
  EXPECT_EQ(story.now.stage, Stage::fresh);
}

TEST(Decide, ALessonClosesADecidedPrototypeForGood) {
  Story story;
  const Lesson lesson{.result = LessonResult::did_not_work,
                      .expected = {"e"},
                      .happened = {"h"},
                      .next = {"n"},
                      .by = {"ann"},
                      .at = kStart};
  EXPECT_EQ(story.apply(LessonWritten{lesson}).error().code, Errc::conflict);
  ASSERT_TRUE(story.check(Verdict::approve, {}));
  EXPECT_EQ(story.apply(LessonWritten{{}}).error().problems.size(), 3u);
  ASSERT_TRUE(story.apply(LessonWritten{lesson}));
  EXPECT_EQ(story.now.stage, Stage::closed);
  EXPECT_EQ(story.now.lesson, lesson);
  EXPECT_EQ(story.check(Verdict::approve, {}).error().code, Errc::conflict);
}

}  // namespace
}  // namespace lockgate::workflow
