// Rule files become a rule set: what it holds, what its hash stands for, which
// file may change what.

#include "tests/rules/small_council.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace lockgate::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kRule = rule("fp-01", "people.participants > 20", R"(submit = "refer")");
const std::string kOther = rule("fp-02", "people.children", R"(submit = "block", run = "note")");

std::string codes(const Loaded& loaded) {
  std::string text;
  for (const Issue& issue : loaded.issues) {
    text += issue.code + ' ' + issue.file + ':' + std::to_string(issue.line) + '\n';
  }
  return text;
}

TEST(RuleSet, HoldsWhatItsFilesDeclare) {
  const std::string full = R"([[rule]]
id = "fp-01"
question = "Is it large?"
when = 'people.participants > 20 && calc.score >= cfg.risk_high'
at = { decide = "block", submit = "refer" }
to = "Board"
say = "It is large."
fix = "Make it smaller."
takes = "a day"
before = "close"
basis = "local rules"
source = ["Standing orders 12", "Financial rules 3"]
checked_on = 2026-11-23
review_by = 2027-12-31
)";
  const auto rules = council(full);
  ASSERT_EQ(rules->rules().size(), 1u);
  const Rule& rule = *rules->find("fp-01");
  EXPECT_EQ(rule.question, "Is it large?");
  EXPECT_EQ(rule.outcome_at(Gate::submit), Outcome::refer);
  EXPECT_EQ(rule.outcome_at(Gate::decide), Outcome::block);
  EXPECT_EQ(rule.outcome_at(Gate::run), std::nullopt);
  EXPECT_EQ(rule.to, "Board");
  EXPECT_EQ(rule.say, "It is large.");
  EXPECT_EQ(rule.fix, "Make it smaller.");
  EXPECT_EQ(rule.takes, "a day");
  EXPECT_EQ(rule.before, "close");
  EXPECT_EQ(rule.basis, "local rules");
  EXPECT_THAT(rule.source, ElementsAre("Standing orders 12", "Financial rules 3"));
  using namespace std::chrono;
  EXPECT_EQ(rule.checked_on, year(2026) / 11 / 23);
  EXPECT_EQ(rule.review_by, year(2027) / 12 / 31);
  EXPECT_EQ(rules->find("fp-02"), nullptr);

  const FactDeclaration* fact = rules->vocabulary().find("people.participants");
  ASSERT_NE(fact, nullptr);
  EXPECT_EQ(fact->type, FactType::integer);
  EXPECT_EQ(fact->unit, "people");
  EXPECT_EQ(fact->question, "How many people will take part?");
  EXPECT_EQ(fact->min, 0);
  EXPECT_EQ(fact->max, 100000);
  EXPECT_FALSE(fact->fallback.has_value());
  EXPECT_TRUE(rules->vocabulary().find("people.children")->always_ask);
  EXPECT_TRUE(rules->vocabulary().find("proposal.stage")->from_lockgate);
  EXPECT_THAT(rules->roles(), ElementsAre("Board", "Data Protection Officer", "Proposer"));
  ASSERT_EQ(rules->settings().size(), 2u);
  EXPECT_EQ(rules->settings()[0].name, "cfg.officer_limit_gbp");
  EXPECT_EQ(rules->settings()[0].unit, "GBP");
  EXPECT_EQ(rules->setting_values()[0].as_double(), 25000.0);
}

TEST(RuleSet, NumbersFactsThenSettingsThenExpressionsThenNow) {
  const auto rules = council(kRule);
  const cel::Declarations& names = rules->declarations();
  EXPECT_EQ(names.find("data.personal"), 0u);
  EXPECT_EQ(names.find("cfg.officer_limit_gbp"), rules->first_setting());
  EXPECT_EQ(names.find("calc.score"), rules->first_expression());
  EXPECT_EQ(names.find("now"), rules->now_slot());
  EXPECT_EQ(names.size(), rules->now_slot() + 1);
  for (std::size_t i = 0; i < rules->vocabulary().facts().size(); ++i) {
    EXPECT_EQ(names.name(i), rules->vocabulary().facts()[i].name);
  }
}

