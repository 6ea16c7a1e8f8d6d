// What pages show, from what is kept: checks, ballots, histories, headlines.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/web/ballot_view.hpp"
#include "plugin/web/check_view.hpp"
#include "plugin/web/headline.hpp"
#include "plugin/web/history_view.hpp"
#include "plugin/web/to_do.hpp"
#include "plugin/web/words.hpp"
#include "rules/evaluate.hpp"
#include "tests/gate/house.hpp"

namespace lockgate::web {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const UtcTime kNow = *time_from_text("2026-11-23T09:00:00.000000Z");

Finding finding(std::string rule, Outcome outcome, std::vector<std::string> waits_for = {}) {
  Finding finding;
  finding.rule = rule;
  finding.outcome = outcome;
  finding.question = "Question of " + rule + "?";
  finding.to = "Proposer";
  finding.say = "Words of " + rule + ".";
  finding.waits_for = std::move(waits_for);
  return finding;
}

Check check(std::vector<Finding> findings) {
  Check check;
  check.id = {"chk_1"};
  check.findings = std::move(findings);
  check.at = kNow;
  return check;
}

template <class Group>
std::vector<std::string> rules_of(const Group& group) {
  std::vector<std::string> rules;
  for (const auto& each : group) rules.push_back(each.rule);
  return rules;
}

TEST(CheckView, PutsEachFindingIntoItsGroup) {
  const auto rules = test::house_rules();
  const CheckView view =
      view_of(check({finding("b-1", Outcome::block), finding("a-1", Outcome::ask),
                     finding("r-1", Outcome::refer), finding("r-2", Outcome::refer),
                     finding("c-1", Outcome::condition), finding("n-1", Outcome::note)}),
              *rules, {});
  EXPECT_THAT(rules_of(view.must_fix), ElementsAre("b-1"));
  EXPECT_THAT(rules_of(view.to_answer), ElementsAre("a-1"));
  EXPECT_THAT(rules_of(view.for_decision), ElementsAre("r-1", "r-2"));
  EXPECT_THAT(rules_of(view.conditions), ElementsAre("c-1"));
  EXPECT_THAT(rules_of(view.to_note), ElementsAre("n-1"));
}

TEST(CheckView, ShowsARuleThatWaitsWithItsQuestionAndNotAsAFinding) {
  Check asked = check({finding("a-1", Outcome::ask, {"data.consent"})});
  asked.questions = {{"data.consent", "Have people agreed?", {"a-1"}},
                     {"other.fact", "", {"gone-1"}}};
  asked.unknown = {"data.consent"};
  const CheckView view = view_of(asked, *test::house_rules(), {});
  EXPECT_THAT(view.to_answer, IsEmpty());
  ASSERT_EQ(view.questions.size(), 2u);
  EXPECT_EQ(view.questions[0].text, "Have people agreed?");
  EXPECT_THAT(view.questions[0].rules, ElementsAre("Question of a-1?"));
  EXPECT_TRUE(view.questions[0].holds_up);
  EXPECT_EQ(view.questions[1].text, "other.fact");
  EXPECT_FALSE(view.questions[1].holds_up);
  EXPECT_EQ(view.holding_up(), 1u);
}

TEST(CheckView, SaysWhereEachValueComesFrom) {
  Finding one = finding("b-1", Outcome::block);
  one.facts = {{"data.personal", true},
               {"money.cost", std::int64_t{0}},
               {"calc.ill", false},
               {"cfg.limit", std::int64_t{1}}};
  Check told = check({one});
  told.facts = {{"data.personal", true}};
  const CheckView view = view_of(told, *test::house_rules(), {});
  std::vector<Origin> origins;
  for (const FactLine& line : view.must_fix.at(0).facts) origins.push_back(line.origin);
  EXPECT_THAT(origins,
              ElementsAre(Origin::told, Origin::assumed, Origin::computed, Origin::setting));
}

TEST(CheckView, CountsWhatIsMetOnlyWhileTheSameRulesAreInForce) {
  const auto rules = test::house_rules();
  Check old = check({finding("aa-01", Outcome::refer)});
  old.rule_set = std::string(64, '0');
  EXPECT_FALSE(view_of(old, *rules, {}).met);
  old.rule_set = rules->hash();
  const CheckView view = view_of(old, *rules, {});
  ASSERT_TRUE(view.met);
  // Of the rules that are asked at `submit`, all but the one that was found.
  EXPECT_THAT(rules_of(*view.met), ElementsAre("aa-02", "aa-03", "aa-04", "aa-06", "aa-07"));
}

// A check that the house's rules made of these facts.
Check made(std::vector<GivenFact> given) {
  const auto rules = test::house_rules();
  const auto facts = rules::read_facts(rules->vocabulary(), given);
  EXPECT_TRUE(facts.has_value());
  return facts ? rules::evaluate(*rules, *facts, Gate::submit, kNow) : Check{};
}

TEST(CheckView, SaysWhatDecidedInWords) {
  const CheckView view =
      view_of(made({{"people.participants", "", std::int64_t{11}}}), *test::house_rules(), {});
  ASSERT_EQ(view.for_decision.size(), 1u);
  EXPECT_THAT(view.for_decision[0].decided,
              ElementsAre(HasSubstr("(people.participants): 11, which is more than 10")));
}

TEST(CheckView, SaysNothingOfWhatDecidedWhereItCannotBeComputedAgain) {
  Check sealed = made({{"people.participants", "", std::int64_t{11}}});
  sealed.facts[0].value = {};
  sealed.facts[0].text = {"erased"};
  EXPECT_THAT(view_of(sealed, *test::house_rules(), {}).for_decision.at(0).decided, IsEmpty());
  Check old = made({{"people.participants", "", std::int64_t{11}}});
  old.rule_set = std::string(64, '0');
  EXPECT_THAT(view_of(old, *test::house_rules(), {}).for_decision.at(0).decided, IsEmpty());
}

TEST(CheckView, SaysWhatWouldChangeIt) {
  const std::string text = R"(roles = ["Board"]
[[fact]]
name = "x.people"
type = "int"
meaning = "people"
question = "How many?"
changeable = true
[[rule]]
id = "aa-01"
question = "Are they many?"
when = 'x.people > 10'
at = { submit = "block" }
to = "Board"
say = "They are many."
basis = "our default"
source = ["a test"]
checked_on = 2026-11-23
review_by = 2027-11-23
)";
  const auto rules = rules::load({{"packs/a.toml", text}}).rules;
  ASSERT_TRUE(rules);
  const GivenFact given{"x.people", "", std::int64_t{11}};
  const auto facts = rules::read_facts(rules->vocabulary(), {&given, 1});
  ASSERT_TRUE(facts);
  const CheckView view = view_of(rules::evaluate(*rules, *facts, Gate::submit, kNow), *rules, {});
  ASSERT_EQ(view.changes.size(), 1u);
  EXPECT_EQ(view.changes[0].verdict, Verdict::approve);
  EXPECT_THAT(view.changes[0].changes, ElementsAre("People: 10 (now 11)"));
}

