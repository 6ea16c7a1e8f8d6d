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

}  // namespace
}  // namespace lockgate::rules