TEST(RuleSet, SortsExpressionsByWhatTheyUseWhateverTheFile) {
  const auto expression = [](const std::string& name, const std::string& is) {
    return "[[expression]]\nname = \"calc." + name + "\"\nmeaning = \"m\"\nis = '" + is + "'\n";
  };
  const Loaded loaded = load(
      {{"a/1.toml", expression("d", "calc.b + calc.c") + expression("b", "calc.a + 1")},
       {"a/2.toml", kCore},
       {"a/3.toml", expression("a", "people.participants") + expression("c", "calc.b * calc.a")}});
  ASSERT_TRUE(loaded.rules) << in_plain(loaded.issues);
  std::vector<std::string> names;
  for (const NamedExpression& each : loaded.rules->expressions()) names.push_back(each.name);
  EXPECT_THAT(names, ElementsAre("calc.a", "calc.b", "calc.c", "calc.d", "calc.score"));
}

TEST(RuleSet, KnowsTheRolesThatMayBeReferredTo) {
  const auto rules =
      council(rule("aa-03", "data.personal", R"(submit = "note")", "Proposer") +
              rule("aa-02", "data.personal", R"(submit = "note")", "Board") +
              rule("aa-01", "data.personal", R"(submit = "refer")", "Data Protection Officer") +
              rule("aa-04", "data.personal", R"(submit = "note")", "Board"));
  EXPECT_THAT(rules->referred_roles(), ElementsAre("Data Protection Officer", "Board"));
  EXPECT_EQ(rules->rules()[0].id, "aa-01");
}

TEST(RuleSet, HasSomebodyWhoLooksInsteadOfTheProposer) {
  const std::string to_proposer = rule("aa-01", "data.personal", R"(submit = "note")", "Proposer");
  EXPECT_EQ(council(to_proposer)->instead_of_proposer(), "Board");
  EXPECT_THAT(council(to_proposer)->referred_roles(), ElementsAre("Board"));
  const auto rules = council(to_proposer + rule("aa-02", "data.personal", R"(submit = "note")",
                                                "Data Protection Officer"));
  EXPECT_EQ(rules->instead_of_proposer(), "Data Protection Officer");
  EXPECT_EQ(council("roles = [\"Board chair\"]\n" + to_proposer)->instead_of_proposer(),
            "Board chair");
}

TEST(RuleSet, WorksWithFactsBehindBackticks) {
  const std::string fact =
      "[[fact]]\nname = \"people.over-18\"\ntype = \"int\"\nmeaning = \"m\"\nquestion = \"q?\"\n";
  const auto rules = council(fact + rule("fp-01", "people.`over-18` > 2", R"(submit = "refer")"));
  EXPECT_EQ(check(*rules, {{"people.over-18", std::int64_t{3}}}).verdict, Verdict::refer);
}

// --- the hash ---------------------------------------------------------------

TEST(RuleSetHash, IsThatOfTheSortedFilesWithTheirLengths) {
  // printf 'len(path) path len(bytes) bytes', lengths as 8 bytes, little end first; sha256sum.
  const Loaded loaded = load({{"a.toml", "title = \"x\"\n"}});
  ASSERT_TRUE(loaded.rules);
  EXPECT_EQ(loaded.rules->hash(),
            "fd4f2cdb27f53fd8b4ba4b083d56e884a7f60b4b466e936ebbe62368741fe50f");
}

TEST(RuleSetHash, DoesNotDependOnTheOrderOfFiles) {
  const SourceFile core{"packs/core.toml", kCore}, one{"packs/one.toml", kRule},
      other{"packs/other.toml", kOther};
  const std::string hash = load({core, one, other}).rules->hash();
  EXPECT_EQ(load({other, one, core}).rules->hash(), hash);
  EXPECT_EQ(hash.size(), 64u);
  EXPECT_THAT(load({other, one, core}).rules->files()[0].path, "packs/core.toml");
}