TEST(CheckView, TellsWhatChangedBetweenTwoChecks) {
  const Check before = check({finding("a", Outcome::block), finding("b", Outcome::refer)});
  const Check after = check({finding("b", Outcome::block), finding("c", Outcome::note)});
  const Changes changed = changes(before, after);
  EXPECT_THAT(rules_of(changed.fresh), ElementsAre("b", "c"));
  EXPECT_THAT(rules_of(changed.gone), ElementsAre("a", "b"));
  EXPECT_THAT(changes(before, before).fresh, IsEmpty());
}

Ballot ballot(BallotState state = BallotState::open) {
  Ballot ballot{.id = {"bal_1"}, .terms = {}, .state = state, .votes = {}, .check = {"chk_1"}};
  ballot.terms = {.board = {"panel"},
                  .board_name = "Panel",
                  .seats = {{.id = {"1"}, .name = "Data", .member = {"ann"}, .required = true},
                            {.id = {"2"}, .name = "Money", .member = {"bo"}, .veto = true},
                            {.id = {"3"}, .name = "Lay", .member = {"cy"}, .own = true}},
                  .quorum = 2,
                  .proposer_known = true,
                  .closes_at = kNow + 48h,
                  .extended_to = kNow + 96h};
  ballot.opened_at = kNow;
  return ballot;
}

Vote vote(std::string member, Choice choice) {
  return {.member = {member},
          .choice = choice,
          .reasons = {"r-" + member},
          .note = {"n-" + member},
          .conditions = {},
          .at = kNow + 1h};
}

Texts texts() {
  return Texts({Text{{"r-ann"}, "", "Reasons of Ann"}, Text{{"n-ann"}, "", "Note of Ann"}});
}

const Names kNames({{{"ann"}, "Ann Brook"}, {{"bo"}, "Bo Dahl"}});

