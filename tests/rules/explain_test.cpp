// Why a rule applies or does not: the parts that decided, and only those.

#include "rules/explain.hpp"

#include <gmock/gmock.h>

#include "rules/filled_text.hpp"
#include "tests/rules/small_council.hpp"

namespace lockgate::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string text_of(Answer answer) {
  switch (answer) {
    case Answer::applies:
      return "applies";
    case Answer::does_not_apply:
      return "does not apply";
    case Answer::waits:
      return "waits";
    case Answer::cannot_be_answered:
      return "cannot be answered";
  }
  return "?";
}

// "applies | first part | second part"
std::string why(const std::string& when, const Given& given) {
  const auto rules = council(rule("fp-01", when, R"(submit = "refer")"));
  const Result<Facts> facts = facts_of(*rules, given);
  if (!rules || !facts) return "did not load";
  const Explanation found = explain(*rules, *facts, Gate::submit, kNoon, rules->rules()[0]);
  std::string text = text_of(found.answer);
  for (const Part& part : found.parts) text += " | " + part.words;
  return text;
}

struct Case {
  const char* name;
  const char* when;
  Given given;
  const char* why;
};

class Explained : public testing::TestWithParam<Case> {};

TEST_P(Explained, NamesThePartsThatDecided) {
  EXPECT_EQ(why(GetParam().when, GetParam().given), GetParam().why);
}

const Case kCases[] = {
    {"AFact",
     "data.personal",
     {{"data.personal", true}},
     "applies | personal data is used (data.personal): yes"},
    {"NoFact",
     "!data.personal",
     {{"data.personal", false}},
     "applies | personal data is used (data.personal): no"},
    {"AWord",
     R"(data.dpia == "none")",
     {{"data.dpia", "none"}},
     "applies | how far the impact assessment is (data.dpia): none"},
    {"AnotherWord",
     R"(data.dpia == "none")",
     {{"data.dpia", "signed_off"}},
     "does not apply | how far the impact assessment is (data.dpia): signed off, which is not "
     "none"},
    {"OneOfSome",
     R"(data.dpia in ["none", "draft"])",
     {{"data.dpia", "draft"}},
     "applies | how far the impact assessment is (data.dpia): draft, which is one of: none and "
     "draft"},
    {"AtLeast",
     "people.participants >= 30",
     {{"people.participants", std::int64_t{40}}},
     "applies | people who take part (people.participants): 40 people, which is at least 30 "
     "people"},
    {"NotMoreThan",
     "people.participants > 30",
     {{"people.participants", std::int64_t{1}}},
     "does not apply | people who take part (people.participants): 1 person, which is at most 30 "
     "people"},
    {"TurnedRound",
     "30 < people.participants",
     {{"people.participants", std::int64_t{40}}},
     "applies | people who take part (people.participants): 40 people, which is more than 30 "
     "people"},
    {"ASetting",
     "money.cost_gbp > cfg.officer_limit_gbp",
     {{"money.cost_gbp", 40000.5}},
     "applies | what it costs (money.cost_gbp): £40,000.50, which is more than £25,000 (most that "
     "an officer may approve alone, cfg.officer_limit_gbp)"},
    {"AllOfATrueAnd",
     "data.personal && people.participants > 30 && !people.children",
     {{"data.personal", true}, {"people.participants", std::int64_t{31}}},
     "applies | personal data is used (data.personal): yes | people who take part "
     "(people.participants): 31 people, which is more than 30 people | children take part "
     "(people.children): no"},
    {"OnlyTheTrueSidesOfAnOr",
     "data.personal || people.participants > 30 || people.children",
     {{"data.personal", true}, {"people.participants", std::int64_t{3}}},
     "applies | personal data is used (data.personal): yes"},
    {"TheFewestThatMakeAnAndFalse",
     "(data.personal || people.children) && people.participants > 30",
     {{"data.personal", false}, {"people.participants", std::int64_t{3}}},
     "does not apply | people who take part (people.participants): 3 people, which is at most 30 "
     "people"},
    {"BothSidesOfAFalseOr",
     "data.personal || people.children",
     {{"data.personal", false}},
     "does not apply | personal data is used (data.personal): no | children take part "
     "(people.children): no"},
    {"TheFalseSidesUnderANot",
     "!(data.personal && people.children && people.participants > 3)",
     {{"data.personal", false}, {"people.participants", std::int64_t{4}}},
     "applies | personal data is used (data.personal): no | children take part "
     "(people.children): no"},
    {"TheChosenSideOfAChoice",
     "people.children ? data.personal : people.participants > 3",
     {{"people.participants", std::int64_t{4}}, {"data.personal", true}},
     "applies | children take part (people.children): no | people who take part "
     "(people.participants): 4 people, which is more than 3 people"},
    {"WhatItWaitsFor",
     "data.personal && people.participants > 30",
     {{"data.personal", true}},
     "waits | people who take part (people.participants): not known"},
    {"WhatCannotBeTold",
     "data.personal || people.participants > 30",
     {{"data.personal", false}, {"people.participants", {}}},
     "cannot be answered | people who take part (people.participants): cannot be told: "
     "`people.participants` is null"},
    {"WhatHasNoWordsOfItsOwn",
     R"(data.dpia.startsWith("s"))",
     {{"data.dpia", "signed_off"}},
     "applies | `data.dpia.startsWith(\"s\")`: yes, where how far the impact assessment is "
     "(data.dpia): signed off"},
    {"AMacroAsAWhole",
     "[1, 2].exists(n, people.participants == n)",
     {{"people.participants", std::int64_t{2}}},
     "applies | `[1, 2].exists(n, people.participants == n)`: yes, where people who take part "
     "(people.participants): 2 people"},
};
INSTANTIATE_TEST_SUITE_P(Of, Explained, testing::ValuesIn(kCases),
                         [](const auto& about) { return std::string(about.param.name); });

