// Votes: one member, one vote, by the frozen roll, before the time is over.

#include <barrier>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/gate/own.hpp"
#include "tests/gate/house.hpp"

namespace lockgate::test {
namespace {

using namespace std::chrono_literals;

void expect_sound(House& house) {
  house.place();
  const auto report = house.audit();
  for (const gate::Fault& fault : report.faults) ADD_FAILURE() << fault.what;
}

TEST(Voting, AReferredPrototypeIsDecidedByTheVotesOfTwo) {
  House house;
  const Prototype referred = house.refer();
  EXPECT_EQ(referred.stage, Stage::voting);
  EXPECT_EQ(referred.ballots.at(0).terms.seats.at(0).rules, std::vector<std::string>{"aa-01"});
  ASSERT_TRUE(house.vote("bo", Choice::yes));
  const auto decided = house.vote("ann", Choice::yes_with_conditions);
  ASSERT_TRUE(decided) << decided.error().message;
  EXPECT_EQ(decided->decision->outcome, DecisionOutcome::approved_with_conditions);
  EXPECT_EQ(decided->decision->authority, std::vector<std::string>{"Panel"});
  EXPECT_EQ(house.prototype(), *decided);
  const TextId condition = decided->decision->conditions.at(0).text;
  EXPECT_EQ(house.database->texts({condition})->at(0).text, "Take care of ann.");
  expect_sound(house);
}

TEST(Voting, TheRulesAreAskedOnceMoreBeforeADecisionAndMayStopIt) {
  House house;
  house.council.boards[0].seats.resize(1);
  house.council.boards[0].quorum = 1;
  house.refer();
  const auto stopped = house.vote("ann", Choice::yes);  // too few were there, says a rule
  ASSERT_TRUE(stopped);
  EXPECT_EQ(stopped->stage, Stage::stopped);
  EXPECT_EQ(stopped->gate, Gate::decide);
  EXPECT_FALSE(stopped->decision);
  EXPECT_TRUE(house.database->tellings(stopped->id)->empty());
  expect_sound(house);
}

TEST(Voting, ABoardThatIsNamedOnlyAtGateDecideMustCarryItToo) {
  House house;
  ASSERT_TRUE(house.deliver({.id = "msg_1", .facts = R"({"people.participants":501})"}));
  ASSERT_TRUE(house.vote("ann", Choice::yes));
  const auto more = house.vote("bo", Choice::yes);
  ASSERT_TRUE(more);
  EXPECT_EQ(more->stage, Stage::voting);
  ASSERT_EQ(more->ballots.size(), 2u);
  EXPECT_EQ(more->ballots[1].terms.board.text, "treasury");
  ASSERT_TRUE(house.vote("ed", Choice::yes));
  ASSERT_TRUE(house.vote("dee", Choice::yes));
  EXPECT_EQ(house.prototype().decision->outcome, DecisionOutcome::approved);
  EXPECT_EQ(house.prototype().decision->authority, (std::vector<std::string>{"Panel", "Treasury"}));
  expect_sound(house);
}

TEST(Voting, O72_WhoHasNoSeatHasNoVote) {
  House house;
  const Prototype referred = house.refer();
  for (const char* stranger : {"", "zoe", "dee"}) {
    const auto vote = house.gatekeeper->vote(referred.id, {stranger},
                                             {.ballot = referred.ballots[0].id,
                                              .seen = referred.check->id,
                                              .choice = Choice::yes,
                                              .reasons = "because",
                                              .not_mine = true});
    ASSERT_FALSE(vote) << stranger;
    EXPECT_EQ(vote.error().code, Errc::forbidden);
  }
  EXPECT_EQ(house.prototype().version, 1);
}

TEST(Voting, O73_ASecondVoteOfAMemberIsRefusedAndTheFirstCounts) {
  House house;
  house.refer();
  ASSERT_TRUE(house.vote("ann", Choice::yes));
  const auto again = house.vote("ann", Choice::no);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, Errc::conflict);
  EXPECT_EQ(house.prototype().ballots[0].votes.size(), 1u);
}

TEST(Voting, O74_FiftyVotesOfOneMemberAtOnceCountAsOne) {
  House house;
  house.refer();
  constexpr int kVotes = 50;
  std::barrier start(kVotes);
  std::atomic<int> counted = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> voters;
  for (int i = 0; i < kVotes; ++i) {
    voters.emplace_back([&, i] {
      start.arrive_and_wait();
      const auto vote = house.vote("cy", i % 2 == 0 ? Choice::yes : Choice::no);
      if (vote) {
        ++counted;
      } else if (vote.error().code == Errc::conflict) {
        ++refused;
      }
    });
  }
  for (auto& voter : voters) voter.join();
  EXPECT_EQ(counted, 1);
  EXPECT_EQ(refused, kVotes - 1);
  EXPECT_EQ(house.prototype().ballots[0].votes.size(), 1u);
  expect_sound(house);
}

TEST(Voting, O75_NobodyVotesOnAPrototypeOfTheirOwnByWhateverNameTheyAreKnown) {
  for (const char* more :
       {R"(,"proposer":"cy")", R"(,"proposer":" CY ")", R"(,"proposer":"cy@Council.example")",
        R"(,"proposer":"zoe","editors":["yan","cy"])"}) {
    House house;
    house.refer(more);
    const auto own = house.vote("cy", Choice::yes);
    ASSERT_FALSE(own) << more;
    EXPECT_EQ(own.error().code, Errc::forbidden);
    EXPECT_EQ(own.error().message, "nobody votes on a prototype of their own");
  }
}

TEST(Voting, O75_WhoIsKnownFromAnEarlierMessageStaysItsOwner) {
  House house;
  ASSERT_TRUE(house.deliver({.id = "msg_1", .more = R"(,"proposer":"cy")"}));
  house.refer();  // does not say whose it is
  EXPECT_EQ(house.vote("cy", Choice::yes).error().code, Errc::forbidden);
}

TEST(Voting, O75_AnEditorHasNoVoteOnABoardThatIsNamedOnlyAtGateDecide) {
  House house;
  ASSERT_TRUE(house.deliver({.id = "msg_1",
                             .facts = R"({"people.participants":501})",
                             .more = R"(,"proposer":"zoe","editors":["dee"])"}));
  ASSERT_TRUE(house.vote("ann", Choice::yes));
  ASSERT_TRUE(house.vote("bo", Choice::yes));
  EXPECT_EQ(house.vote("dee", Choice::yes).error().code, Errc::forbidden);
  expect_sound(house);
}

TEST(Voting, O76_TheClosingMomentIsTheServersAndNothingCountsFromItOn) {
  House house;
  const UtcTime closes = house.refer().ballots[0].terms.closes_at;
  house.clock.set(closes);
  EXPECT_EQ(house.vote("ann", Choice::yes).error().code, Errc::conflict);
  house.clock.set(closes + 1ms);
  EXPECT_EQ(house.vote("ann", Choice::yes).error().code, Errc::conflict);
  house.clock.set(closes - 1ms);
  EXPECT_TRUE(house.vote("ann", Choice::yes));
}

TEST(Voting, O76_AClockThatIsSetBackDoesNotReopenABallotThatIsOver) {
  House house;
  const Prototype referred = house.refer();
  house.clock.set(referred.ballots[0].terms.closes_at);
  ASSERT_TRUE(house.gatekeeper->time_out(referred.id, referred.ballots[0].id));
  house.clock.set(house.prototype().ballots[0].terms.closes_at);
  ASSERT_TRUE(house.gatekeeper->time_out(referred.id, referred.ballots[0].id));
  EXPECT_EQ(house.prototype().decision->outcome, DecisionOutcome::inquorate);
  house.clock.advance(-1h);
  EXPECT_EQ(house.vote("ann", Choice::yes).error().code, Errc::not_found);
  expect_sound(house);
}

TEST(Voting, O77_TheVotesThatCompleteAQuorumAtOnceMakeOneDecision) {
  House house;
  house.refer();
  std::barrier start(2);
  std::vector<std::thread> voters;
  for (const char* member : {"ann", "bo"}) {
    voters.emplace_back([&house, &start, member] {
      start.arrive_and_wait();
      EXPECT_TRUE(house.vote(member, Choice::yes));
    });
  }
  for (auto& voter : voters) voter.join();
  const Prototype decided = house.prototype();
  ASSERT_TRUE(decided.decision);
  EXPECT_EQ(house.database->tellings(decided.id)->size(), 1u);
  EXPECT_EQ(decided.version, 4);
  expect_sound(house);
}

struct Ending {
  const char* name;
  std::vector<std::pair<std::string, Choice>> votes;
  const char* more;  // of the message
  DecisionOutcome outcome;
};

class EveryEnding : public testing::TestWithParam<Ending> {};

INSTANTIATE_TEST_SUITE_P(
    O78, EveryEnding,
    testing::Values(Ending{"ATieIsLost",
                           {{"ann", Choice::yes}, {"bo", Choice::no}, {"cy", Choice::not_voting}},
                           "",
                           DecisionOutcome::not_approved},
                    Ending{"AbstentionsAloneDoNotCarry",
                           {{"ann", Choice::not_voting},
                            {"bo", Choice::not_voting},
                            {"cy", Choice::not_voting}},
                           "",
                           DecisionOutcome::not_approved},
                    Ending{"NobodyVotes", {}, "", DecisionOutcome::inquorate},
                    Ending{"WithoutTheRequiredSeat",
                           {{"bo", Choice::yes}, {"cy", Choice::yes}},
                           "",
                           DecisionOutcome::inquorate},
                    Ending{"EverybodyIsConflictedOut",
                           {},
                           R"(,"proposer":"ann","editors":["bo","cy"])",
                           DecisionOutcome::inquorate}),
    [](const auto& about) { return about.param.name; });

TEST_P(EveryEnding, O78_IsRecordedAndToldOnce) {
  House house;
  house.refer(GetParam().more);
  for (const auto& [member, choice] : GetParam().votes) ASSERT_TRUE(house.vote(member, choice));
  const auto outbox = house.outbox();
  for (int deadline = 0; deadline < 2 && !house.prototype().decision; ++deadline) {
    house.clock.set(house.prototype().ballots[0].terms.closes_at);
    outbox->run_due();
  }
  ASSERT_TRUE(house.prototype().decision);
  EXPECT_EQ(house.prototype().decision->outcome, GetParam().outcome);
  outbox->run_due();
  EXPECT_EQ(house.hits().size(), 1u);
  expect_sound(house);
}

TEST(Voting, O79_AVoteOnFindingsThatChangedSinceIsRefused) {
  House house;
  const Prototype seen = house.refer();
  ASSERT_TRUE(house.deliver({.id = "msg_2", .facts = R"({"people.participants":12})"}));
  const auto stale = house.gatekeeper->vote(seen.id, {"ann"},
                                            {.ballot = seen.ballots[0].id,
                                             .seen = seen.check->id,
                                             .choice = Choice::yes,
                                             .reasons = "because",
                                             .not_mine = true});
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().code, Errc::conflict);
  EXPECT_TRUE(house.vote("ann", Choice::yes));
}