TEST(BallotView, HidesVotesFromThoseWhoHaveNotVoted) {
  Ballot open = ballot();
  open.votes = {vote("ann", Choice::no)};
  for (const char* viewer : {"bo", "cy", "nobody"}) {
    const BallotView view = view_of(open, {viewer}, texts(), kNames);
    EXPECT_FALSE(view.shows_votes) << viewer;
    EXPECT_THAT(view.votes, IsEmpty()) << viewer;
    EXPECT_TRUE(view.seats.at(0).voted);
    EXPECT_EQ(view.voted, 1u);
    EXPECT_EQ(view.may_vote, 2u);  // one seat's own
  }
  const BallotView own = view_of(open, {"ann"}, texts(), kNames);
  ASSERT_EQ(own.votes.size(), 1u);
  EXPECT_EQ(own.votes[0].member, "Ann Brook");
  EXPECT_EQ(own.votes[0].reasons, "Reasons of Ann");
}

TEST(BallotView, ShowsNotesToTheBoardAloneAndReasonsToAllOnceItIsDecided) {
  Ballot carried = ballot(BallotState::carried);
  carried.votes = {vote("ann", Choice::yes), vote("bo", Choice::yes)};
  const BallotView outside = view_of(carried, {"nobody"}, texts(), kNames);
  ASSERT_EQ(outside.votes.size(), 2u);
  EXPECT_EQ(outside.votes[0].reasons, "Reasons of Ann");
  EXPECT_EQ(outside.votes[0].note, "");
  EXPECT_EQ(outside.votes[1].reasons, kErased);
  EXPECT_EQ(view_of(carried, {"cy"}, texts(), kNames).votes[0].note, "Note of Ann");
}

TEST(BallotView, TellsEverybodyWhatAPausedBoardNeedsToKnow) {
  Ballot paused = ballot(BallotState::paused);
  paused.votes = {vote("ann", Choice::need_information)};
  const BallotView view = view_of(paused, {"nobody"}, texts(), kNames);
  EXPECT_FALSE(view.shows_votes);
  EXPECT_THAT(view.needed, ElementsAre("Reasons of Ann"));
}

TEST(ToDo, IsABallotThatAwaitsThisMembersVote) {
  Prototype prototype;
  prototype.ballots = {ballot()};
  const std::vector<Prototype> all{prototype};
  EXPECT_EQ(to_do(all, {"ann"}, kNow).size(), 1u);
  EXPECT_THAT(to_do(all, {"cy"}, kNow), IsEmpty());  // their own
  EXPECT_THAT(to_do(all, {"nobody"}, kNow), IsEmpty());
  EXPECT_THAT(to_do(all, {"ann"}, kNow + 48h), IsEmpty());  // too late
  std::vector<Prototype> voted = all;
  voted[0].ballots[0].votes = {vote("ann", Choice::yes)};
  EXPECT_THAT(to_do(voted, {"ann"}, kNow), IsEmpty());
}

struct HeadlineCase {
  const char* name;
  Prototype prototype;
  std::vector<Finding> findings;
  std::string title;
  std::string in_body;
};

Prototype at_stage(Stage stage, std::vector<Ballot> ballots = {}) {
  Prototype prototype;
  prototype.stage = stage;
  prototype.ballots = std::move(ballots);
  return prototype;
}

Prototype with_decision(DecisionOutcome outcome, std::vector<std::string> authority,
                        std::vector<Condition> conditions = {}) {
  Prototype prototype = at_stage(Stage::decided);
  prototype.decision = Decision{.id = {"dec_1"},
                                .outcome = outcome,
                                .authority = std::move(authority),
                                .conditions = std::move(conditions),
                                .at = kNow};
  return prototype;
}

class Headlines : public testing::TestWithParam<HeadlineCase> {};

TEST_P(Headlines, SayWhereItStandsAndWhatThatMeans) {
  const HeadlineCase& given = GetParam();
  const CheckView view = view_of(check(given.findings), *test::house_rules(), {});
  const VerdictBox box = headline(given.prototype, view, false, {});
  EXPECT_EQ(box.title.markup(), given.title);
  EXPECT_THAT(box.body.markup(), HasSubstr(given.in_body));
}

