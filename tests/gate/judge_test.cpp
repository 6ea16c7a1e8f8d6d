#include "plugin/gate/judge.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/record/json_codec.hpp"
#include "tests/gate/house.hpp"

namespace lockgate::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Checked checked_of(House& house, std::int64_t version) {
  const auto event = house.database->event(house.prototype().id, version);
  EXPECT_TRUE(event);
  const auto* checked = event ? std::get_if<Checked>(&event->what) : nullptr;
  EXPECT_NE(checked, nullptr);
  return checked == nullptr ? Checked{} : *checked;
}

const KeptFact* find(const std::vector<KeptFact>& facts, std::string_view path) {
  const auto found = std::find_if(facts.begin(), facts.end(),
                                  [&](const KeptFact& each) { return each.path == path; });
  return found == facts.end() ? nullptr : &*found;
}

TEST(Judge, KeepsASensitiveFactAsATextAloneWhereverItStands) {
  House house;
  const auto reply = house.deliver(
      {.id = "msg_1", .facts = R"({"people.diagnosis":"gout","people.participants":3})"});
  ASSERT_TRUE(reply) << reply.error().message;
  const Check check = checked_of(house, 1).check;
  const KeptFact* given = find(check.facts, "people.diagnosis");
  ASSERT_NE(given, nullptr);
  EXPECT_EQ(given->value, FactValue());
  EXPECT_EQ(house.database->texts({given->text})->at(0).text, "\"gout\"");
  ASSERT_EQ(check.findings.size(), 1u);
  const KeptFact* looked_at = find(check.findings[0].facts, "people.diagnosis");
  ASSERT_NE(looked_at, nullptr);
  EXPECT_EQ(*looked_at, *given);
  // What is computed from it would give it away.
  const KeptFact* computed = find(check.findings[0].facts, "calc.ill");
  ASSERT_NE(computed, nullptr);
  EXPECT_EQ(computed->value, FactValue());
  EXPECT_EQ(house.database->texts({computed->text})->at(0).text, "true");
  EXPECT_EQ(find(check.facts, "people.participants")->value, FactValue(std::int64_t{3}));

  EXPECT_THAT(record::to_json(*house.database->event(house.prototype().id, 1)),
              Not(HasSubstr("gout")));
}

TEST(Judge, AStrictSourceIsAskedWhatALenientOneMayLeaveToTheDefault) {
  House house;
  ASSERT_TRUE(house.deliver({.id = "msg_1"}));
  EXPECT_EQ(house.prototype().check->verdict, Verdict::approve);
  house.source("casework").strict = true;
  ASSERT_TRUE(house.deliver({.id = "msg_2"}));
  EXPECT_EQ(house.prototype().check->verdict, Verdict::ask_for_info);
  EXPECT_THAT(checked_of(house, 2).check.unknown, ElementsAre("place.public"));
  EXPECT_TRUE(checked_of(house, 2).check.strict);
  ASSERT_TRUE(house.deliver({.id = "msg_3", .facts = R"({"place.public":false})"}));
  EXPECT_EQ(house.prototype().check->verdict, Verdict::approve);
}

TEST(Judge, AtGateDecideTheBallotSaysWhoWasThereWhateverWasDelivered) {
  House house;
  ASSERT_TRUE(house.deliver(
      {.id = "msg_1",
       .facts = R"({"people.participants":11,"gov.members_present":9,"gov.vote":"lost"})",
       .more = R"(,"proposer":"CY@council.example")"}));
  ASSERT_TRUE(house.vote("ann", Choice::yes));
  ASSERT_TRUE(house.vote("bo", Choice::not_voting));
  EXPECT_EQ(house.prototype().stage, Stage::decided);
  const Check check = checked_of(house, 4).check;
  EXPECT_EQ(check.gate, Gate::decide);
  EXPECT_EQ(find(check.facts, "gov.members_total")->value, FactValue(std::int64_t{3}));
  EXPECT_EQ(find(check.facts, "gov.members_present")->value, FactValue(std::int64_t{2}));
  EXPECT_EQ(find(check.facts, "gov.vote")->value, FactValue(std::string("carried")));
  EXPECT_EQ(find(check.facts, "gov.conflict")->value, FactValue(std::string("declared_withdrew")));
  EXPECT_EQ(find(check.facts, "people.participants")->value, FactValue(std::int64_t{11}));
}

TEST(Judge, AtGateDecideSensitiveFactsAreStillKnown) {
  House house;
  ASSERT_TRUE(house.deliver(
      {.id = "msg_1", .facts = R"({"people.participants":11,"people.diagnosis":"gout"})"}));
  ASSERT_TRUE(house.vote("bo", Choice::yes));
  ASSERT_TRUE(house.vote("ann", Choice::yes));
  const Prototype decided = house.prototype();
  ASSERT_TRUE(decided.decision);
  ASSERT_EQ(decided.decision->conditions.size(), 1u);
  EXPECT_EQ(decided.decision->conditions[0].rule, "aa-04");
}

TEST(Judge, AFactThatTheRulesInForceNoLongerTakeIsLeftOutAtGateDecide) {
  House house;
  ASSERT_TRUE(
      house.deliver({.id = "msg_1", .facts = R"({"people.participants":11,"money.cost":12.5})"}));
  ASSERT_TRUE(house.vote("bo", Choice::yes));
  const auto fewer = rules::load({{"packs/few.toml", R"(
roles = ["Proposer"]

[[fact]]
name = "people.participants"
type = "int"
meaning = "people"
question = "How many?"
max = 5
)"}});
  ASSERT_TRUE(fewer.rules);
  house.rules.replace(fewer.rules);
  ASSERT_TRUE(house.vote("ann", Choice::yes));
  EXPECT_TRUE(checked_of(house, 4).check.facts.empty());
  EXPECT_EQ(house.prototype().decision->outcome, DecisionOutcome::approved);
}

}  // namespace
}  // namespace lockgate::test
