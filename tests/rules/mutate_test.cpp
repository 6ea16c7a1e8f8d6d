// Whether tests would notice that a rule says something else.

#include "rules/mutate.hpp"

#include <gmock/gmock.h>

#include "rules/rule_test.hpp"
#include "tests/rules/small_council.hpp"

namespace lockgate::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;

std::string test(const std::string& facts, const std::string& expected,
                 const std::string& gate = "submit") {
  return "[[test]]\nname = \"n\"\ngate = \"" + gate + "\"\nonly = true\n" + expected +
         "\nfacts = { " + facts + " }\n";
}

const std::string kFound = "verdict = \"refer\"\nfindings = { aa-01 = \"refer\" }";
const std::string kNothing = "verdict = \"approve\"";

// The tests must hold on the rules as they are.
MutationReport mutated(const RuleSet& rules, const std::string& tests) {
  const std::vector<SourceFile> files = {{"packs/x.test.toml", tests}};
  const ReadTests read = read_tests(rules, files);
  EXPECT_THAT(read.issues, IsEmpty()) << in_plain(read.issues);
  const TestReport report = run_tests(rules, read.tests);
  EXPECT_THAT(report.failed, IsEmpty()) << plain_report(report);
  return mutate(rules, read.tests);
}

std::vector<std::string> changes(const MutationReport& report, std::string_view name) {
  std::vector<std::string> all;
  for (const Survivor& each : report.survivors) {
    if (each.name == name) all.push_back(each.changed);
  }
  return all;
}

const std::string kMany =
    rule("aa-01", "people.participants >= 100 && people.children", R"(submit = "refer")");

TEST(Mutate, FindsNothingThatStrongTestsWouldNotNotice) {
  const auto rules = council(kMany);
  const MutationReport report =
      mutated(*rules, test("people = { participants = 100, children = true }", kFound) +
                          test("people = { participants = 99, children = true }", kNothing) +
                          test("people = { participants = 100, children = false }", kNothing));
  EXPECT_THAT(changes(report, "aa-01"), IsEmpty());
  EXPECT_EQ(report.caught, 4u);
  EXPECT_THAT(changes(report, "calc.score"), ElementsAre("risk.likelihood / risk.impact"));
}

TEST(Mutate, NamesWhatWeakTestsWouldNotNotice) {
  const auto rules = council(kMany);
  const MutationReport report =
      mutated(*rules, test("people = { participants = 500, children = true }", kFound) +
                          test("people = { participants = 3, children = false }", kNothing));
  EXPECT_THAT(changes(report, "aa-01"),
              ElementsAre("people.participants > 100 && people.children",
                          "people.participants >= 101 && people.children",
                          "people.participants >= 99 && people.children",
                          "people.participants >= 100 || people.children"));
  EXPECT_EQ(report.caught, 0u);
  const Survivor& last = report.survivors.back();
  EXPECT_EQ(last.file, "packs/rules.toml");
  EXPECT_EQ(last.line, 4u);
  EXPECT_EQ(last.column, 36u);
  EXPECT_EQ(last.name, "aa-01");
  EXPECT_EQ(last.from, "&&");
  EXPECT_EQ(last.to, "||");
}

TEST(Mutate, LooksOnlyAtTestsOfGatesWhereTheRuleIsAsked) {
  const auto rules = council(kMany);
  const MutationReport report =
      mutated(*rules, test("people = { participants = 100, children = true }", kNothing, "close"));
  EXPECT_EQ(report.caught, 0u);
  EXPECT_EQ(changes(report, "aa-01").size(), 4u);
}

TEST(Mutate, FollowsAnExpressionThroughOthersToTheRules) {
  const auto rules = council(
      "[[expression]]\nname = \"calc.high\"\nmeaning = \"high\"\nis = 'calc.score >= "
      "cfg.risk_high'\n" +
      rule("aa-01", "calc.high", R"(submit = "refer")"));
  const MutationReport report =
      mutated(*rules, test("risk = { likelihood = 13, impact = 1 }", kFound) +
                          test("risk = { likelihood = 4, impact = 3 }", kNothing) +
                          test("risk = { likelihood = 3, impact = 5 }", kFound));
  EXPECT_THAT(report.survivors, IsEmpty()) << report.survivors[0].changed;
  EXPECT_EQ(report.caught, 2u);
}

TEST(Mutate, CountsAChangeThatNobodyCanEvaluateAsNoticed) {
  const auto rules = council(rule("aa-01", "100 * risk.impact > 0", R"(submit = "refer")"));
  const MutationReport report = mutated(
      *rules, test("risk.impact = 0", "verdict = \"approve\"") + test("risk.impact = 1", kFound));
  EXPECT_THAT(changes(report, "aa-01"),
              IsSupersetOf({"101 * risk.impact > 0", "99 * risk.impact > 0"}));
  EXPECT_THAT(changes(report, "aa-01"), testing::Not(testing::Contains("100 / risk.impact > 0")));
}

TEST(Mutate, LeavesOutChangesThatDoNotCompileAndTestsThatAreSkipped) {
  const auto rules =
      council(rule("aa-01", R"(string(risk.impact) + "a" == "1a")", R"(submit = "refer")"));
  const std::string both = test("risk.impact = 1", kFound) + test("risk.impact = 2", kNothing);
  EXPECT_THAT(changes(mutated(*rules, both), "aa-01"), IsEmpty());
  EXPECT_EQ(mutated(*rules, both).caught, 1u);  // ==; text has no difference
  std::string skipped = both;
  for (std::size_t at = 0; (at = skipped.find("only", at)) != skipped.npos; at += 20) {
    skipped.insert(at, "skip = \"later\"\n");
  }
  EXPECT_EQ(mutated(*rules, skipped).caught, 0u);
}

TEST(Mutate, LeavesTheRulesAsTheyWere) {
  const auto rules = council(kMany);
  const std::string tests = test("people = { participants = 100, children = true }", kFound);
  const MutationReport first = mutated(*rules, tests);
  const MutationReport second = mutated(*rules, tests);
  EXPECT_EQ(first.caught, second.caught);
  EXPECT_EQ(changes(first, "aa-01"), changes(second, "aa-01"));
}

}  // namespace
}  // namespace lockgate::rules
