#include "plugin/web/fact_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/web/when.hpp"
#include "rules/rule_set.hpp"

namespace lockgate::web {
namespace {

constexpr const char* kVocabulary = R"(
roles = ["Proposer"]

[[fact]]
name = "people.count"
type = "int"
unit = "people"
meaning = "people who take part"
question = "How many?"

[[fact]]
name = "time.days"
type = "int"
unit = "days"
meaning = "planned length"
question = "How long?"

[[fact]]
name = "risk.impact"
type = "int"
unit = "1-5"
meaning = "impact"
question = "How bad?"

[[fact]]
name = "money.cost"
type = "money"
unit = "GBP incl VAT"
meaning = "cost"
question = "What does it cost?"

[[fact]]
name = "data.dpia"
type = "enum"
values = ["none", "signed_off"]
meaning = "DPIA status"
question = "Is it signed?"

[[fact]]
name = "time.start"
type = "date"
meaning = "first day"
question = "When does it start?"

[[fact]]
name = "people.note"
type = "string"
meaning = "note"
question = "Anything else?"

[[setting]]
name = "cfg.limit_gbp"
type = "int"
value = 500000
unit = "GBP"
meaning = "line for key decisions"

[[expression]]
name = "calc.many"
meaning = "many people"
is = "people.count > 10"
)";

const rules::RuleSet& rule_set() {
  static const rules::Loaded loaded = rules::load({{"packs/words.toml", kVocabulary}});
  for (const rules::Issue& issue : loaded.issues) ADD_FAILURE() << issue.line << issue.message;
  return *loaded.rules;
}

struct Case {
  const char* name;
  const char* path;
  FactValue value;
  const char* label;
  const char* words;
};

class FactWords : public testing::TestWithParam<Case> {};

TEST_P(FactWords, SayWhatIsMeant) {
  const Case& given = GetParam();
  const FactLine line = fact_line({given.path, given.value}, rule_set(), {});
  EXPECT_EQ(line.label, given.label);
  EXPECT_EQ(line.value, given.words);
}

INSTANTIATE_TEST_SUITE_P(
    Of, FactWords,
    testing::Values(
        Case{"Several", "people.count", std::int64_t{1234}, "People who take part", "1,234 people"},
        Case{"One", "people.count", std::int64_t{1}, "People who take part", "1 person"},
        Case{"OneDay", "time.days", std::int64_t{1}, "Planned length", "1 day"},
        Case{"Large", "time.days", std::uint64_t{18446744073709551615U}, "Planned length",
             "18,446,744,073,709,551,615 days"},
        Case{"Negative", "time.days", std::int64_t{-1234567}, "Planned length", "-1,234,567 days"},
        Case{"Scale", "risk.impact", std::int64_t{3}, "Impact", "3 (on a scale of 1-5)"},
        Case{"WholePounds", "money.cost", std::int64_t{8400}, "Cost", "£8,400 incl VAT"},
        Case{"Pence", "money.cost", 400.5, "Cost", "£400.50 incl VAT"},
        Case{"Thousand", "money.cost", 1000.0, "Cost", "£1,000 incl VAT"},
        Case{"Choice", "data.dpia", std::string("signed_off"), "DPIA status", "signed off"},
        Case{"Date", "time.start", std::string("2026-11-03"), "First day", "3 November 2026"},
        Case{"NoDate", "time.start", std::string("2026-13-41"), "First day", "2026-13-41"},
        Case{"TextStaysAsItIs", "people.note", std::string("a_b <i>"), "Note", "a_b <i>"},
        Case{"NoText", "people.note", std::string(), "Note", "(empty)"},
        Case{"Null", "people.note", std::monostate(), "Note", "(empty)"},
        Case{"Setting", "cfg.limit_gbp", std::int64_t{500000}, "Line for key decisions",
             "£500,000"},
        Case{"Expression", "calc.many", true, "Many people", "Yes"},
        Case{"UnknownPath", "old.fact", false, "Old.fact", "No"},
        Case{"Fraction", "old.fact", 0.1, "Old.fact", "0.1"},
        Case{"List", "old.fact", FactList{std::string("a"), std::int64_t{2}, true}, "Old.fact",
             "a, 2 and Yes"},
        Case{"Map", "old.fact", FactMap{{"a", std::int64_t{1}}, {"b", false}}, "Old.fact",
             "a: 1; b: No"}),
    [](const auto& about) { return about.param.name; });

TEST(FactWords, ShowASensitiveValueFromItsTextAndSayWhenItWasErased) {
  const KeptFact kept{.path = "people.count", .value = {}, .text = {"commitment"}};
  const Texts there({Text{{"commitment"}, "salt", "17"}});
  EXPECT_EQ(fact_line(kept, rule_set(), there).value, "17 people");
  EXPECT_EQ(fact_line(kept, rule_set(), {}).value, kErased);
}

gate::Council council() {
  using namespace std::chrono;
  return {.name = "Council",
          .time_zone = "Europe/London",
          .bank_holidays = {2026y / December / 25, 2026y / December / 28},
          .boards = {}};
}

UtcTime at(const char* text) { return *time_from_text(std::string(text) + ":00.000000Z"); }

TEST(When, IsToldOnTheCouncilsOwnClocks) {
  EXPECT_EQ(moment_in_words(at("2026-03-12T09:02"), council()), "12 March 2026 at 9:02am");
  EXPECT_EQ(moment_in_words(at("2026-07-12T23:30"), council()), "13 July 2026 at 12:30am");
  EXPECT_EQ(moment_in_words(at("2026-07-12T11:00"), council()), "12 July 2026 at 12pm");
  EXPECT_EQ(day_in_words(at("2026-07-12T23:30"), council()), "Monday 13 July 2026");
}

TEST(When, FallsBackToUtcAndSaysSo) {
  gate::Council nowhere = council();
  nowhere.time_zone = "Europe/Nowhere";
  EXPECT_EQ(moment_in_words(at("2026-07-12T23:30"), nowhere), "12 July 2026 at 11:30pm (UTC)");
}

TEST(When, CountsWorkingDaysToADeadline) {
  const UtcTime closes = at("2026-12-29T17:00");
  EXPECT_EQ(decide_by(at("2026-12-24T09:00"), closes, council()),
            "Tuesday 29 December 2026, 1 working day left");
  EXPECT_EQ(decide_by(at("2026-12-22T09:00"), closes, council()),
            "Tuesday 29 December 2026, 3 working days left");
  EXPECT_EQ(decide_by(at("2026-12-29T09:00"), closes, council()),
            "Tuesday 29 December 2026, today");
  EXPECT_EQ(decide_by(closes, closes, council()), "Tuesday 29 December 2026, its time is over");
}

}  // namespace
}  // namespace lockgate::web