TEST(Explain, OpensANamedExpressionWithWhatMadeItSo) {
  const auto rules = council(rule("rk-01", "calc.score >= cfg.risk_high", R"(submit = "refer")"));
  const Result<Facts> facts =
      facts_of(*rules, {{"risk.likelihood", std::int64_t{3}}, {"risk.impact", std::int64_t{5}}});
  ASSERT_TRUE(facts);
  const Explanation found = explain(*rules, *facts, Gate::submit, kNoon, rules->rules()[0]);
  ASSERT_EQ(found.parts.size(), 1u);
  const Part& part = found.parts[0];
  EXPECT_EQ(part.written, "calc.score >= cfg.risk_high");
  EXPECT_EQ(part.value, "true");
  EXPECT_EQ(part.words,
            "residual risk (calc.score): 15, which is at least 13 (score from which somebody must "
            "look, cfg.risk_high)");
  EXPECT_THAT(part.names, ElementsAre("calc.score", "cfg.risk_high"));
  ASSERT_EQ(part.because.size(), 2u);
  EXPECT_EQ(part.because[0].words, "how likely harm is, 1 to 5 (risk.likelihood): 3");
  EXPECT_EQ(part.because[1].words, "how bad harm would be, 1 to 5 (risk.impact): 5");
}

TEST(Explain, SaysNothingOfARuleThatHasNoText) {
  const auto rules = council(rule("fp-01", "data.personal", R"(submit = "refer")"));
  const Result<Facts> facts = facts_of(*rules, {{"data.personal", true}});
  ASSERT_TRUE(facts);
  Rule bare = rules->rules()[0];
  bare.when_text.clear();
  const Explanation found = explain(*rules, *facts, Gate::submit, kNoon, bare);
  EXPECT_EQ(found.answer, Answer::cannot_be_answered);
  EXPECT_THAT(found.parts, IsEmpty());
}

TEST(Explain, LeavesOutOfASumWhatAddsNothing) {
  const auto rules = council(R"([[expression]]
name = "calc.count"
meaning = "signs of risk"
is = '(data.personal ? 1 : 0) + (people.children ? 1 : 0)'
)" + rule("rk-01", "calc.count > 0", R"(submit = "refer")"));
  const Result<Facts> facts = facts_of(*rules, {{"data.personal", true}});
  ASSERT_TRUE(facts);
  const Explanation found = explain(*rules, *facts, Gate::submit, kNoon, rules->rules()[0]);
  ASSERT_EQ(found.parts.size(), 1u);
  ASSERT_EQ(found.parts[0].because.size(), 1u);
  EXPECT_EQ(found.parts[0].because[0].words, "personal data is used (data.personal): yes");
}

