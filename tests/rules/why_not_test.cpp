// Why a rule came out as it did: its parts, and what the mistake may be.

#include "rules/why_not.hpp"

#include <gmock/gmock.h>

#include "tests/rules/small_council.hpp"

namespace lockgate::rules {
namespace {

// The small council knows no free text.
const std::string kText =
    "[[fact]]\nname = \"data.source\"\ntype = \"string\"\nmeaning = \"where data comes from\"\n"
    "question = \"Where does the data come from?\"\n";

struct Case {
  const char* name;
  std::string condition;
  Given given;
  std::vector<std::string> parts;  // text | value | because
  std::string help;
};

class ReadCondition : public testing::TestWithParam<Case> {};

TEST_P(ReadCondition, TellsEachPartAndTheLikelyMistake) {
  const auto rules = council(kText + rule("aa-01", "true", R"(submit = "note")"));
  const Result<Facts> facts = facts_of(*rules, GetParam().given);
  ASSERT_TRUE(facts);
  const ConditionReading reading = read_condition(
      *rules, GetParam().condition, slot_values(*rules, *facts, Gate::submit, kNoon), *facts);
  std::vector<std::string> parts;
  for (const ConditionPart& each : reading.parts) {
    parts.push_back(each.text + " | " + each.value + " | " + each.because);
  }
  EXPECT_EQ(parts, GetParam().parts);
  EXPECT_EQ(reading.help, GetParam().help);
}

void PrintTo(const Case& each, std::ostream* out) { *out << each.name; }

INSTANTIATE_TEST_SUITE_P(
    All, ReadCondition,
    testing::Values(
        Case{"CapitalLetters",
             R"(data.source == "live")",
             {{"data.source", "Live"}},
             {R"(data.source == "live" | false | data.source is "Live")"},
             "capital letters count: the fact is `Live`, the condition says `live`"},
        Case{"Misspelt",
             R"(data.source in ["archive", "live"])",
             {{"data.source", "archvie"}},
             {R"(data.source in ["archive", "live"] | false | data.source is "archvie")"},
             "the fact is `archvie`, the condition says `archive`: is one of them misspelt?"},
        Case{"FarFromIt",
             R"(data.source == "live")",
             {{"data.source", "somewhere else"}},
             {R"(data.source == "live" | false | data.source is "somewhere else")"},
             ""},
        Case{"JustAtTheBound",
             "people.participants > 100",
             {{"people.participants", 100}},
             {"people.participants > 100 | false | people.participants is 100"},
             "`people.participants` is exactly 100, which `>` leaves out and `>=` takes in"},
        Case{"BelowTheBound",
             "people.participants > 100",
             {{"people.participants", 99}},
             {"people.participants > 100 | false | people.participants is 99"},
             ""},
        Case{"NotGiven",
             "risk.impact > 3 && people.children",
             {},
             {"risk.impact > 3 | not known | risk.impact is not given",
              "people.children | false | people.children is false by default"},
             "give `risk.impact` in the test's facts"},
        Case{"ByDefault",
             "people.children && risk.impact > 3",
             {{"risk.impact", 5}},
             {"people.children | false | people.children is false by default",
              "risk.impact > 3 | true | risk.impact is 5"},
             "`people.children` is not given, so its default holds"},
        Case{"AnyOf",
             "people.children || calc.score >= cfg.risk_high",
             {{"people.children", false}, {"risk.likelihood", 2}, {"risk.impact", 3}},
             {"people.children | false | people.children is false",
              "calc.score >= cfg.risk_high | false | calc.score is 6, cfg.risk_high is 13"},
             ""},
        Case{"PartsInBracketsOverSeveralLines",
             "(people.children\n    || risk.impact > 3)\n  && !(risk.impact == 2)",
             {{"people.children", true}, {"risk.impact", 2}},
             {"people.children || risk.impact > 3 | true | people.children is true, "
              "risk.impact is 2",
              "!(risk.impact == 2) | false | risk.impact is 2"},
             ""},
        Case{"NoValue",
             "10 / risk.impact > 1",
             {{"risk.impact", 0}},
             {"10 / risk.impact > 1 | without a value: division by zero | risk.impact is 0"},
             ""},
        Case{"NotACondition", "a && ", {}, {}, ""}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(ReadConditionOfLongText, ShowsItsBeginningCutBetweenCharacters) {
  const auto rules = council(kText + rule("aa-01", "true", R"(submit = "note")"));
  std::string text;
  for (int i = 0; i < 100; ++i) text += "\xC3\xA9";
  const Result<Facts> facts = facts_of(*rules, {{"data.source", text}});
  ASSERT_TRUE(facts);
  const ConditionReading reading = read_condition(
      *rules, R"(data.source == "x")", slot_values(*rules, *facts, Gate::submit, kNoon), *facts);
  ASSERT_EQ(reading.parts.size(), 1u);
  const std::string& because = reading.parts[0].because;
  EXPECT_LT(because.size(), 110u);
  EXPECT_TRUE(because.ends_with("\xC3\xA9...")) << because;
}

}  // namespace
}  // namespace lockgate::rules
