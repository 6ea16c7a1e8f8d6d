#include "plugin/record/json_codec.hpp"

#include <gtest/gtest.h>

#include "plugin/record/entries.hpp"

namespace lockgate::record {
namespace {

const UtcTime kAt = *time_from_text("2026-11-23T09:00:00.000001Z");

Check full_check() {
  return {.id = {"chk_1"},
          .number = 3,
          .gate = Gate::decide,
          .verdict = Verdict::refer,
          .findings = {{.rule = "dp-01",
                        .outcome = Outcome::refer,
                        .question = "Is it \"safe\"?",
                        .to = "Data Protection Officer",
                        .say = "Start a DPIA.",
                        .fix = "Start it.",
                        .takes = "two weeks",
                        .before = "start",
                        .basis = "law",
                        .source = {"UK GDPR Art 35(1)"},
                        .facts = {{"data.dpia", FactValue{std::string("none")}}},
                        .waits_for = {"data.personal"},
                        .trouble = "division by zero"}},
          .questions = {{"data.personal", "Is personal data used?", {"dp-01"}}},
          .unknown = {"data.personal"},
          .facts = {{"a.int", FactValue{std::int64_t{-9007199254740993}}},
                    {"a.uint", FactValue{std::uint64_t{18446744073709551615u}}},
                    {"a.double", FactValue{0.1}},
                    {"a.whole", FactValue{1e300}},
                    {"a.list", FactValue{FactList{FactValue{true}, FactValue{}}}},
                    {"a.map", FactValue{FactMap{{"k", FactValue{std::string("\u00e9\n")}}}}},
                    {"a.secret", FactValue{}, {"commitment"}}},
          .rule_set = "hash",
          .engine = "lockgate 0",
          .at = kAt,
          .strict = true};
}

BallotTerms full_terms() {
  return {.board = {"board"},
          .board_name = "Board",
          .seats = {{.id = {"s"},
                     .name = "Seat",
                     .member = {"ann"},
                     .required = true,
                     .veto = true,
                     .own = true,
                     .rules = {"dp-01"}}},
          .quorum = 2,
          .proposer_known = true,
          .closes_at = kAt,
          .extended_to = kAt};
}

Prototype full_prototype() {
  const Check check = full_check();
  Prototype prototype{.id = {"prt_1"},
                      .version = 9,
                      .number = 231,
                      .about = {{"casework"}, "CASE-1"},
                      .organisation = "Council",
                      .title = {"title"},
                      .proposer = {"proposer"},
                      .stage = Stage::voting,
                      .gate = Gate::decide,
                      .checks = 3};
  prototype.check =
      CheckRef{check.id, 3, 8, Gate::decide, Verdict::refer, "hash", {{"dp-01", Outcome::refer}}};
  prototype.ballots = {{.id = {"bal_1"},
                        .terms = full_terms(),
                        .state = BallotState::paused,
                        .votes = {{.member = {"ann"},
                                   .choice = Choice::yes_with_conditions,
                                   .reasons = {"r"},
                                   .note = {"n"},
                                   .conditions = {{"c"}},
                                   .not_mine = true,
                                   .at = kAt}},
                        .check = check.id,
                        .opened_at = kAt,
                        .extended = true}};
  prototype.decision = Decision{.id = {"dec_1"},
                                .gate = Gate::submit,
                                .outcome = DecisionOutcome::inquorate,
                                .check = check.id,
                                .verdict = Verdict::refer,
                                .authority = {"Board"},
                                .conditions = {{.rule = "dp-08",
                                                .say = "Tell people.",
                                                .text = {"t"},
                                                .to = "Proposer",
                                                .before = "close",
                                                .state = ConditionState::not_met}},
                                .rule_set = "hash",
                                .at = kAt};
  prototype.lesson = Lesson{LessonResult::worked, {"e"}, {"h"}, {"n"}, {"ann"}, kAt};
  prototype.updated_at = kAt;
  return prototype;
}

TEST(JsonCodec, EveryEventGoesThereAndBack) {
  const std::vector<Event> events = {
      {kAt, Checked{full_check(),
                    "msg_1",
                    231,
                    {{"casework"}, "CASE-1"},
                    "Council",
                    {"t"},
                    {"p"},
                    {{{"bal_1"}, full_terms()}},
                    {"dec_1"},
                    {{"editor"}},
                    "body"}},
      {kAt, VoteCast{{"bal_1"}, full_prototype().ballots[0].votes[0], {"chk_1"}, {"dec_1"}}},
      {kAt, BallotTimedOut{{"bal_1"}, {"dec_1"}}},
      {kAt, LessonWritten{*full_prototype().lesson}}};
  for (const Event& event : events) {
    const auto again = event_from_json(to_json(event));
    ASSERT_TRUE(again) << to_json(event);
    EXPECT_EQ(*again, event) << to_json(event);
    EXPECT_EQ(to_json(*again), to_json(event));
  }
}

TEST(JsonCodec, TheStateAndThePromisesGoThereAndBack) {
  EXPECT_EQ(prototype_from_json(to_json(full_prototype())).value(), full_prototype());
  EXPECT_EQ(prototype_from_json(to_json(Prototype{})).value(), Prototype{});
  for (const Effect& effect : {Effect(WriteBack{{"dec_1"}}), Effect(WakeAt{{"bal_1"}, kAt})}) {
    EXPECT_EQ(effect_from_json(to_json(effect)).value(), effect);
  }
}

TEST(JsonCodec, ATextThatIsNotOursIsRefused) {
  for (const char* bad : {"", "{}", "[]", "null", R"({"at":"2026-11-23T09:00:00.000001Z"})",
                          R"({"at":"2026-11-23T09:00:00.000001Z","type":"other"})",
                          R"({"at":"today","type":"lesson_written"})"}) {
    const auto event = event_from_json(bad);
    ASSERT_FALSE(event) << bad;
    EXPECT_EQ(event.error().code, Errc::internal);
  }
}

TEST(Entries, HoldNoFactsNoNamesAndNoFreeText) {
  Prototype before = full_prototype();
  before.decision.reset();
  before.ballots.clear();
  const Event event{kAt, Checked{full_check(),
                                 "msg_1",
                                 231,
                                 {{"casework"}, "CASE-1"},
                                 "Council",
                                 {"t"},
                                 {"p"},
                                 {},
                                 {"dec_1"}}};
  const std::vector<Entry> entries = entries_for(before, event, full_prototype());
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries[0].kind, "check");
  EXPECT_EQ(entries[1].kind, "ballot_opened");
  EXPECT_EQ(entries[2].kind, "decision");
  for (const Entry& entry : entries) {
    EXPECT_EQ(entry.body.find("CASE-1"), std::string::npos) << entry.body;
    EXPECT_EQ(entry.body.find("a.secret"), std::string::npos) << entry.body;
    EXPECT_EQ(entry.body.find("Start a DPIA"), std::string::npos) << entry.body;
    EXPECT_NE(entry.body.find(R"("prototype":"PR-0231")"), std::string::npos) << entry.body;
    EXPECT_NE(entry.body.find(R"("version":9)"), std::string::npos) << entry.body;
  }
}

TEST(Entries, SayWhenABallotClosesOrIsExtended) {
  const Prototype before = full_prototype();
  Prototype after = before;
  after.ballots[0].state = BallotState::carried;
  std::vector<Entry> entries = entries_for(before, {kAt, BallotTimedOut{}}, after);
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].kind, "deadline");
  EXPECT_EQ(entries[1].kind, "ballot_closed");

  after = before;
  after.ballots.clear();
  entries = entries_for(before, {kAt, BallotTimedOut{}}, after);
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_NE(entries[1].body.find(R"("state":"withdrawn")"), std::string::npos);
}

TEST(Entries, ChangeWithEveryByteOfTheEvent) {
  const Event event{kAt, BallotTimedOut{{"bal_1"}, {"dec_1"}}};
  Event other = event;
  std::get<BallotTimedOut>(other.what).decision = {"dec_2"};
  const Prototype state = full_prototype();
  EXPECT_NE(entries_for(state, event, state)[0].body, entries_for(state, other, state)[0].body);
}

}  // namespace
}  // namespace lockgate::record
