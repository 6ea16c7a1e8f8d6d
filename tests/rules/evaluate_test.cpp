// What rules make of facts: findings, what waits, what holds the verdict up.

#include "tests/rules/small_council.hpp"

#include <gmock/gmock.h>

#include <limits>

namespace lockgate::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kScore = rule("rk-01", "calc.score >= cfg.risk_high", R"(submit = "refer")");
const std::string kDpia = rule("dp-01", R"(data.personal && data.dpia != "signed_off")",
                               R"(submit = "refer", decide = "block")", "Data Protection Officer");
const std::string kNote = rule("nt-01", "people.participants > 20", R"(submit = "note")");

// "dp-01 refer, rk-01 ask"
std::string findings(const Check& check) {
  std::string text;
  for (const Finding& finding : check.findings) {
    if (!text.empty()) text += ", ";
    text += finding.rule + ' ' + std::string(to_text(finding.outcome));
  }
  return text;
}

TEST(Evaluate, ApprovesWhereNoRuleIsTrue) {
  const auto rules = council(kDpia);
  const Check result = check(*rules, {{"data.personal", false}});
  EXPECT_EQ(result.verdict, Verdict::approve);
  EXPECT_THAT(result.findings, IsEmpty());
  EXPECT_THAT(result.questions, IsEmpty());
  EXPECT_EQ(result.rule_set, rules->hash());
  EXPECT_EQ(result.engine, "lockgate " LOCKGATE_VERSION);
  EXPECT_EQ(result.at, kNoon);
}

TEST(Evaluate, GivesTheOutcomeOfTheGateThatIsAsked) {
  const auto rules = council(kDpia);
  const Given given = {{"data.personal", true}, {"data.dpia", "draft"}};
  EXPECT_EQ(check(*rules, given, Gate::submit).verdict, Verdict::refer);
  EXPECT_EQ(check(*rules, given, Gate::decide).verdict, Verdict::block);
  EXPECT_EQ(check(*rules, given, Gate::run).verdict, Verdict::approve);
  EXPECT_EQ(findings(check(*rules, given, Gate::run)), "");
}

TEST(Evaluate, GivesAFindingTheWordsOfItsRule) {
  const auto rules = council(R"([[rule]]
id = "fp-01"
question = "Is it large?"
when = 'people.participants > 20'
at = { submit = "condition" }
to = "Board"
say = "It is large."
fix = "Make it smaller."
takes = "a day"
before = "close"
basis = "law"
source = ["An Act", "Its schedule"]
checked_on = 2026-11-23
review_by = 2027-12-31
)");
  const Check result = check(*rules, {{"people.participants", std::int64_t{21}}});
  EXPECT_EQ(result.verdict, Verdict::approve_with_conditions);
  const Finding expected{.rule = "fp-01",
                         .outcome = Outcome::condition,
                         .question = "Is it large?",
                         .to = "Board",
                         .say = "It is large.",
                         .fix = "Make it smaller.",
                         .takes = "a day",
                         .before = "close",
                         .basis = "law",
                         .source = {"An Act", "Its schedule"},
                         .facts = {{"people.participants", std::int64_t{21}, {}}},
                         .waits_for = {},
                         .trouble = {}};
  EXPECT_THAT(result.findings, ElementsAre(expected));
}

TEST(Evaluate, ListsTheStrongestFirstThenById) {
  const auto rules = council(rule("cc-01", "data.personal", R"(submit = "note")") +
                             rule("bb-01", "data.personal", R"(submit = "refer")") +
                             rule("aa-02", "data.personal", R"(submit = "condition")") +
                             rule("aa-01", "data.personal", R"(submit = "condition")") +
                             rule("dd-01", "data.personal", R"(submit = "block")") +
                             rule("ee-01", "data.personal", R"(submit = "ask")"));
  const Check result = check(*rules, {{"data.personal", true}});
  EXPECT_EQ(findings(result),
            "dd-01 block, ee-01 ask, bb-01 refer, aa-01 condition, aa-02 condition, cc-01 note");
  EXPECT_EQ(result.verdict, Verdict::block);
}