std::string saying(const std::string& say) {
  std::string text = rule("fp-01", "people.participants > 2", R"(submit = "refer")");
  return text.replace(text.find("What fp-01 says."), 16, say);
}

TEST(FilledText, PutsTheFactsIntoWhatARuleSays) {
  const auto rules = council(
      saying("{people.participants} for {money.cost_gbp}, more than {cfg.officer_limit_gbp}; "
             "children: {people.children}; {{as {calc.score} it is}}"));
  const Check found = check(
      *rules, {{"people.participants", std::int64_t{40}}, {"money.cost_gbp", std::int64_t{30000}}});
  ASSERT_EQ(found.findings.size(), 1u);
  EXPECT_EQ(found.findings[0].say,
            "40 people for £30,000, more than £25,000; children: no; {as not known it is}");
}

TEST(FilledText, LeavesAsItIsWhatHasNoPlaceholder) {
  const auto rules = council(saying("Say 50% } of it."));
  const Check found = check(*rules, {{"people.participants", std::int64_t{40}}});
  ASSERT_EQ(found.findings.size(), 1u);
  EXPECT_EQ(found.findings[0].say, "Say 50% } of it.");
}

struct Wrong {
  const char* name;
  const char* say;
  const char* code;
  const char* help;
};

class WrongPlaceholder : public testing::TestWithParam<Wrong> {};

TEST_P(WrongPlaceholder, IsToldWhenTheRuleIsLoaded) {
  const Loaded loaded = load_with(saying(GetParam().say) + R"([[fact]]
name = "people.illness"
type = "string"
meaning = "illness"
question = "Which?"
sensitive = true
)");
  ASSERT_EQ(loaded.issues.size(), 1u) << in_plain(loaded.issues);
  EXPECT_EQ(loaded.issues[0].code, GetParam().code);
  EXPECT_EQ(loaded.issues[0].help, GetParam().help);
  EXPECT_EQ(loaded.rules, nullptr);
}

const char* const kNoName = "write `{people.participants}`, or `{{` for a brace";
const Wrong kWrong[] = {
    {"Open", "All {people.participants", "LG150", kNoName},
    {"Empty", "All {} of them", "LG150", kNoName},
    {"NotAName", "All {2 > 1}", "LG150", kNoName},
    {"Misspelt", "All {people.particpants}", "LG151", "did you mean `people.participants`?"},
    {"Unheard", "All {qqqqqqqqqqqqq}", "LG151", "write `{{` for a brace"},
    {"Sensitive", "All {people.illness}", "LG152", "say it without the value"},
};
INSTANTIATE_TEST_SUITE_P(Of, WrongPlaceholder, testing::ValuesIn(kWrong),
                         [](const auto& about) { return std::string(about.param.name); });

TEST(Ask, PutsOnePersonsQuestionOnceWithAllTheRulesThatWaitForIt) {
  const auto rules = council(rule("fp-01", "people.participants > 2", R"(submit = "refer")") +
                             rule("fp-02", "people.participants > 9", R"(submit = "block")") +
                             rule("fp-03", "data.personal", R"(submit = "note")"));
  const Check found = check(*rules, {{"data.personal", false}});
  ASSERT_EQ(found.questions.size(), 1u);
  EXPECT_EQ(found.questions[0].fact, "people.participants");
  EXPECT_THAT(found.questions[0].rules, ElementsAre("fp-01", "fp-02"));
}

TEST(Ask, AsksForAFactThatIsAlwaysAskedForWhateverItsDefaultWhereTheSourceIsStrict) {
  const auto rules = council(rule("sg-01", "people.children", R"(submit = "refer")"));
  const auto lenient = facts_of(*rules, {});
  const auto strict = facts_of(*rules, {}, true);
  ASSERT_TRUE(lenient && strict);
  EXPECT_THAT(evaluate(*rules, *lenient, Gate::submit, kNoon).questions, IsEmpty());
  const Check found = evaluate(*rules, *strict, Gate::submit, kNoon);
  EXPECT_EQ(found.verdict, Verdict::ask_for_info);
  EXPECT_THAT(found.unknown, ElementsAre("people.children"));
}

}  // namespace
}  // namespace lockgate::rules