TEST(RuleSetHash, ChangesWithEveryByteAndEveryPath) {
  const std::string hash = load({{"p/core.toml", kCore}, {"p/one.toml", kRule}}).rules->hash();
  EXPECT_NE(load({{"p/core.toml", kCore}, {"p/one.toml", kRule + "#"}}).rules->hash(), hash);
  EXPECT_NE(load({{"p/core.toml", kCore}, {"p/two.toml", kRule}}).rules->hash(), hash);
  EXPECT_NE(load({{"p/core.toml", kCore + kRule}}).rules->hash(), hash);
}

TEST(RuleSetHash, TellsAFileBoundaryFromItsText) {
  // Without lengths both would be the same bytes.
  const std::string a = load({{"a", "# b"}, {"c", "# d"}}).rules->hash();
  const std::string b = load({{"a", "# bc# d"}}).rules->hash();
  const std::string c = load({{"a", "# b\n"}, {"c", "# d"}}).rules->hash();
  EXPECT_NE(a, b);
  EXPECT_NE(a, c);
}

// --- which file may change what -------------------------------------------------

const std::string kOverride = "[settings]\n\"cfg.risk_high\" = 20\n";

TEST(Precedence, LetsALaterFolderOverrideASetting) {
  const Loaded loaded = load({{"packs/core.toml", kCore}, {"rules/local.toml", kOverride}});
  ASSERT_TRUE(loaded.rules) << in_plain(loaded.issues);
  EXPECT_EQ(loaded.rules->settings()[1].value, FactValue(std::int64_t{20}));
  EXPECT_EQ(loaded.rules->setting_values()[1].as_int(), 20);
}

TEST(Precedence, TakesDottedKeysWithoutQuotesToo) {
  const Loaded loaded =
      load({{"packs/core.toml", kCore}, {"local.toml", "[settings]\ncfg.risk_high = 20\n"}});
  ASSERT_TRUE(loaded.rules) << in_plain(loaded.issues);
  EXPECT_EQ(loaded.rules->setting_values()[1].as_int(), 20);
}

TEST(Precedence, IsThatOfTheFoldersFirstAppearance) {
  const SourceFile first{"z/core.toml", kCore};
  const SourceFile local{"a/local.toml", kOverride};
  EXPECT_TRUE(load({first, local}).rules);
  EXPECT_EQ(codes(load({local, first})), "LG118 a/local.toml:2\n");
}

TEST(Precedence, GivesTheLastFolderTheLastWord) {
  const SourceFile core{"packs/core.toml", kCore};
  const SourceFile region{"region/1.toml", "[settings]\n\"cfg.risk_high\" = 15\n"};
  const SourceFile council{"council/1.toml", "[settings]\n\"cfg.risk_high\" = 17\n"};
  const SourceFile late{"region/2.toml", "[settings]\n\"cfg.officer_limit_gbp\" = 1\n"};
  const Loaded loaded = load({core, region, council, late});
  ASSERT_TRUE(loaded.rules) << in_plain(loaded.issues);
  EXPECT_EQ(loaded.rules->setting_values()[1].as_int(), 17);
  EXPECT_EQ(loaded.rules->setting_values()[0].as_double(), 1.0);
}

TEST(Precedence, AllowsOneOverrideInAFolder) {
  const Loaded loaded =
      load({{"packs/core.toml", kCore}, {"rules/a.toml", kOverride}, {"rules/b.toml", kOverride}});
  ASSERT_EQ(codes(loaded), "LG107 rules/b.toml:2\n");
  EXPECT_EQ(loaded.issues[0].message, "`cfg.risk_high` is given twice");
  EXPECT_EQ(loaded.issues[0].help, "keep one of them; the first is at rules/a.toml:2:1");
}

TEST(Precedence, HoldsAnOverrideToTheDeclaredType) {
  const Loaded loaded = load(
      {{"packs/core.toml", kCore}, {"rules/a.toml", "[settings]\n\"cfg.risk_high\" = \"20\"\n"}});
  ASSERT_EQ(codes(loaded), "LG108 rules/a.toml:2\n");
  EXPECT_EQ(loaded.issues[0].column, 19u);
}

