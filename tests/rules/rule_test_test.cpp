// Authors' tests: what passes, what an author is told of a test that does not,
// and of a mistake in a test file.

#include "rules/rule_test.hpp"

#include <gmock/gmock.h>

#include "tests/rules/small_council.hpp"

namespace lockgate::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const RuleSet& rules() {
  static const auto set =
      council(rule("dp-01", R"(data.personal && data.dpia != "signed_off")",
                   R"(submit = "refer", decide = "block")", "Data Protection Officer") +
              rule("rk-01", "calc.score >= cfg.risk_high", R"(submit = "condition")") +
              rule("fp-01", "10.0 / money.cost_gbp > 3.0", R"(run = "note")"));
  return *set;
}

TestRun run(const std::string& text) {
  const std::vector<SourceFile> files = {{"packs/x.test.toml", text}};
  return run_tests(rules(), files);
}

// One test with a usual beginning.
std::string test(const std::string& lines, const std::string& gate = "submit") {
  return "[[test]]\nname = \"n\"\ngate = \"" + gate + "\"\n" + lines;
}

const std::string kKnown =
    "[test.facts]\ndata = { personal = true, dpia = \"draft\" }\n"
    "risk.likelihood = 5\nrisk.impact = 5\n";

TEST(RunTests, PassesWhatHolds) {
  const TestRun result =
      run(test("verdict = \"refer\"\nfindings = { dp-01 = \"refer\", rk-01 = \"condition\" }\n"
               "absent = [\"fp-01\"]\nonly = true\nunknown = []\n" +
               kKnown) +
          test("verdict = \"block\"\nfindings = { dp-01 = \"block\" }\n" + kKnown, "decide") +
          test("verdict = \"ask_for_info\"\nfindings = { dp-01 = \"ask\" }\n"
               "unknown = [\"risk.impact\", \"data.dpia\", \"risk.likelihood\"]\n"
               "facts = { \"data.personal\" = true }\n"));
  EXPECT_THAT(result.issues, IsEmpty()) << in_plain(result.issues);
  EXPECT_THAT(result.report.failed, IsEmpty());
  EXPECT_EQ(result.report.passed, 3);
  EXPECT_EQ(result.report.rules, 3u);
}

TEST(RunTests, CountsRulesThatNoTestMadeTrueOrFalse) {
  const TestRun result =
      run(test("verdict = \"refer\"\n" + kKnown) +
          test("verdict = \"approve_with_conditions\"\n[test.facts]\ndata.personal = false\n"
               "risk.likelihood = 5\nrisk.impact = 5\n") +
          // Trouble and waiting are neither.
          test("verdict = \"refer\"\nfacts = { money.cost_gbp = 0 }\n", "run") +
          test("verdict = \"approve\"\n", "run"));
  EXPECT_EQ(result.report.passed, 4);
  EXPECT_THAT(result.report.never_true, ElementsAre("fp-01"));
  EXPECT_THAT(result.report.never_false, ElementsAre("fp-01", "rk-01"));
}

struct Failing {
  const char* name;
  std::string test;
  std::vector<std::string> why;
};

class FailingTest : public testing::TestWithParam<Failing> {};

TEST_P(FailingTest, TellsItsAuthorWhatWasExpectedAndWhatCame) {
  const TestRun result = run("# first line\n\n" + GetParam().test);
  EXPECT_THAT(result.issues, IsEmpty()) << in_plain(result.issues);
  EXPECT_EQ(result.report.passed, 0);
  ASSERT_EQ(result.report.failed.size(), 1u);
  EXPECT_EQ(result.report.failed[0].file, "packs/x.test.toml");
  EXPECT_EQ(result.report.failed[0].line, 3u);
  EXPECT_EQ(result.report.failed[0].name, "n");
  EXPECT_EQ(lines_of(result.report.failed[0].differences), GetParam().why);
}

void PrintTo(const Failing& failing, std::ostream* out) { *out << failing.name; }

