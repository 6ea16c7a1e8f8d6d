// What is worth a look in valid rules: one message each, with an example where
// there is one, and silence where there is nothing to say.

#include "rules/checks/advice.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "tests/rules/small_council.hpp"

namespace lockgate::rules {
namespace {

using namespace std::chrono;

constexpr auto kToday = 2026y / 11 / 23;

// The advice on some rules beside the core, each as "code message".
std::vector<std::string> advice(const std::string& rules, const std::string& later = {}) {
  const Loaded loaded =
      load({{"packs/core.toml", kCore}, {"packs/rules.toml", rules}, {"ours/rules.toml", later}},
           {.advise = true, .today = kToday});
  EXPECT_EQ(in_plain(loaded.issues).substr(0, 1000), in_plain({}));
  std::vector<std::string> told;
  for (const Issue& issue : loaded.advice) {
    EXPECT_EQ(issue.severity, Severity::warning);
    if (issue.file != "packs/core.toml") told.push_back(issue.code + ' ' + issue.message);
  }
  return told;
}

const std::string kRefer = R"(submit = "refer")";
const std::string kBlock = R"(submit = "block")";

// Two rules with their own words.
std::string two(const std::string& first, const std::string& second, const std::string& at) {
  return rule("aa-01", first, at) + rule("aa-02", second, at);
}
// Two rules with the same words.
std::string twins(const std::string& first, const std::string& second, const std::string& at) {
  std::string text = two(first, second, at);
  for (const char* id : {"aa-01 says", "aa-02 says"}) text.replace(text.find(id), 5, "it");
  return text;
}

struct Case {
  const char* name;
  std::string rules;
  std::vector<std::string> told;
  std::string later = {};
};
void PrintTo(const Case& each, std::ostream* out) { *out << each.name; }

class Advice : public testing::TestWithParam<Case> {};
TEST_P(Advice, IsThisAndNoMore) {
  EXPECT_THAT(advice(GetParam().rules, GetParam().later),
              testing::ElementsAreArray(GetParam().told));
}

const Case kCases[] = {
    {"NothingToSay", two("people.participants > 20", "people.children", kBlock), {}},
    // --- never, always ---
    {"NeverWithTheSettings",
     rule("aa-01", "money.cost_gbp > 1000.0 && money.cost_gbp < cfg.officer_limit_gbp", kRefer),
     {"LG201 rule `aa-01` never applies with the settings as they are"},
     "[settings]\n\"cfg.officer_limit_gbp\" = 1000.01\n"},
    {"APennyOfRoom",
     rule("aa-01", "money.cost_gbp > 1000.0 && money.cost_gbp < cfg.officer_limit_gbp", kRefer),
     {},
     "[settings]\n\"cfg.officer_limit_gbp\" = 1000.02\n"},
    {"TurnedOffByASettingAlone",
     rule("aa-01", "cfg.risk_high > 20 && people.children", kRefer),
     {}},
    {"TurnedOnByASettingAlone", rule("aa-01", "cfg.risk_high < 20 || people.children", kRefer), {}},
    {"AlwaysByBounds",
     rule("aa-01", "people.participants >= 0", kRefer),
     {"LG202 rule `aa-01` always applies"}},
    {"AlwaysByWords",
     rule("aa-01", R"(data.dpia != "none" || data.dpia != "draft")", kBlock),
     {"LG202 rule `aa-01` always applies, so nothing passes at `submit`"}},
    {"AlwaysBesideAFact",
     rule("aa-01", "people.children || true", kRefer),
     {"LG202 rule `aa-01` always applies"}},
    {"PlainTrueIsMeant", rule("aa-01", "true", kRefer), {}},
    {"AlwaysAtItsGates",
     rule("aa-01", R"(proposal.stage != "run")", kRefer),
     {"LG202 rule `aa-01` always applies"}},
    {"NotAlwaysWhereItMayFail", rule("aa-01", "calc.score >= 0 || calc.score < 0", kRefer), {}},
    // --- twice ---
    {"SpelledAlike",
     two("people.children && data.personal", "people.children  &&  data.personal", kRefer),
     {"LG203 `aa-02` is the same rule as `aa-01`, for example where `data.personal` is true and "
      "`people.children` is true"}},
    {"TheSameInOtherWords",
     two("people.participants > 20", "!(people.participants <= 20)", kRefer),
     {"LG203 `aa-02` is the same rule as `aa-01`, for example where `people.participants` is 21"}},
    {"TheSameThroughAName",
     two("calc.score >= 13", "risk.likelihood * risk.impact >= cfg.risk_high", kRefer),
     {"LG203 `aa-02` is the same rule as `aa-01`"}},
    {"TheSameForOthers",
     rule("aa-01", "people.children", kRefer) +
         rule("aa-02", "people.children", kRefer, "Data Protection Officer"),
     {}},
    {"TheSameAtAnotherGate",
     rule("aa-01", "people.children", kRefer) + rule("aa-02", "people.children", kBlock),
     {}},
    {"NarrowerInTheSameWords",
     twins("people.participants > 50", "people.participants > 20", kRefer),
     {"LG204 `aa-01` adds nothing to `aa-02`, which says the same wherever it applies, for example "
      "where `people.participants` is 51"}},
    {"NarrowerInItsOwnWords",
     two("people.participants > 50", "people.participants > 20", kRefer),
     {}},
    {"OverlappingInTheSameWords",
     twins("people.participants > 50", "people.participants < 60", kRefer),
     {}},
    // --- against each other ---
    {"OneBlocksWhatTheOtherDoesNot",
     two("people.children", "!people.children", kBlock),
     {"LG205 `aa-02` stops whatever `aa-01` does not, so nothing passes at `submit`: `aa-01` where "
      "`people.children` is true, and `aa-02` where `people.children` is false"}},
    {"NumbersThatLeaveNoGap",
     two("people.participants < 20", "people.participants >= 20", kBlock),
     {"LG205 `aa-02` stops whatever `aa-01` does not, so nothing passes at `submit`: `aa-01` where "
      "`people.participants` is 19, and `aa-02` where `people.participants` is 20"}},
    {"NumbersThatLeaveOneGap",
     two("people.participants < 20", "people.participants > 20", kBlock),
     {}},
    {"OneOnlyRefers",
     rule("aa-01", "people.children", kBlock) + rule("aa-02", "!people.children", kRefer),
     {}},
    {"AtDifferentGates",
     rule("aa-01", "people.children", kBlock) +
         rule("aa-02", "!people.children", R"(decide = "block")"),
     {}},
    // --- use ---
    {"UnusedSetting",
     "[[setting]]\nname = \"cfg.x\"\ntype = \"int\"\nvalue = 1\nmeaning = \"m\"\n",
     {"LG207 no rule uses the setting `cfg.x`"}},
    {"UnusedExpression",
     "[[expression]]\nname = \"calc.x\"\nmeaning = \"m\"\nis = 'calc.score + 1'\n",
     {"LG208 no rule uses the named expression `calc.x`"}},
    {"UnusedFactBesideRules",
     "[[fact]]\nname = \"x.y\"\ntype = \"bool\"\nmeaning = \"m\"\nquestion = \"q?\"\n" +
         rule("aa-01", "people.children", kRefer),
     {"LG209 no rule uses the fact `x.y`"}},
    {"UnusedFactInAVocabulary",
     "[[fact]]\nname = \"x.y\"\ntype = \"bool\"\nmeaning = \"m\"\nquestion = \"q?\"\n",
     {}},
    {"UsedByARuleThatIsSwitchedOff",
     "[[setting]]\nname = \"cfg.x\"\ntype = \"int\"\nvalue = 1\nmeaning = \"m\"\n" +
         rule("aa-01", "people.participants > cfg.x", kRefer),
     {},
     "[[switch_off]]\nrule = \"aa-01\"\nreason = \"r\"\n"},
};
INSTANTIATE_TEST_SUITE_P(All, Advice, testing::ValuesIn(kCases),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(Advice, OnReviewDatesNeedsAToday) {
  std::string text = rule("aa-01", "people.children", kRefer);
  text.replace(text.find("2027-12-31"), 10, "2026-11-23");
  const auto codes = [&](std::optional<year_month_day> today) {
    const Loaded loaded = load({{"packs/core.toml", kCore}, {"packs/rules.toml", text}},
                               {.advise = true, .today = today});
    std::vector<std::string> found;
    for (const Issue& issue : loaded.advice) {
      if (issue.file == "packs/rules.toml") found.push_back(issue.code);
    }
    return found;
  };
  EXPECT_THAT(codes(2026y / 11 / 23), testing::IsEmpty());
  EXPECT_THAT(codes(2026y / 11 / 24), testing::ElementsAre("LG206"));
  EXPECT_THAT(codes({}), testing::IsEmpty());
}

TEST(Advice, IsGivenOnlyWhereItIsAskedFor) {
  EXPECT_TRUE(load({{"packs/core.toml", kCore}}).advice.empty());
}

TEST(Advice, IsSilentWhereTheWorkWouldBeTooMuch) {
  std::string facts;
  std::string when;
  for (int i = 0; i < 60; ++i) {
    const std::string name = "x.f" + std::to_string(i);
    facts +=
        "[[fact]]\nname = \"" + name + "\"\ntype = \"bool\"\nmeaning = \"m\"\nquestion = \"q?\"\n";
    when += (i > 0 ? " + (" : "(") + name + " ? 1 : 0)";
  }
  EXPECT_THAT(advice(facts + rule("aa-01", when + " >= 0", kRefer)), testing::IsEmpty());
}

TEST(Advice, OnOneMistakeOfEachKindIsOneMessageEach) {
  std::ostringstream bytes;
  bytes << std::ifstream("tests/rules/one_of_each.toml", std::ios::binary).rdbuf();
  const Loaded loaded =
      load({{"one_of_each.toml", bytes.str()}}, {.advise = true, .today = kToday});
  std::vector<Issue> all = loaded.issues;
  all.insert(all.end(), loaded.advice.begin(), loaded.advice.end());
  sort(all);
  std::vector<std::string> found;
  for (const Issue& issue : all) found.push_back(std::to_string(issue.line) + ' ' + issue.code);
  // The file says behind each mistake which code it is.
  std::vector<std::string> wanted;
  std::istringstream lines(bytes.str());
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    const std::size_t at = line.find("# LG");
    if (at != line.npos) wanted.push_back(std::to_string(number) + ' ' + line.substr(at + 2, 5));
  }
  EXPECT_EQ(found, wanted) << in_plain(all);
  EXPECT_GE(wanted.size(), 12u);
}

}  // namespace
}  // namespace lockgate::rules