TEST(Precedence, LetsALaterFolderSwitchARuleOffWithAReason) {
  const Loaded loaded =
      load({{"packs/core.toml", kCore},
            {"packs/rules.toml", kRule + kOther},
            {"rules/off.toml", "[[switch_off]]\nrule = \"fp-01\"\nreason = \"we are small\"\n"}});
  ASSERT_TRUE(loaded.rules) << in_plain(loaded.issues);
  EXPECT_EQ(loaded.rules->find("fp-01"), nullptr);
  EXPECT_NE(loaded.rules->find("fp-02"), nullptr);
  ASSERT_EQ(loaded.rules->switched_off().size(), 1u);
  EXPECT_EQ(loaded.rules->switched_off()[0].rule, "fp-01");
  EXPECT_EQ(loaded.rules->switched_off()[0].reason, "we are small");
  EXPECT_EQ(loaded.rules->switched_off()[0].file, "rules/off.toml");
}

TEST(Precedence, SwitchesARuleOffOnce) {
  const std::string off = "[[switch_off]]\nrule = \"fp-01\"\nreason = \"r\"\n";
  const Loaded loaded = load({{"packs/core.toml", kCore},
                              {"packs/rules.toml", kRule},
                              {"rules/a.toml", off},
                              {"rules/b.toml", off}});
  EXPECT_EQ(codes(loaded), "LG107 rules/b.toml:2\n");
}

TEST(Precedence, NeverLetsALaterFolderRedefine) {
  const Loaded loaded = load({{"packs/core.toml", kCore},
                              {"packs/rules.toml", kRule},
                              {"rules/core.toml", kCore},
                              {"rules/rules.toml", kRule}});
  EXPECT_EQ(loaded.rules, nullptr);
  EXPECT_EQ(loaded.issues.size(), 3u + 8u + 2u + 1u + 1u) << in_plain(loaded.issues);
  for (const Issue& issue : loaded.issues) EXPECT_EQ(issue.code, "LG107");
}

TEST(Precedence, TakesNoFileTwice) {
  EXPECT_EQ(codes(load({{"packs/core.toml", kCore}, {"packs/core.toml", kCore}})),
            "LG107 packs/core.toml:0\n");
}

// --- all mistakes at once ------------------------------------------------------

TEST(RuleSet, O34_ListsEveryMistakeOfEveryFileAtOnceAndLoadsNothing) {
  const Loaded loaded =
      load_with("colour = 1\n" + rule("fp-01", "people.participants > 20", R"(submit = "refr")") +
                rule("fp-01", "data.dpai", R"(submit = "refer")") +
                rule("fp-03", "people.participants && true", R"(submit = "refer")") +
                rule("fp-04", "people.children && !people.children", R"(submit = "refer")"));
  EXPECT_EQ(loaded.rules, nullptr);
  EXPECT_EQ(codes(loaded),
            "LG102 packs/rules.toml:1\n"
            "LG105 packs/rules.toml:6\n"
            "LG107 packs/rules.toml:15\n"
            "LG111 packs/rules.toml:17\n"
            "LG112 packs/rules.toml:29\n"
            "LG115 packs/rules.toml:41\n");
}

TEST(RuleSet, O33_CutOffAnywhereIsRefusedWithAPlaceOrIsWholeAsFarAsItGoes) {
  const std::string whole = kRule + kOther;
  int refused = 0;
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    const Loaded loaded = load_with(whole.substr(0, size));
    ASSERT_EQ(loaded.rules == nullptr, !loaded.issues.empty()) << size;
    refused += loaded.rules == nullptr;
    for (const Issue& issue : loaded.issues) {
      EXPECT_EQ(issue.file, "packs/rules.toml");
      EXPECT_GT(issue.line, 0u) << size;
      EXPECT_GT(issue.column, 0u) << size;
    }
    // Every rule that is there is there in full.
    for (std::size_t i = 0; loaded.rules && i < loaded.rules->rules().size(); ++i) {
      const Rule& rule = loaded.rules->rules()[i];
      EXPECT_EQ(rule.review_by, std::chrono::year(2027) / 12 / 31) << size;
    }
  }
  EXPECT_GT(refused, static_cast<int>(whole.size()) * 9 / 10);
  EXPECT_TRUE(load_with(whole).rules);
}