TEST(Voting, AnIncompleteVoteNamesItsFieldsAndLeavesNothing) {
  House house;
  const Prototype referred = house.refer();
  const auto vote = house.gatekeeper->vote(referred.id, {"ann"},
                                           {.ballot = referred.ballots[0].id,
                                            .seen = referred.check->id,
                                            .choice = Choice::yes_with_conditions});
  ASSERT_FALSE(vote);
  EXPECT_EQ(vote.error().code, Errc::invalid);
  EXPECT_EQ(vote.error().problems.size(), 3u);
  EXPECT_EQ(house.prototype().version, 1);
}

TEST(Lesson, IsWrittenOnceADecisionIsThereAndReadBack) {
  House house;
  ASSERT_TRUE(house.deliver({.id = "msg_1", .facts = R"({"people.participants":2000})"}));
  const gate::LessonForm form{.result = LessonResult::did_not_work,
                              .expected = "Fewer falls",
                              .happened = "More falls",
                              .next = "Ask first"};
  const PrototypeId id = house.prototype().id;
  EXPECT_EQ(house.gatekeeper->write_lesson(id, {"ann"}, form).error().code, Errc::conflict);
  ASSERT_TRUE(house.deliver({.id = "msg_2"}));
  EXPECT_EQ(house.gatekeeper->write_lesson(id, {"ann"}, {}).error().problems.size(), 3u);
  ASSERT_TRUE(house.gatekeeper->write_lesson(id, {"ann"}, form));
  const auto lesson = house.prototype().lesson;
  ASSERT_TRUE(lesson);
  EXPECT_EQ(house.database->texts({lesson->happened})->at(0).text, "More falls");
  EXPECT_EQ(lesson->by.text, "ann");
  expect_sound(house);
}

TEST(Own, APrototypesIdDependsOnSourceAndCaseAlone) {
  EXPECT_EQ(gate::prototype_id({{"a"}, "1"}), gate::prototype_id({{"a"}, "1"}));
  EXPECT_NE(gate::prototype_id({{"a"}, "1"}), gate::prototype_id({{"a"}, "2"}));
  EXPECT_NE(gate::prototype_id({{"a"}, "1"}), gate::prototype_id({{"b"}, "1"}));
}

}  // namespace
}  // namespace lockgate::test