struct Strength {
  const char* outcome;
  Verdict verdict;
};

TEST(Evaluate, GivesTheVerdictOfTheStrongestFinding) {
  for (const auto& [outcome, verdict] :
       {Strength{"note", Verdict::approve}, Strength{"condition", Verdict::approve_with_conditions},
        Strength{"refer", Verdict::refer}, Strength{"ask", Verdict::ask_for_info},
        Strength{"block", Verdict::block}}) {
    const auto rules =
        council(rule("aa-01", "data.personal", "submit = \"note\"") +
                rule("bb-01", "data.personal", "submit = \"" + std::string(outcome) + '"'));
    EXPECT_EQ(check(*rules, {{"data.personal", true}}).verdict, verdict) << outcome;
  }
}

// --- what conditions look at ---------------------------------------------------

TEST(Evaluate, KeepsTheFactsSettingsAndExpressionsThatAConditionLookedAt) {
  const auto rules = council(
      rule("rk-01", R"(calc.score >= cfg.risk_high && money.cost_gbp > 1.0 && !people.children)",
           R"(submit = "refer")"));
  const Check result = check(*rules, {{"risk.likelihood", std::int64_t{4}},
                                      {"risk.impact", std::int64_t{4}},
                                      {"money.cost_gbp", 8400.5}});
  ASSERT_EQ(findings(result), "rk-01 refer");
  EXPECT_THAT(result.findings[0].facts, ElementsAre(KeptFact{"calc.score", std::int64_t{16}, {}},
                                                    KeptFact{"cfg.risk_high", std::int64_t{13}, {}},
                                                    KeptFact{"money.cost_gbp", 8400.5, {}},
                                                    KeptFact{"people.children", false, {}}));
  EXPECT_THAT(result.facts, ElementsAre(KeptFact{"money.cost_gbp", 8400.5, {}},
                                        KeptFact{"risk.impact", std::int64_t{4}, {}},
                                        KeptFact{"risk.likelihood", std::int64_t{4}, {}}));
}

TEST(Evaluate, LeavesWhatIsUnknownOutOfWhatWasLookedAt) {
  const auto rules =
      council(rule("aa-01", "data.personal || people.participants > 3", R"(submit = "refer")"));
  const Check result = check(*rules, {{"data.personal", true}});
  EXPECT_THAT(result.findings[0].facts, ElementsAre(KeptFact{"data.personal", true, {}}));
}

TEST(Evaluate, TellsRulesTheGateWhateverWasGiven) {
  const auto rules = council(
      rule("aa-01", R"(proposal.stage == "decide")", R"(submit = "refer", decide = "refer")"));
  const Given given = {{"proposal.stage", "decide"}};
  EXPECT_EQ(check(*rules, given, Gate::submit).verdict, Verdict::approve);
  EXPECT_EQ(check(*rules, {{"proposal.stage", "submit"}}, Gate::decide).verdict, Verdict::refer);
  EXPECT_EQ(check(*rules, {}, Gate::decide).findings[0].facts[0],
            (KeptFact{"proposal.stage", "decide", {}}));
}

TEST(Evaluate, O41_TakesNowFromTheCheckAndNotFromAClock) {
  const auto rules =
      council(rule("aa-01", R"(now >= timestamp("2027-01-01T00:00:00Z"))", R"(submit = "refer")"));
  const UtcTime eve = *time_from_text("2026-12-31T23:59:59.999999Z");
  const UtcTime morning = *time_from_text("2027-01-01T00:00:00.000000Z");
  EXPECT_EQ(check(*rules, {}, Gate::submit, eve).verdict, Verdict::approve);
  EXPECT_EQ(check(*rules, {}, Gate::submit, morning).verdict, Verdict::refer);
  EXPECT_EQ(check(*rules, {}, Gate::submit, morning).at, morning);
  EXPECT_THAT(check(*rules, {}, Gate::submit, morning).findings[0].facts, IsEmpty());
}

