#include "plugin/app/rule_folders.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/app/council_folder.hpp"
#include "plugin/app/packs.hpp"
#include "tests/app/council_on_disk.hpp"

namespace lockgate::app {
namespace {

using test::CouncilOnDisk;
using test::told;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> names(const RuleFiles& files) {
  std::vector<std::string> names;
  for (const RuleFile& file : files.files) names.push_back(file.source.path);
  return names;
}

std::vector<std::string> shown_names(const RuleFiles& files) {
  std::vector<std::string> names;
  for (const RuleFile& file : files.files) names.push_back(file.shown);
  return names;
}

TEST(RuleFolders, AreReadInTheOrderNamedAndEachByPath) {
  CouncilOnDisk council;
  council.write("z/b.toml", "");
  council.write("z/a/c.toml", "");
  council.write("z/a.test.toml", "");
  council.write("z/notes.md", "");
  council.write("z/.hidden.toml", "");
  council.write("z/.git/d.toml", "");
  council.write("a/e.toml", "");
  const RuleFiles rules = read_rules(council.path(), {"z/", "a"});
  EXPECT_THAT(told(rules.issues), IsEmpty());
  EXPECT_THAT(names(rules), ElementsAre("z/a/c.toml", "z/b.toml", "a/e.toml"));
  EXPECT_THAT(shown_names(rules), ElementsAre("z/a/c.toml", "z/b.toml", "a/e.toml"));
  EXPECT_THAT(names(read_rule_tests(council.path(), {"z/", "a"})), ElementsAre("z/a.test.toml"));
}

TEST(RuleFolders, AreHashedByTheirOwnNameWhereverTheyStand) {
  CouncilOnDisk council;
  council.write("deep/down/rules/a.toml", "");
  council.write("local.toml", "");
  const std::string folder = (council.path() / "deep/down/rules").string();
  const std::string file = (council.path() / "local.toml").string();
  const RuleFiles rules = read_rules({}, {folder, file});
  EXPECT_THAT(names(rules), ElementsAre("rules/a.toml", "local.toml"));
  EXPECT_THAT(shown_names(rules), ElementsAre(folder + "/a.toml", file));
}

TEST(RuleFolders, OfOneNameStayApart) {
  CouncilOnDisk council;
  council.write("x/rules/a.toml", "");
  council.write("y/rules/a.toml", "");
  EXPECT_THAT(names(read_rules(council.path(), {"x/rules", "y/rules"})),
              ElementsAre("rules/a.toml", "2/rules/a.toml"));
}

TEST(RuleFolders, CalledPacksAreTheShippedOnesUnlessThereIsSuchAFolder) {
  CouncilOnDisk council;
  EXPECT_EQ(names(read_rules(council.path(), {"packs"})).size(), shipped_packs().size());
  council.write("packs/own.toml", "");
  EXPECT_THAT(names(read_rules(council.path(), {"packs"})), ElementsAre("packs/own.toml"));
}

TEST(RuleFolders, ThatAreNotThereAreIssues) {
  CouncilOnDisk council;
  const LoadedRules loaded = load_rules(council.path(), {"nowhere"});
  EXPECT_EQ(loaded.rules, nullptr);
  EXPECT_THAT(told(loaded.issues), HasSubstr("`nowhere` is not there"));
}

TEST(RuleFolders, WithoutARuleFileAreAnIssue) {
  CouncilOnDisk council;
  EXPECT_THAT(told(load_rules(council.path(), {"secrets"}).issues),
              HasSubstr("there is no rule file"));
}

TEST(RuleFolders, GiveIssuesTheNameThatPeopleKnow) {
  CouncilOnDisk council;
  council.write("deep/rules/a.toml", "\n[[rul]]\n");
  const LoadedRules loaded = load_rules(council.path(), {"deep/rules"});
  EXPECT_EQ(loaded.rules, nullptr);
  EXPECT_THAT(told(loaded.issues), HasSubstr("deep/rules/a.toml:2: "));
  EXPECT_THAT(shown(loaded.issues, loaded.texts), HasSubstr("2 | [[rul]]"));
}

// One rule for each of the roles.
std::string rules_for(const std::vector<std::string>& roles) {
  std::string text = "roles = [";
  for (const std::string& role : roles) text += "\"" + role + "\", ";
  text += "]\n";
  for (std::size_t i = 0; i < roles.size(); ++i) {
    text += "[[rule]]\nid = \"x-0" + std::to_string(i) +
            "\"\nquestion = \"Is it so?\"\nwhen = 'true'\nat = { submit = \"refer\" }\nto = \"" +
            roles[i] +
            "\"\nsay = \"It is so.\"\nbasis = \"our default\"\nsource = [\"a test\"]\n"
            "checked_on = 2026-11-23\nreview_by = 2027-11-23\n";
  }
  return text;
}

TEST(CouncilFolder, IsSoundIfASeatAnswersForEachRole) {
  CouncilOnDisk council;
  council.put_first("lockgate.toml", "rules = [\"rules\"]");
  council.write("rules/a.toml", rules_for({"Board chair"}));
  const CouncilFolder read = read_council(council.path());
  EXPECT_THAT(told(read.issues), IsEmpty());
  ASSERT_TRUE(read.rules);
  EXPECT_EQ(read.rules->rules().size(), 1u);
}

TEST(CouncilFolder, NamesARoleThatNoSeatAnswersFor) {
  CouncilOnDisk council;
  council.put_first("lockgate.toml", "rules = [\"rules\"]");
  council.write("rules/a.toml", rules_for({"Board chair", "Research Lead"}));
  const CouncilFolder read = read_council(council.path());
  EXPECT_EQ(read.issues.size(), 1u);
  EXPECT_THAT(told(read.issues),
              HasSubstr("boards/main.toml:0: no seat answers for the role `Research Lead`"));
}

TEST(CouncilFolder, NamesARoleOfASeatThatNoRuleFileDeclares) {
  CouncilOnDisk council;
  council.put_first("lockgate.toml", "rules = [\"rules\"]");
  council.write("rules/a.toml", rules_for({"Board chiar"}));
  const CouncilFolder read = read_council(council.path());
  EXPECT_THAT(told(read.issues), HasSubstr("boards/main.toml:7: no rule file declares the role "
                                           "`Board chair`; did you mean `Board chiar`?"));
}

TEST(CouncilFolder, NamesARoleWithoutASeatBesideOtherMistakes) {
  CouncilOnDisk council;
  council.put_first("lockgate.toml", "rules = [\"rules\"]\nwrokers = 3");
  council.write("rules/a.toml", rules_for({"Board chair", "Research Lead"}));
  const std::string said = told(read_council(council.path()).issues);
  EXPECT_THAT(said, HasSubstr("unknown key `wrokers`"));
  EXPECT_THAT(said, HasSubstr("no seat answers for the role `Research Lead`"));
}

TEST(CouncilFolder, DoesNotAskForSeatsOfABoardThatCannotBeRead) {
  CouncilOnDisk council;
  council.put_first("lockgate.toml", "rules = [\"rules\"]");
  council.write("rules/a.toml", rules_for({"Board chair"}));
  council.write("boards/main.toml", "name = \"Main");
  EXPECT_EQ(read_council(council.path()).issues.size(), 1u);
}

TEST(CouncilFolder, ReportsMistakesOfConfigurationAndRulesAtOnce) {
  CouncilOnDisk council;
  council.put_first("lockgate.toml", "rules = [\"rules\"]\nwrokers = 3");
  council.write("rules/a.toml", "[[rul]]\n");
  const std::string said = told(read_council(council.path()).issues);
  EXPECT_THAT(said, HasSubstr("unknown key `wrokers`"));
  EXPECT_THAT(said, HasSubstr("rules/a.toml:1: unknown key `rul`"));
}

}  // namespace
}  // namespace lockgate::app