INSTANTIATE_TEST_SUITE_P(
    All, FailingTest,
    testing::Values(
        Failing{"Verdict",
                test("verdict = \"approve\"\n" + kKnown),
                {"expected  verdict approve", "got       verdict refer by dp-01"}},
        Failing{"VerdictThatWaits",
                test("verdict = \"approve\"\n[test.facts]\ndata.personal = false\n"
                     "risk.impact = 5\n"),
                {"expected  verdict approve",
                 "got       verdict ask_for_info, as it waits for risk.likelihood"}},
        Failing{"VerdictOfNoFinding",
                test("verdict = \"block\"\n", "close"),
                {"expected  verdict block", "got       verdict approve"}},
        Failing{"FindingOfARuleThatIsFalse",
                test("verdict = \"approve_with_conditions\"\nfindings = { dp-01 = \"refer\" }\n"
                     "[test.facts]\ndata = { personal = true, dpia = \"signed_off\" }\n"
                     "risk.likelihood = 5\nrisk.impact = 5\n"),
                {"expected  refer by dp-01", "got       nothing by dp-01",
                 "dp-01 did not apply because:",
                 "  data.personal              true   (data.personal is true)",
                 "  data.dpia != \"signed_off\"  false  (data.dpia is \"signed_off\")"}},
        Failing{"FindingOfAnotherStrength",
                test("verdict = \"block\"\nfindings = { dp-01 = \"refer\" }\n" + kKnown, "decide"),
                {"expected  refer by dp-01", "got       block by dp-01"}},
        Failing{
            "FindingThatWaits",
            test("verdict = \"ask_for_info\"\nfindings = { dp-01 = \"block\" }\n"
                 "facts = { data.personal = true }\n",
                 "decide"),
            {"expected  block by dp-01", "got       ask by dp-01, which waits for data.dpia",
             "dp-01 waits because:", "  data.personal              true   (data.personal is true)",
             "  data.dpia != \"signed_off\"  not known  (data.dpia is not given)",
             "help: give `data.dpia` in the test's facts"}},
        Failing{"FindingInTrouble",
                test("verdict = \"refer\"\nfindings = { fp-01 = \"note\" }\n"
                     "facts = { money.cost_gbp = 0 }\n",
                     "run"),
                {"expected  note by fp-01",
                 "got       refer by fp-01, which cannot be evaluated: division by zero",
                 "fp-01 cannot be evaluated because:",
                 "  10.0 / money.cost_gbp > 3.0  without a value: division by zero  "
                 "(money.cost_gbp is 0)"}},
        Failing{"FindingAtAGateThatTheRuleDoesNotKnow",
                test("verdict = \"approve\"\nfindings = { dp-01 = \"refer\" }\n", "close"),
                {"expected  refer by dp-01", "got       nothing by dp-01: it is not asked at close",
                 "help: it is asked at submit, decide"}},
        Failing{"FindingThatMustBeAbsent",
                test("verdict = \"refer\"\nabsent = [\"dp-01\"]\n" + kKnown),
                {"expected  nothing by dp-01", "got       refer by dp-01", "dp-01 applied because:",
                 "  data.personal              true   (data.personal is true)",
                 "  data.dpia != \"signed_off\"  true   (data.dpia is \"draft\")"}},
        Failing{
            "FindingBesideTheOnlyOnes",
            test("verdict = \"refer\"\nfindings = { dp-01 = \"refer\" }\nonly = true\n" + kKnown),
            {"expected  no other findings", "got       condition by rk-01",
             "rk-01 applied because:",
             "  calc.score >= cfg.risk_high  true   (calc.score is 25, cfg.risk_high is 13)"}},
        Failing{"UnknownFacts",
                test("verdict = \"ask_for_info\"\nunknown = [\"data.dpia\"]\n"
                     "facts = { risk.impact = 1, data.personal = true }\n"),
                {"expected  unknown data.dpia", "got       unknown data.dpia, risk.likelihood"}},
        Failing{"UnknownFactsWhereThereAreNone",
                test("verdict = \"refer\"\nunknown = [\"people.participants\"]\n" + kKnown),
                {"expected  unknown people.participants", "got       unknown nothing"}}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(RunTests, LeavesOutRulesThatTheFileIsNotAbout) {
  const std::string both = "[test.facts]\ndata = { personal = true }\nrisk.likelihood = 5\n";
  const TestRun result =
      run("rules = [\"rk-*\", \"fp-01\"]\n" +
          test("verdict = \"approve_with_conditions\"\nfindings = { rk-01 = \"condition\" }\n"
               "only = true\nunknown = []\n[test.facts]\nrisk.likelihood = 5\n"
               "risk.impact = 5\n") +
          test("verdict = \"ask_for_info\"\nfindings = { rk-01 = \"ask\" }\nonly = true\n"
               "unknown = [\"risk.impact\"]\n" +
               both) +
          test("verdict = \"approve\"\nonly = true\nunknown = []\n" + both, "decide"));
  EXPECT_THAT(result.issues, IsEmpty()) << in_plain(result.issues);
  EXPECT_THAT(result.report.failed, IsEmpty());
  EXPECT_EQ(result.report.passed, 3);
  EXPECT_THAT(result.report.never_true, ElementsAre("dp-01", "fp-01"));
  EXPECT_THAT(result.report.never_false, ElementsAre("dp-01", "fp-01", "rk-01"));
}

TEST(RunTests, LetsWhatARuleWaitsForHoldUpOnlyAWeakerVerdict) {
  const auto set = council(rule("aa-01", "data.personal", R"(submit = "note")") +
                           rule("aa-02", "risk.impact > 3", R"(submit = "note")") +
                           rule("bb-01", "risk.likelihood > 3", R"(submit = "refer")"));
  const std::vector<SourceFile> files = {
      {"x.test.toml", "rules = [\"aa-*\"]\n" +
                          test("verdict = \"approve\"\nunknown = []\n"
                               "findings = { aa-01 = \"note\", aa-02 = \"ask\" }\nonly = true\n"
                               "facts = { data.personal = true }\n")}};
  const TestRun result = run_tests(*set, files);
  EXPECT_THAT(result.report.failed, IsEmpty());
  EXPECT_EQ(result.report.passed, 1);
}

TEST(RunTests, JudgesAtTheMomentOfTheTest) {
  const auto set =
      council(rule("aa-01", R"(now >= timestamp("2027-01-01T00:00:00Z"))", R"(submit = "refer")"));
  const std::vector<SourceFile> files = {
      {"x.test.toml", test("at = 2027-01-01T00:30:00+00:30\nverdict = \"refer\"\n") +
                          test("at = 2027-01-01T00:30:00+01:00\nverdict = \"approve\"\n") +
                          test("verdict = \"approve\"\n")}};
  const TestRun result = run_tests(*set, files);
  EXPECT_EQ(result.report.passed, 3);
}

TEST(RunTests, GivesTheFactsOfTheFileToEachTestThatDoesNotGiveThemItself) {
  const TestRun result =
      run("[facts]\ndata = { personal = true, dpia = \"draft\" }\n\"risk.impact\" = 1\n"
          "risk.likelihood = 5\n" +
          test("verdict = \"refer\"\nfindings = { dp-01 = \"refer\" }\nonly = true\n") +
          test("verdict = \"approve\"\nfacts = { \"data.dpia\" = \"signed_off\" }\n") +
          test("verdict = \"approve_with_conditions\"\n[test.facts]\nrisk.impact = 5\n"
               "data.personal = false\n") +
          test("verdict = \"ask_for_info\"\nunknown = [\"data.dpia\"]\n"
               "without = [\"data.dpia\"]\n"));
  EXPECT_THAT(result.issues, IsEmpty()) << in_plain(result.issues);
  EXPECT_THAT(result.report.failed, IsEmpty()) << plain_report(result.report);
  EXPECT_EQ(result.report.passed, 4);
}

TEST(RunTests, SkipsWhatSaysSoAndWhatIsStillToBeWritten) {
  const TestRun result =
      run(test("verdict = \"block\"\nskip = \"waits for legal\"\n", "close") +
          "[[test]]\nname = \"later\"\ntodo = \"ask the DPO\"\nfindings = { zz-99 = \"block\" }\n" +
          test("verdict = \"approve\"\n", "close"));
  EXPECT_THAT(result.issues, IsEmpty()) << in_plain(result.issues);
  EXPECT_EQ(result.report.passed, 1);
  EXPECT_THAT(result.report.failed, IsEmpty());
  EXPECT_EQ(result.report.tests.size(), 3u);
  ASSERT_EQ(result.report.skipped.size(), 2u);
  EXPECT_EQ(result.report.skipped[0].reason, "waits for legal");
  EXPECT_FALSE(result.report.skipped[0].todo);
  EXPECT_EQ(result.report.skipped[1].reason, "ask the DPO");
  EXPECT_TRUE(result.report.skipped[1].todo);
}

struct TestMistake {
  const char* name;
  std::string test;
  const char* code;
  std::size_t line;
  std::size_t column;
  std::size_t length;
  const char* message;
  const char* help;
};

class MistakenTest : public testing::TestWithParam<TestMistake> {};

TEST_P(MistakenTest, IsAnIssueAndNothingIsRun) {
  const TestMistake& c = GetParam();
  const TestRun result = run(c.test + test("verdict = \"approve\"\n", "close"));
  EXPECT_EQ(result.report.passed, 0);
  EXPECT_THAT(result.report.failed, IsEmpty());
  ASSERT_EQ(result.issues.size(), 1u) << in_plain(result.issues);
  const Issue& issue = result.issues[0];
  EXPECT_EQ(issue.code, c.code);
  EXPECT_EQ(issue.file, "packs/x.test.toml");
  EXPECT_EQ(issue.line, c.line);
  EXPECT_EQ(issue.column, c.column);
  EXPECT_EQ(issue.length, c.length);
  EXPECT_EQ(issue.message, c.message);
  EXPECT_EQ(issue.help, c.help);
}

void PrintTo(const TestMistake& mistake, std::ostream* out) { *out << mistake.name; }

INSTANTIATE_TEST_SUITE_P(
    All, MistakenTest,
    testing::Values(
        TestMistake{"UnknownKey", test("verdict = \"approve\"\nonli = true\n", "close"), "LG102", 5,
                    1, 4, "unknown key `onli` in this `[[test]]`", "did you mean `only`?"},
        TestMistake{"NoVerdict", test(""), "LG103", 1, 1, 8,
                    "`verdict` is missing in this `[[test]]`", ""},
        TestMistake{"UnknownVerdict", test("verdict = \"approved\"\n"), "LG105", 4, 11, 10,
                    "`approved` is not a verdict",
                    "did you mean `approve`? It may be `block`, `ask_for_info`, `refer`, "
                    "`approve_with_conditions` or `approve`"},
        TestMistake{"UnknownGate", test("verdict = \"approve\"\n", "sumbit"), "LG105", 3, 8, 8,
                    "`sumbit` is not a gate",
                    "did you mean `submit`? It may be `submit`, `decide`, `run` or `close`"},
        TestMistake{"UnknownOutcome",
                    test("verdict = \"approve\"\nfindings = { dp-01 = \"stop\" }\n"), "LG105", 5,
                    22, 6, "`stop` is not an outcome",
                    "write `block`, `ask`, `refer`, `condition` or `note`"},
        TestMistake{"UnknownRule",
                    test("verdict = \"approve\"\nfindings = { dp-02 = \"refer\" }\n"), "LG117", 5,
                    14, 5, "there is no rule `dp-02`", "did you mean `dp-01`?"},
        TestMistake{"UnknownRuleThatMustBeAbsent",
                    test("verdict = \"approve\"\nabsent = [\"xx-99\"]\n"), "LG117", 5, 10, 9,
                    "there is no rule `xx-99`", ""},
        TestMistake{"FileAboutNoRule", "rules = [\"dq-*\"]\n", "LG117", 1, 9, 8,
                    "there is no rule `dq-*`", ""},
        TestMistake{
            "RuleThatTheFileIsNotAbout",
            "rules = [\"dp-*\"]\n" + test("verdict = \"approve\"\nabsent = [\"rk-01\"]\n", "close"),
            "LG117", 6, 10, 9, "`rk-01` is not one of this file's `rules`",
            "add it to `rules` at the top of the file"},
        TestMistake{"UnknownFact",
                    test("verdict = \"approve\"\n[test.facts]\ndata.personel = true\n"), "LG117", 6,
                    6, 8, "there is no fact `data.personel`", "did you mean `data.personal`?"},
        TestMistake{"UnknownFactToWaitFor",
                    test("verdict = \"approve\"\nunknown = [\"data.dpai\"]\n"), "LG117", 5, 11, 13,
                    "there is no fact `data.dpai`", "did you mean `data.dpia`?"},
        TestMistake{"FactOfAnotherType",
                    test("verdict = \"approve\"\n[test.facts]\nrisk.impact = \"high\"\n"), "LG108",
                    6, 15, 6, "this does not fit `risk.impact`, an `int`",
                    "write a whole number: 40"},
        TestMistake{"FactOutOfRange",
                    test("verdict = \"approve\"\n[test.facts]\npeople.participants = -1\n"),
                    "LG108", 6, 23, 2, "this does not fit `people.participants`, an `int`",
                    "write at least 0"},
        TestMistake{"FactGivenTwice",
                    test("verdict = \"approve\"\n[test.facts]\nrisk.impact = 1\n"
                         "\"risk.impact\" = 2\n"),
                    "LG107", 5, 1, 12, "risk.impact is given twice", "keep one of them"},
        TestMistake{"SharedFactThatDoesNotFit", "[facts]\nrisk.impact = \"high\"\n", "LG108", 2, 15,
                    6, "this does not fit `risk.impact`, an `int`", "write a whole number: 40"},
        TestMistake{"UnknownSharedFact", "[facts]\nrisk.impct = 1\n", "LG117", 2, 6, 5,
                    "there is no fact `risk.impct`", "did you mean `risk.impact`?"},
        TestMistake{"SharedFactGivenTwice", "[facts]\nrisk.impact = 1\n\"risk.impact\" = 2\n",
                    "LG107", 1, 1, 7, "risk.impact is given twice", "keep one of them"},
        TestMistake{"WithoutAFactThatTheFileDoesNotGive",
                    "[facts]\nrisk.impact = 1\n" +
                        test("verdict = \"approve\"\nwithout = [\"risk.likelihood\"]\n"),
                    "LG117", 7, 11, 19, "`risk.likelihood` does not stand in the file's `[facts]`",
                    "take it out here: the test does without it anyway"},
        TestMistake{"WithoutAFactThatTheTestGives",
                    "[facts]\nrisk.impact = 1\n" +
                        test("verdict = \"approve\"\nwithout = [\"risk.impact\"]\n"
                             "facts = { risk.impact = 2 }\n"),
                    "LG107", 7, 11, 15, "`risk.impact` stands in this test's own `facts`",
                    "take it out there or here"},
        TestMistake{"SkippedWithoutAReason", test("verdict = \"approve\"\nskip = \"\"\n"), "LG106",
                    5, 8, 2, "`skip` is empty", ""},
        TestMistake{"NotToml", "[[test]\n", "LG101", 1, 8, 1, "this table header lacks its `]`",
                    "write `[name]` or `[[name]]` on a line of its own"},
        TestMistake{"MomentWithoutZone", test("at = 2026-11-23T12:00:00\nverdict = \"approve\"\n"),
                    "LG104", 4, 6, 19, "`at` must be a moment with its zone",
                    "write it as `2026-12-01T00:00:00Z`"}),
    [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace lockgate::rules