TEST(Evaluate, O41_GivesTheSameCheckForTheSameMoment) {
  const auto rules = council(kDpia + kScore + kNote);
  const Given given = {{"data.personal", true}, {"people.participants", std::int64_t{30}}};
  EXPECT_EQ(check(*rules, given), check(*rules, given));
}

TEST(Evaluate, HandlesMomentsBefore1970) {
  const auto rules =
      council(rule("aa-01", R"(now < timestamp("1969-12-31T23:59:59.6Z"))", R"(submit = "refer")"));
  const UtcTime before = *time_from_text("1969-12-31T23:59:59.500000Z");
  const UtcTime after = *time_from_text("1969-12-31T23:59:59.700000Z");
  EXPECT_EQ(check(*rules, {}, Gate::submit, before).verdict, Verdict::refer);
  EXPECT_EQ(check(*rules, {}, Gate::submit, after).verdict, Verdict::approve);
}

// --- unknown facts ---------------------------------------------------------------

struct Logic {
  const char* when;
  const char* given;  // the value of data.personal; people.participants is unknown
  const char* findings;
};

TEST(Evaluate, O40_LetsAMissingFactMatterOnlyWhereItCouldChangeTheAnswer) {
  for (const Logic& c : {
           Logic{"data.personal && people.participants > 3", "false", ""},
           Logic{"data.personal && people.participants > 3", "true", "aa-01 ask"},
           Logic{"people.participants > 3 && data.personal", "false", ""},
           Logic{"data.personal || people.participants > 3", "true", "aa-01 refer"},
           Logic{"data.personal || people.participants > 3", "false", "aa-01 ask"},
           Logic{"people.participants > 3 || data.personal", "true", "aa-01 refer"},
           Logic{"data.personal ? people.participants > 3 : false", "false", ""},
           Logic{"data.personal ? people.participants > 3 : true", "false", "aa-01 refer"},
           Logic{"data.personal ? people.participants > 3 : true", "true", "aa-01 ask"},
           Logic{"!(data.personal && people.participants > 3)", "false", "aa-01 refer"},
           Logic{"people.participants == 3", "true", "aa-01 ask"},
           Logic{"has(people.participants) || data.personal", "false", "aa-01 ask"},
           Logic{"1 / 0 == 1 || people.participants > 3", "true", "aa-01 ask"},
       }) {
    const auto rules = council(rule("aa-01", c.when, R"(submit = "refer")"));
    const Check result = check(*rules, {{"data.personal", std::string(c.given) == "true"}});
    EXPECT_EQ(findings(result), c.findings) << c.when << " with " << c.given;
  }
}

TEST(Evaluate, AsksForWhatHoldsTheVerdictUp) {
  const auto rules = council(kDpia);
  const Check result = check(*rules, {{"data.personal", true}});
  EXPECT_EQ(result.verdict, Verdict::ask_for_info);
  EXPECT_EQ(findings(result), "dp-01 ask");
  EXPECT_THAT(result.findings[0].waits_for, ElementsAre("data.dpia"));
  EXPECT_EQ(result.findings[0].trouble, "");
  EXPECT_THAT(result.unknown, ElementsAre("data.dpia"));
  EXPECT_THAT(result.questions,
              ElementsAre(Question{
                  "data.dpia", "How far is your data protection impact assessment?", {"dp-01"}}));
}

TEST(Evaluate, WaitsForTheFactsBehindANamedExpression) {
  const auto rules = council(kScore);
  EXPECT_THAT(check(*rules, {}).unknown, ElementsAre("risk.likelihood", "risk.impact"));
  EXPECT_THAT(check(*rules, {{"risk.impact", std::int64_t{1}}}).findings[0].waits_for,
              ElementsAre("risk.likelihood"));
}

TEST(Evaluate, AsksEachQuestionOnceWithAllRulesThatWait) {
  const auto rules =
      council(rule("aa-01", "data.personal", R"(submit = "refer")") +
              rule("aa-02", "data.personal && people.participants > 3", R"(submit = "block")"));
  const Check result = check(*rules, {});
  EXPECT_THAT(
      result.questions,
      ElementsAre(Question{"data.personal",
                           "Will you use information about identifiable people?",
                           {"aa-01", "aa-02"}},
                  Question{"people.participants", "How many people will take part?", {"aa-02"}}));
}