TEST(RuleSet, ReportsAFactWithAMistakeOnceNotWhereItIsUsed) {
  const std::string broken =
      "[[fact]]\nname = \"x.y\"\ntype = \"intt\"\nmeaning = \"m\"\nquestion = \"q?\"\n";
  const Loaded loaded = load_with(broken + rule("fp-01", "x.y > 3", R"(submit = "refer")") +
                                  rule("fp-02", "x.y == \"a\"", R"(submit = "refer")"));
  EXPECT_EQ(codes(loaded), "LG105 packs/rules.toml:3\n");
}

TEST(RuleSet, ReportsAnExpressionWithAMistakeOnceNotWhereItIsUsed) {
  const std::string broken = "[[expression]]\nname = \"calc.x\"\nmeaning = \"m\"\nis = '1 +'\n";
  const Loaded loaded = load_with(broken + rule("fp-01", "calc.x > 3", R"(submit = "refer")") +
                                  rule("fp-02", "calc.x == \"a\"", R"(submit = "refer")"));
  EXPECT_EQ(codes(loaded), "LG110 packs/rules.toml:4\n");
}

TEST(RuleSet, DoesNotCallNamesUnknownWhileAFileIsUnreadable) {
  const Loaded loaded = load(
      {{"packs/core.toml", kCore + "\nname = \"open\n"},
       {"packs/rules.toml", kRule + kOther + rule("fp-03", "1 + true", R"(submit = "refer")")},
       {"rules/local.toml", kOverride + "[[switch_off]]\nrule = \"fp-09\"\nreason = \"r\"\n"}});
  EXPECT_EQ(codes(loaded),
            "LG101 packs/core.toml:78\n"
            "LG112 packs/rules.toml:28\n");
}

TEST(RuleSet, SaysOnceThatThereAreNoRolesAtAll) {
  const Loaded loaded = load({{"a.toml", rule("fp-01", "true", R"(submit = "refer")") +
                                             rule("fp-02", "true", R"(submit = "refer")")}});
  ASSERT_EQ(codes(loaded), "LG116 a.toml:6\n");
  EXPECT_EQ(loaded.issues[0].help, "declare them all in one file: `roles = [\"Board\"]`");
}

TEST(RuleSet, ReportsEachCircleOfExpressionsOnce) {
  const auto expression = [](const std::string& name, const std::string& is) {
    return "[[expression]]\nname = \"calc." + name + "\"\nmeaning = \"m\"\nis = '" + is + "'\n";
  };
  const Loaded loaded =
      load_with(expression("a", "calc.b") + expression("b", "calc.a") + expression("c", "calc.c") +
                expression("d", "calc.a + 1") + rule("fp-01", "calc.d > 3", R"(submit = "refer")"));
  EXPECT_EQ(codes(loaded), "LG114 packs/rules.toml:2\nLG114 packs/rules.toml:10\n");
}

TEST(RuleSet, HoldsTheGateFactToTheGates) {
  const std::string fact =
      "[[fact]]\nname = \"proposal.stage\"\ntype = \"bool\"\nmeaning = \"m\"\nquestion = \"q?\"\n";
  const Loaded loaded = load({{"a.toml", fact}});
  ASSERT_EQ(codes(loaded), "LG108 a.toml:2\n");
  EXPECT_THAT(loaded.issues[0].help, HasSubstr("[\"submit\", \"decide\", \"run\", \"close\"]"));
}

TEST(RuleSet, OfNoFilesIsEmptyAndApproves) {
  const Loaded loaded = load({});
  ASSERT_TRUE(loaded.rules);
  EXPECT_EQ(check(*loaded.rules, {}).verdict, Verdict::approve);
}

}  // namespace
}  // namespace lockgate::rules