INSTANTIATE_TEST_SUITE_P(
    Of, Headlines,
    testing::Values(
        HeadlineCase{"OneThingToFix",
                     at_stage(Stage::stopped),
                     {finding("b", Outcome::block), finding("n", Outcome::note)},
                     "Stopped: 1 thing to fix",
                     "You do not need a board for this gate."},
        HeadlineCase{"ThingsToFixAndABoardAfterwards",
                     at_stage(Stage::stopped),
                     {finding("b", Outcome::block), finding("c", Outcome::block),
                      finding("r", Outcome::refer)},
                     "Stopped: 2 things to fix",
                     "After that a board looks at 1 finding."},
        HeadlineCase{"StoppedAlthoughTheBoardCarriedIt",
                     at_stage(Stage::stopped, {ballot(BallotState::carried)}),
                     {finding("b", Outcome::block)},
                     "Stopped: 1 thing to fix",
                     "The Panel voted for it, but the rules have to be met too."},
        HeadlineCase{"Waiting",
                     at_stage(Stage::waiting),
                     {finding("a", Outcome::ask)},
                     "Waiting for information: 1 thing to answer",
                     "Until then it cannot go ahead."},
        HeadlineCase{"Voting",
                     at_stage(Stage::voting, {ballot()}),
                     {finding("r", Outcome::refer), finding("s", Outcome::refer)},
                     "A board needs to decide",
                     "2 findings are for the Panel to judge. The rules cannot decide them."},
        HeadlineCase{"Paused",
                     at_stage(Stage::voting, {ballot(BallotState::paused)}),
                     {finding("r", Outcome::refer)},
                     "The board waits for more information",
                     "The Panel cannot go on"},
        HeadlineCase{"ApprovedByTheRules",
                     with_decision(DecisionOutcome::approved, {"rules"}),
                     {},
                     "Approved",
                     "Decided by the rules on Monday 23 November 2026. No board was needed."},
        HeadlineCase{"ApprovedWithConditions",
                     with_decision(DecisionOutcome::approved_with_conditions, {"Panel", "Treasury"},
                                   {{.before = "start"}, {.before = "close"}}),
                     {},
                     "Approved with 2 conditions",
                     "Decided by the Panel and the Treasury on Monday 23 November 2026. It may "
                     "start when 1 condition is met."},
        HeadlineCase{"NotApproved",
                     with_decision(DecisionOutcome::not_approved, {"Panel"}),
                     {},
                     "Not approved",
                     "It must not go ahead as it is."},
        HeadlineCase{"Inquorate",
                     with_decision(DecisionOutcome::inquorate, {"Panel"}),
                     {},
                     "Not decided in time",
                     "Too few members voted in time"}),
    [](const auto& about) { return about.param.name; });

TEST(Headlines, TellAMemberThatTheirBoardNeedsToDecide) {
  const CheckView view = view_of(check({finding("r", Outcome::refer)}), *test::house_rules(), {});
  const Prototype voting = at_stage(Stage::voting, {ballot()});
  EXPECT_EQ(headline(voting, view, true, {}).title.markup(), "Your board needs to decide");
}

std::vector<std::string> told(const std::vector<Happened>& story) {
  std::vector<std::string> lines;
  for (const Happened& each : story) lines.push_back(each.what + " by " + each.by);
  return lines;
}

TEST(HistoryView, TellsAWholeStoryNewestFirstWithoutSayingHowAnybodyVoted) {
  test::House house;
  house.refer();
  ASSERT_TRUE(house.vote("bo", Choice::no));
  ASSERT_TRUE(house.vote("cy", Choice::yes));
  ASSERT_TRUE(house.vote("ann", Choice::yes));
  const auto history = house.database->history(house.prototype().id);
  ASSERT_TRUE(history);
  const auto story = history_view(*history, kNames);
  const auto lines = told(story);
  EXPECT_THAT(lines.front(), "Approved by the Panel");
  EXPECT_THAT(lines.back(), "Check 1, handed in: 1 finding for the board by the rules");
  EXPECT_THAT(lines, testing::Contains("Vote on the Panel by Bo Dahl"));
  EXPECT_THAT(lines, testing::Contains("Sent to the Panel by the rules"));
  for (const std::string& line : lines) EXPECT_THAT(line, Not(HasSubstr("no by")));
}

TEST(HistoryView, TellsOfAPauseAndOfMoreTime) {
  test::House house;
  const Prototype referred = house.refer();
  ASSERT_TRUE(house.vote("ann", Choice::need_information));
  house.clock.set(referred.ballots.at(0).terms.closes_at + 1h);
  ASSERT_TRUE(house.gatekeeper->time_out(referred.id, referred.ballots.at(0).id));
  const auto lines = told(history_view(*house.database->history(referred.id), kNames));
  EXPECT_THAT(lines, testing::Contains("The Panel waits for more information by Lockgate"));
  EXPECT_THAT(lines.front(), "More time for the Panel by Lockgate");
}

TEST(HistoryView, StillTellsWhatWasRecordedWhereItCannotBeFoldedAnyMore) {
  // A vote on a ballot that this version would never have opened.
  VoteCast cast;
  cast.ballot = {"bal_unknown"};
  cast.vote = vote("ann", Choice::yes);
  const std::vector<Event> events{{kNow, cast}, {kNow + 1h, LessonWritten{}}};
  EXPECT_THAT(told(history_view(events, kNames)),
              ElementsAre("Closed: We could not tell by ", "Vote by Ann Brook"));
}

}  // namespace
}  // namespace lockgate::web