struct Holding {
  const char* name;
  const char* known;    // outcome of a rule that is true; "" for none
  const char* waiting;  // outcome that a rule that waits would have
  Verdict verdict;
  bool holds_up;
};

TEST(Evaluate, IsHeldUpOnlyByWhatCouldOutrankTheStrongestKnownFinding) {
  for (const Holding& c : {
           Holding{"nothing known, block waits", "", "block", Verdict::ask_for_info, true},
           Holding{"nothing known, condition waits", "", "condition", Verdict::ask_for_info, true},
           Holding{"nothing known, note waits", "", "note", Verdict::approve, false},
           Holding{"refer known, block waits", "refer", "block", Verdict::ask_for_info, true},
           Holding{"refer known, ask waits", "refer", "ask", Verdict::ask_for_info, true},
           Holding{"refer known, refer waits", "refer", "refer", Verdict::refer, false},
           Holding{"refer known, condition waits", "refer", "condition", Verdict::refer, false},
           Holding{"condition known, refer waits", "condition", "refer", Verdict::ask_for_info,
                   true},
           Holding{"ask known, block waits", "ask", "block", Verdict::ask_for_info, true},
           Holding{"ask known, refer waits", "ask", "refer", Verdict::ask_for_info, false},
           Holding{"block known, block waits", "block", "block", Verdict::block, false},
       }) {
    SCOPED_TRACE(c.name);
    std::string text =
        rule("bb-01", "people.participants > 3", "submit = \"" + std::string(c.waiting) + '"');
    if (*c.known)
      text += rule("aa-01", "data.personal", "submit = \"" + std::string(c.known) + '"');
    const auto rules = council(text);
    const Check result = check(*rules, {{"data.personal", true}});
    EXPECT_EQ(result.verdict, c.verdict);
    EXPECT_EQ(result.unknown.size(), c.holds_up ? 1u : 0u);
    EXPECT_EQ(result.questions.size(), 1u) << "every rule that waits is listed";
    EXPECT_EQ(result.findings.size(), *c.known ? 2u : 1u);
  }
}

TEST(Evaluate, PutsQuestionsThatHoldTheVerdictUpFirst) {
  const auto rules = council(rule("aa-01", "people.participants > 3", R"(submit = "block")") +
                             rule("aa-02", R"(data.dpia == "none")", R"(submit = "condition")") +
                             rule("aa-03", "data.personal", R"(submit = "refer")"));
  const Check result = check(*rules, {{"data.personal", true}});
  EXPECT_EQ(result.verdict, Verdict::ask_for_info);
  EXPECT_THAT(result.unknown, ElementsAre("people.participants"));
  ASSERT_EQ(result.questions.size(), 2u);
  EXPECT_EQ(result.questions[0].fact, "people.participants");
  EXPECT_EQ(result.questions[1].fact, "data.dpia");
  EXPECT_EQ(findings(result), "aa-01 ask, aa-02 ask, aa-03 refer");
}

TEST(Evaluate, UsesDefaultsUnlessStrictAsks) {
  const auto rules = council(rule("aa-01", "people.children", R"(submit = "block")"));
  EXPECT_EQ(check(*rules, {}).verdict, Verdict::approve);
  const Result<Facts> strict = facts_of(*rules, {}, true);
  ASSERT_TRUE(strict.has_value());
  EXPECT_EQ(evaluate(*rules, *strict, Gate::submit, kNoon).verdict, Verdict::ask_for_info);
  const Result<Facts> told = facts_of(*rules, {{"people.children", false}}, true);
  EXPECT_EQ(evaluate(*rules, *told, Gate::submit, kNoon).verdict, Verdict::approve);
}

// What the expression `is`, which a rule looks at, is kept as.
FactValue kept(const std::string& is) {
  const auto rules = council("[[expression]]\nname = \"calc.x\"\nmeaning = \"x\"\nis = '" + is +
                             "'\n\n" + rule("aa-01", "calc.x == calc.x", R"(submit = "note")"));
  if (!rules) return "not loaded";
  const Check result = check(*rules, {{"people.participants", std::int64_t{3}}});
  EXPECT_EQ(result.findings.at(0).facts.at(0).path, "calc.x");
  return result.findings[0].facts[0].value;
}

TEST(Evaluate, KeepsWhatAnExpressionCameToUnlessItIsTooLarge) {
  EXPECT_EQ(kept("[people.participants, 1]"),
            FactValue(FactList{std::int64_t{3}, std::int64_t{1}}));
  EXPECT_EQ(kept(R"({"a": [people.participants]})"),
            FactValue(FactMap{{"a", FactList{std::int64_t{3}}}}));
  EXPECT_EQ(kept(R"({"1": people.participants, "2": 2}["1"])"), FactValue(std::int64_t{3}));
  EXPECT_EQ(kept(R"({dyn("1"): people.participants, dyn(1): 2})"), FactValue());
  std::string nested = "people.participants";
  for (int i = 0; i < 20; ++i) nested = '[' + nested + ']';
  EXPECT_EQ(kept(nested), FactValue());
  EXPECT_EQ(kept("[lists.range(people.participants * 2000)]"), FactValue());
}

TEST(Evaluate, IsQuickWithAValueThatSharesItsParts) {
  std::string shared = "[people.participants]";
  for (int i = 0; i < 28; ++i) {
    const std::string last = "cel.index(" + std::to_string(i) + ")";
    shared += ", [" + last + ", " + last + "]";
  }
  const auto rules =
      council("[[expression]]\nname = \"calc.x\"\nmeaning = \"x\"\nis = 'cel.block([" + shared +
              "], cel.index(28))'\n\n" + rule("aa-01", "size(calc.x) == 2", R"(submit = "note")"));
  const Check result = check(*rules, {{"people.participants", std::int64_t{3}}});
  EXPECT_EQ(findings(result), "aa-01 note");
  EXPECT_EQ(result.findings.at(0).facts.at(0), (KeptFact{"calc.x", {}, {}}));
}

// --- trouble ---------------------------------------------------------------------

struct Trouble {
  const char* name;
  std::string when;
  Given given;
  const char* trouble;
};

void PrintTo(const Trouble& trouble, std::ostream* out) { *out << trouble.name; }

class O40_Trouble : public testing::TestWithParam<Trouble> {};

TEST_P(O40_Trouble, RefersAndNeverPasses) {
  const Trouble& c = GetParam();
  const std::string text =
      "[[fact]]\nname = \"x.ratio\"\ntype = \"double\"\nmeaning = \"m\"\nquestion = \"q?\"\n"
      "[[fact]]\nname = \"x.text\"\ntype = \"string\"\nmeaning = \"m\"\nquestion = \"q?\"\n";
  for (const char* outcome : {"note", "condition", "refer", "ask", "block"}) {
    const auto rules =
        council(text + rule("aa-01", c.when, "submit = \"" + std::string(outcome) + '"'));
    const Check result = check(*rules, c.given);
    EXPECT_EQ(result.verdict, Verdict::refer) << outcome;
    ASSERT_EQ(findings(result), "aa-01 refer") << outcome;
    EXPECT_EQ(result.findings[0].trouble, c.trouble);
    EXPECT_THAT(result.findings[0].waits_for, IsEmpty());
    EXPECT_THAT(result.unknown, IsEmpty());
  }
}

std::string deep_loops() {
  const std::string ten = "[1,2,3,4,5,6,7,8,9,10]";
  std::string nested = "x > 0";
  for (int i = 0; i < 12; ++i) nested = ten + ".all(x, " + nested + ")";
  return nested;
}

constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();
const Trouble kTroubles[] = {
    {"NullFact", R"(data.dpia == "none")", {{"data.dpia", {}}}, "`data.dpia` is null"},
    {"NullWhereTruthIsWanted", "data.personal", {{"data.personal", {}}}, "`data.personal` is null"},
    {"NullBehindAnExpression",
     "calc.score > 3",
     {{"risk.likelihood", {}}, {"risk.impact", std::int64_t{2}}},
     "`calc.score`: `risk.likelihood` is null"},
    {"NullComparedWithNull",
     "people.participants == null",
     {{"people.participants", {}}},
     "`people.participants` is null"},
    {"DivisionByZero",
     "10 / people.participants > 3",
     {{"people.participants", std::int64_t{0}}},
     "division by zero"},
    {"RemainderByZero",
     "10 % people.participants > 3",
     {{"people.participants", std::int64_t{0}}},
     "division by zero"},
    {"DivisionOfMoneyByZero",
     "100.0 / money.cost_gbp > 3.0",
     {{"money.cost_gbp", 0.0}},
     "division by zero"},
    {"NothingDividedByNothing", "x.ratio / x.ratio > 3.0", {{"x.ratio", 0.0}}, "division by zero"},
    {"ConstantDivisionByZero", "1.0 / 0.0 > x.ratio", {{"x.ratio", 0.0}}, "division by zero"},
    {"OverflowOfWholeNumbers",
     "risk.likelihood * risk.impact > 3",
     {{"risk.likelihood", kLargest}, {"risk.impact", std::int64_t{2}}},
     "the number is out of range"},
    {"OverflowBehindAnExpression",
     "calc.score > 3",
     {{"risk.likelihood", kLargest}, {"risk.impact", std::int64_t{2}}},
     "`calc.score`: the number is out of range"},
    {"OverflowOfDecimalNumbers",
     "x.ratio * x.ratio > 3.0",
     {{"x.ratio", 1e200}},
     "the number is out of range"},
    {"NaNFromText", "double(x.text) > 3.0", {{"x.text", "NaN"}}, "the number is out of range"},
    {"TextThatIsNoNumber",
     "int(x.text) > 3",
     {{"x.text", "three"}},
     "the text is not a whole number"},
    {"WrongTypeAtRunTime",
     "dyn(x.text) > 3",
     {{"x.text", "three"}},
     "no such overload: `>` does not take text and a whole number"},
    {"NeitherTrueNorFalse", "dyn(x.text)", {{"x.text", "true"}}, "it is neither true nor false"},
    {"IndexOutsideAList",
     "[1, 2][people.participants] > 3",
     {{"people.participants", std::int64_t{2}}},
     "the index is outside the list"},
    {"TooManySteps", deep_loops(), {}, "the expression takes too many steps"},
};
INSTANTIATE_TEST_SUITE_P(All, O40_Trouble, testing::ValuesIn(kTroubles),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(Evaluate, O40_RefersTroubleOfARuleToTheProposerToSomebodyWithASeat) {
  const auto rules = council(rule("aa-01", "data.personal", R"(submit = "condition")", "Proposer"));
  const Check trouble = check(*rules, {{"data.personal", {}}});
  ASSERT_EQ(findings(trouble), "aa-01 refer");
  EXPECT_EQ(trouble.findings[0].to, "Board");
  EXPECT_EQ(check(*rules, {{"data.personal", true}}).findings[0].to, "Proposer");
  EXPECT_EQ(check(*rules, {}).findings[0].to, "Proposer");
}

TEST(Evaluate, O40_LetsTroubleGoWhereItCannotMatter) {
  const auto rules =
      council(rule("aa-01", R"(data.dpia == "none" && data.personal)", R"(submit = "block")"));
  EXPECT_EQ(check(*rules, {{"data.dpia", {}}, {"data.personal", false}}).verdict, Verdict::approve);
}

TEST(Evaluate, RanksTroubleAsAReferral) {
  const auto rules = council(rule("aa-01", "10 / people.participants > 3", R"(submit = "note")") +
                             rule("bb-01", "people.children", R"(submit = "block")") +
                             rule("cc-01", R"(data.dpia == "none")", R"(submit = "block")") +
                             rule("dd-01", "data.personal", R"(submit = "refer")"));
  const Given zero = {
      {"people.participants", std::int64_t{0}}, {"people.children", true}, {"data.dpia", "draft"}};
  Check result = check(*rules, zero);
  EXPECT_EQ(findings(result), "bb-01 block, dd-01 ask, aa-01 refer");
  EXPECT_EQ(result.verdict, Verdict::block);
  // Trouble is known: what waits and could only refer too does not hold it up.
  result = check(*rules, {{"people.participants", std::int64_t{0}}, {"data.dpia", "draft"}});
  EXPECT_EQ(findings(result), "dd-01 ask, aa-01 refer");
  EXPECT_EQ(result.verdict, Verdict::refer);
  EXPECT_THAT(result.unknown, IsEmpty());
  // What waits and could block does.
  result = check(*rules, {{"people.participants", std::int64_t{0}}, {"data.personal", false}});
  EXPECT_EQ(result.verdict, Verdict::ask_for_info);
  EXPECT_THAT(result.unknown, ElementsAre("data.dpia"));
}

TEST(Evaluate, O38_StopsAllRulesTogetherAtTheCostOfOneCheck) {
  std::string text;
  for (int i = 10; i < 50; ++i) {
    text += rule("aa-" + std::to_string(i), deep_loops(), R"(submit = "note")");
  }
  text += rule("zz-01", "data.personal", R"(submit = "note")");
  const auto rules = council(text);
  const auto begin = std::chrono::steady_clock::now();
  const Check result = check(*rules, {{"data.personal", false}});
  const auto took = std::chrono::steady_clock::now() - begin;
  EXPECT_EQ(result.verdict, Verdict::refer);
  ASSERT_EQ(result.findings.size(), 41u);
  for (const Finding& finding : result.findings) {
    EXPECT_EQ(finding.trouble, "the expression takes too many steps") << finding.rule;
  }
  EXPECT_LT(took, std::chrono::seconds(20)) << "forty million steps would take longer";
}

TEST(Evaluate, ComputesANamedExpressionOnceHoweverManyRulesUseIt) {
  // One evaluation takes most of what one expression may; sixty would exceed the check.
  const std::string ten = "[1,2,3,4,5,6,7,8,9,10]";
  std::string heavy = "x > 0";
  for (int i = 0; i < 5; ++i) heavy = ten + ".all(x, " + heavy + ")";
  std::string text =
      "[[expression]]\nname = \"calc.heavy\"\nmeaning = \"m\"\nis = '" + heavy + "'\n";
  for (int i = 10; i < 70; ++i) {
    text += rule("aa-" + std::to_string(i), "calc.heavy", R"(submit = "note")");
  }
  const auto rules = council(text);
  const Check result = check(*rules, {});
  EXPECT_EQ(result.verdict, Verdict::approve);
  EXPECT_EQ(result.findings.size(), 60u);
  for (const Finding& finding : result.findings) EXPECT_EQ(finding.trouble, "");
}

TEST(SlotValues, AreThoseThatConditionsAreEvaluatedWith) {
  const auto rules = council(kDpia);
  const Result<Facts> facts = facts_of(*rules, {{"risk.likelihood", 3}, {"risk.impact", 4}});
  const std::vector<cel::Value> values = slot_values(*rules, *facts, Gate::decide, kNoon);
  const auto value = [&](std::string_view name) {
    return values[*rules->declarations().find(name)].text();
  };
  EXPECT_EQ(values.size(), rules->declarations().size());
  EXPECT_EQ(value("risk.impact"), "4");
  EXPECT_EQ(value("cfg.risk_high"), "13");
  EXPECT_EQ(value("calc.score"), "12");
  EXPECT_EQ(value("proposal.stage"), "'decide'");
  EXPECT_EQ(value("people.children"), "false");
  EXPECT_TRUE(values[*rules->declarations().find("data.dpia")].is_unknown());
}

}  // namespace
}  // namespace lockgate::rules
