// The commands as functions; tests/system meets them as a program.

#include "plugin/app/commands.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json.hpp>

#include "plugin/app/app.hpp"
#include "plugin/app/exit_code.hpp"
#include "rules/codes.hpp"
#include "tests/app/council_on_disk.hpp"
#include "tests/app/said.hpp"

namespace lockgate::app {
namespace {

using test::CouncilOnDisk;
using test::run;
using test::Said;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing::StartsWith;

const std::string kVocabulary =
    "roles = [\"Board chair\"]\n"
    "[[fact]]\nname = \"people.participants\"\ntype = \"int\"\nmeaning = \"people who take part\"\n"
    "question = \"How many take part?\"\nalways_ask = true\ndefault = 0\n"
    "[[setting]]\nname = \"cfg.many\"\ntype = \"int\"\nvalue = 100\nmeaning = \"many people\"\n";

std::string rule(const std::string& id, const std::string& outcome) {
  return "[[rule]]\nid = \"" + id +
         "\"\nquestion = \"Are they many?\"\nwhen = 'people.participants > cfg.many'\n"
         "at = { submit = \"" +
         outcome +
         "\" }\nto = \"Board chair\"\nsay = \"They are many.\"\nfix = \"Take fewer.\"\n"
         "basis = \"our default\"\nsource = [\"a test\"]\nchecked_on = 2026-11-23\n"
         "review_by = 2099-11-23\n";
}

const std::string kMany =
    "[[test]]\nname = \"many\"\ngate = \"submit\"\n"
    "facts = { people.participants = 101 }\nverdict = \"refer\"\n";
const std::string kFew =
    "[[test]]\nname = \"few\"\ngate = \"submit\"\n"
    "facts = { people.participants = 99 }\nverdict = \"approve\"\n";

class Commands : public testing::Test {
 protected:
  Commands() {
    council_.put_first("lockgate.toml", "rules = [\"rules\"]\nlisten = \"127.0.0.1:0\"");
    council_.write("rules/a.toml", kVocabulary + rule("x-01", "refer"));
    council_.write("facts.json", R"({"people": {"participants": 101}})");
  }
  std::string at(const std::string& name) const { return (council_.path() / name).string(); }
  Place place() const { return {.config = council_.path().string()}; }

  Said eval_facts(const std::string& facts, EvalOptions options = {}) {
    council_.write("facts.json", facts);
    if (options.rules.empty()) options.rules = {at("rules")};
    options.input = at("facts.json");
    return run([&] { return eval(options); });
  }

  CouncilOnDisk council_;
};

TEST_F(Commands, EvalPrintsOneObject) {
  const Said said =
      eval_facts(R"({"people.participants": 101})", {.format = "json", .exit_code = true});
  EXPECT_EQ(said.code, kRefer) << said.err;
  const boost::json::object object = boost::json::parse(said.out).as_object();
  EXPECT_EQ(object.at("verdict"), "refer");
  EXPECT_EQ(object.at("unknown").as_array().size(), 0u);
  EXPECT_EQ(object.at("rules").as_string().size(), 64u);
  ASSERT_EQ(object.at("findings").as_array().size(), 1u);
  const boost::json::object& finding = object.at("findings").at(0).as_object();
  EXPECT_EQ(finding.at("rule"), "x-01");
  EXPECT_EQ(finding.at("outcome"), "refer");
  EXPECT_EQ(finding.at("to"), "Board chair");
  EXPECT_EQ(finding.at("say"), "They are many.");
  EXPECT_EQ(finding.at("facts").at("people.participants"), 101);
  EXPECT_EQ(finding.at("facts").at("cfg.many"), 100);
}

TEST_F(Commands, EvalSaysTheSameInWords) {
  const Said said = eval_facts(R"({"people": {"participants": 101}})");
  EXPECT_EQ(said.code, kFine);
  EXPECT_THAT(said.out, StartsWith("refer: 1 finding, 0 questions\n"));
  EXPECT_THAT(said.out, HasSubstr("x-01"));
  EXPECT_THAT(said.out, HasSubstr("people.participants             101"));
  EXPECT_THAT(said.out, HasSubstr("-> Take fewer."));
}

TEST_F(Commands, EvalTakesTheDefaultUnlessItIsStrict) {
  EXPECT_EQ(eval_facts("{}", {.exit_code = true}).code, kFine);
  const Said strict = eval_facts("{}", {.format = "json", .strict = true, .exit_code = true});
  EXPECT_EQ(strict.code, kAskForInfo);
  const boost::json::value said = boost::json::parse(strict.out);
  EXPECT_EQ(said.at("unknown").at(0), "people.participants");
  EXPECT_EQ(said.at("questions").at(0).at("question"), "How many take part?");
}

TEST_F(Commands, EvalLetsALaterFolderOverrideASetting) {
  council_.write("ours/b.toml", "[settings]\n\"cfg.many\" = 200\n");
  const std::string facts = R"({"people": {"participants": 150}})";
  EXPECT_EQ(eval_facts(facts, {.exit_code = true}).code, kRefer);
  EXPECT_EQ(eval_facts(facts, {.rules = {at("rules"), at("ours")}, .exit_code = true}).code, kFine);
  EXPECT_EQ(eval_facts(facts, {.rules = {at("ours"), at("rules")}, .exit_code = true}).code,
            kRulesInvalid);
}

TEST_F(Commands, EvalSaysWhy) {
  const std::string facts = R"({"people": {"participants": 101}})";
  const char* words =
      "people who take part (people.participants): 101, which is more than 100 (many people, "
      "cfg.many)";
  EXPECT_THAT(eval_facts(facts, {.why = true}).out, HasSubstr(words));
  const Said said = eval_facts(facts, {.format = "json", .why = true});
  const boost::json::value object = boost::json::parse(said.out);
  const boost::json::value& part = object.at("findings").at(0).at("why").at(0);
  EXPECT_EQ(part.at("part"), "people.participants > cfg.many");
  EXPECT_EQ(part.at("value"), "true");
  EXPECT_EQ(part.at("words"), words);
  EXPECT_FALSE(object.as_object().contains("not_applied"));
}

TEST_F(Commands, EvalTracesWhatDidNotApply) {
  const std::string facts = R"({"people": {"participants": 3}})";
  const Said said = eval_facts(facts, {.trace = true});
  EXPECT_THAT(said.out, HasSubstr("What did not apply, and why not:"));
  EXPECT_THAT(said.out, HasSubstr("3, which is at most 100 (many people, cfg.many)"));
  const boost::json::value object =
      boost::json::parse(eval_facts(facts, {.format = "json", .trace = true}).out);
  EXPECT_EQ(object.at("not_applied").at(0).at("rule"), "x-01");
  EXPECT_EQ(object.at("not_applied").at(0).at("why").at(0).at("value"), "false");
}

TEST_F(Commands, EvalSuggestsWhatWouldChangeIt) {
  const std::string facts = R"({"people": {"participants": 150}})";
  EXPECT_THAT(eval_facts(facts, {.change = true}).out,
              HasSubstr("no fact that x-01 looks at is marked `changeable`"));
  std::string vocabulary = kVocabulary;
  const std::string mark = "always_ask = true\n";
  council_.write("rules/a.toml",
                 vocabulary.replace(vocabulary.find(mark), mark.size(), "changeable = true\n") +
                     rule("x-01", "refer"));
  const Said said = eval_facts(facts, {.change = true});
  EXPECT_THAT(said.out, HasSubstr("With 1 change it would be approve:"));
  EXPECT_THAT(said.out, HasSubstr("people who take part: 100 (now 150)"));
  EXPECT_THAT(said.out, HasSubstr("x-01    Take fewer."));
  const boost::json::value object =
      boost::json::parse(eval_facts(facts, {.format = "json", .to = "approve"}).out);
  const boost::json::value& change = object.at("change");
  EXPECT_EQ(change.at("found"), "suggestions");
  EXPECT_EQ(change.at("suggestions").at(0).at("changes").at(0).at("to"), 100);
  EXPECT_EQ(change.at("suggestions").at(0).at("changes").at(0).at("from"), 150);
  EXPECT_EQ(change.at("suggestions").at(0).at("settles").at(0), "x-01");
}

TEST_F(Commands, EvalNamesEveryFactThatDoesNotFit) {
  const Said said = eval_facts(R"({"people": {"participants": "many", "partcipants": 1}})");
  EXPECT_EQ(said.code, kCouldNot);
  EXPECT_THAT(said.out, IsEmpty());
  EXPECT_THAT(said.err, HasSubstr("/people/participants: "));
  EXPECT_THAT(said.err, HasSubstr("did you mean `people.participants`?"));
}

TEST_F(Commands, EvalTakesAMomentWithOrWithoutAFraction) {
  for (const char* moment : {"2026-03-09T12:00:00Z", "2026-03-09T12:00:00.5Z"}) {
    const Said said = eval_facts("{}", {.format = "json", .at = moment});
    EXPECT_EQ(said.code, kFine) << said.err;
    EXPECT_THAT(said.out, HasSubstr(std::string(moment, 19)));
  }
  for (const char* moment : {"2026-03-09", "2026-03-09T12:00:00+01:00", "yesterday"}) {
    EXPECT_EQ(eval_facts("{}", {.at = moment}).code, kUsage) << moment;
  }
}

TEST_F(Commands, CheckOfAGoodFolderCountsWhatIsThere) {
  const Said rules = run([&] { return check({.paths = {at("rules")}}); });
  EXPECT_EQ(rules.code, kFine);
  EXPECT_THAT(rules.out, StartsWith("ok: 1 rule in 1 file, 1 fact, 1 setting. Rules version "));
  const Said council = run([&] { return check({.paths = {council_.path().string()}}); });
  EXPECT_EQ(council.code, kFine) << council.out;
  EXPECT_THAT(council.out, HasSubstr("1 setting, 1 board, 1 source. Rules version "));
  // The same rules have the same version wherever they are read from.
  EXPECT_EQ(rules.out.substr(rules.out.find("version")),
            council.out.substr(council.out.find("version")));
}

TEST_F(Commands, CheckShowsIssuesInEachFormat) {
  council_.write("rules/a.toml", kVocabulary + rule("x-01", "rfer"));
  const auto said = [&](const std::string& format) {
    const Said all = run([&] { return check({.paths = {at("rules")}, .format = format}); });
    EXPECT_EQ(all.code, kRulesInvalid);
    return all.out;
  };
  EXPECT_THAT(said("human"), HasSubstr("^^^^^^"));
  EXPECT_THAT(said("plain"), HasSubstr("Did you mean refer?"));
  EXPECT_EQ(boost::json::parse(said("json")).at("errors"), 1);
}

// A valid rule, and one setting that nothing uses.
void write_with_advice(CouncilOnDisk& council) {
  council.write("rules/a.toml", kVocabulary + rule("x-01", "refer") +
                                    "[[setting]]\nname = \"cfg.few\"\ntype = \"int\"\nvalue = 1\n"
                                    "meaning = \"few people\"\n");
}

TEST_F(Commands, CheckShowsAdviceAndIsFineUnlessWarningsAreDenied) {
  write_with_advice(council_);
  for (const std::string& path : {at("rules"), council_.path().string()}) {
    const Said said = run([&] { return check({.paths = {path}}); });
    EXPECT_EQ(said.code, kFine);
    EXPECT_THAT(said.out, StartsWith("warning[LG207]: no rule uses the setting `cfg.few`\n"));
    EXPECT_THAT(said.out, HasSubstr("\nok: 1 rule in 1 file"));
    EXPECT_THAT(said.out, HasSubstr(", 1 warning. Rules version "));
    EXPECT_THAT(said.out, HasSubstr("Run `lockgate explain LG207` for more"));
    EXPECT_EQ(run([&] { return check({.paths = {path}, .deny_warnings = true}); }).code,
              kRulesInvalid);
  }
  const Said json = run([&] { return check({.paths = {at("rules")}, .format = "json"}); });
  EXPECT_EQ(json.code, kFine);
  const boost::json::value object = boost::json::parse(json.out);
  EXPECT_EQ(object.at("errors"), 0);
  EXPECT_EQ(object.at("warnings"), 1);
  EXPECT_EQ(object.at("diagnostics").at(0).at("severity"), "warning");
}

TEST_F(Commands, CheckShowsWarningsBesideErrors) {
  write_with_advice(council_);
  council_.change("rules/a.toml", "\"refer\"", "\"rfer\"");
  const Said said = run([&] { return check({.paths = {at("rules")}}); });
  EXPECT_EQ(said.code, kRulesInvalid);
  EXPECT_THAT(said.out, HasSubstr("1 error and 1 warning in 1 file. Nothing was loaded.\n"));
}

TEST_F(Commands, CheckGivesSarifForToolsThatCollect) {
  write_with_advice(council_);
  const Said said = run([&] { return check({.paths = {at("rules")}, .format = "sarif"}); });
  EXPECT_EQ(said.code, kFine);
  const boost::json::value log = boost::json::parse(said.out);
  EXPECT_EQ(log.at("version"), "2.1.0");
  ASSERT_EQ(log.at("runs").as_array().size(), 1u);
  const boost::json::value& result = log.at_pointer("/runs/0/results/0");
  EXPECT_EQ(result.at("ruleId"), "LG207");
  EXPECT_EQ(result.at("level"), "warning");
  EXPECT_EQ(log.at_pointer("/runs/0/tool/driver/rules/0/id"), "LG207");
  EXPECT_EQ(result.at_pointer("/locations/0/physicalLocation/region/startColumn"), 8);
}

TEST_F(Commands, ExplainKnowsCodesAndRules) {
  const auto said = [&](const std::string& what) {
    return run([&] { return explain({.what = what, .rules = {at("rules")}}); });
  };
  EXPECT_EQ(said("LG113").code, kFine);
  EXPECT_THAT(said("lg113").out, StartsWith("LG113 (error): an expression names a word"));
  EXPECT_EQ(said("LG119").code, kCouldNot);
  EXPECT_THAT(said("LG119").err, HasSubstr("there is no code `LG119`; did you mean `LG1"));

  const Said rule = said("x-01");
  EXPECT_EQ(rule.code, kFine) << rule.err;
  EXPECT_EQ(rule.out,
            "x-01: Are they many?\n"
            "rules/a.toml:15:6\n\n"
            "It applies when\n\n"
            "    people.participants > cfg.many\n\n"
            "    people.participants  people who take part\n"
            "    cfg.many             many people\n\n"
            "Then it\n"
            "    at gate submit takes it to people who decide (refer)\n"
            "    for: Board chair\n\n"
            "It says: They are many.\n"
            "What to do: Take fewer.\n\n"
            "It rests on our default:\n"
            "    a test\n"
            "Last checked on 2026-11-23, to be looked at again by 2099-11-23.\n");
  EXPECT_EQ(said("x-02").code, kCouldNot);
  EXPECT_THAT(said("x-02").err, HasSubstr("there is no rule `x-02`; did you mean `x-01`?"));
}

TEST_F(Commands, ExplainFindsTheShippedRulesWithoutAFolder) {
  const Said said = run([&] { return explain({.what = "fp-01", .rules = {}}); });
  EXPECT_EQ(said.code, kFine) << said.err;
  EXPECT_THAT(said.out, StartsWith("fp-01: "));
}

TEST_F(Commands, ExamplesOfTheConfigurationDoWhatTheySay) {
  const auto codes = [&](std::string_view example) {
    council_.write("lockgate.toml", std::string(example));
    const ConfigResult read = read_config(council_.path());
    std::vector<std::string> found;
    for (const rules::Issue& issue : read.issues) found.push_back(issue.code);
    for (const rules::Issue& issue : load_rules(council_.path(), read.config.rules).issues) {
      found.push_back(issue.code);
    }
    return found;
  };
  for (const rules::CodeHelp& help : rules::all_codes()) {
    if (help.example != rules::ExampleOf::config) continue;
    EXPECT_THAT(codes(help.wrong), testing::ElementsAre(help.code));
    EXPECT_THAT(codes(help.right), IsEmpty()) << help.code;
  }
}

TEST_F(Commands, AStartTellsHowMuchAdviceThereIs) {
  write_with_advice(council_);
  App app(read_council(council_.path(), advised()), {});
  testing::internal::CaptureStderr();
  const auto started = app.start();
  app.stop();
  const std::string log = testing::internal::GetCapturedStderr();
  ASSERT_TRUE(started) << started.error().message;
  EXPECT_THAT(log,
              HasSubstr("\"event\":\"rules_advice\",\"warnings\":\"1\",\"codes\":\"LG207 x1\""));
}

TEST_F(Commands, TestRunsWhatStandsBesideTheRules) {
  council_.write("rules/a.test.toml",
                 "[[test]]\nname = \"many\"\ngate = \"submit\"\n"
                 "facts = { people.participants = 101 }\nverdict = \"refer\"\n");
  const Said good = run([&] { return test({.paths = {council_.path().string()}}); });
  EXPECT_EQ(good.code, kFine) << good.err;
  EXPECT_EQ(good.out,
            "1 passed, 0 failed, coverage 0 of 1 rules (0%)\nnever false in a test: x-01\n");
  council_.change("rules/a.test.toml", "101", "100");
  const Said bad = run([&] { return test({.paths = {at("rules")}}); });
  EXPECT_EQ(bad.code, kTestsFailed);
  EXPECT_THAT(bad.out, HasSubstr("rules/a.test.toml:1 many\n"));
  EXPECT_THAT(bad.out, HasSubstr("0 passed, 1 failed"));
}

TEST_F(Commands, TestWithoutTestsIsNoSuccess) {
  EXPECT_EQ(run([&] { return test({.paths = {at("rules")}}); }).code, kCouldNot);
  const TestOptions options{.paths = {at("rules")}, .require_tests = true};
  EXPECT_EQ(run([&] { return test(options); }).code, kTestsFailed);
}

TEST_F(Commands, TestFailsBelowTheThreshold) {
  council_.write("rules/a.test.toml", kMany + kFew);
  TestOptions options{.paths = {at("rules")}, .threshold = 100};
  EXPECT_EQ(run([&] { return test(options); }).code, kFine);
  council_.write("rules/a.test.toml", kMany);
  const Said low = run([&] { return test(options); });
  EXPECT_EQ(low.code, kTestsFailed);
  EXPECT_THAT(low.out, EndsWith("coverage is 0%, below the 100% that are asked for\n"));
  options.threshold = 0;
  EXPECT_EQ(run([&] { return test(options); }).code, kFine);
}

TEST_F(Commands, TestNamesTheChangesThatNoTestNotices) {
  council_.write("rules/a.test.toml", kMany + kFew);
  TestOptions options{.paths = {at("rules")}, .threshold = 100, .mutate = true};
  const Said weak = run([&] { return test(options); });
  EXPECT_EQ(weak.code, kTestsFailed);
  EXPECT_THAT(weak.out, StartsWith("survived " + at("rules/a.toml") + ":"));
  EXPECT_THAT(weak.out,
              HasSubstr("x-01: `>` changed to `>=`\n     people.participants >= cfg.many\n"));
  EXPECT_THAT(weak.out, HasSubstr("\nmutants: 0 of 1 caught (0%)\n"));
  council_.change("rules/a.test.toml", "99", "100");
  const Said strong = run([&] { return test(options); });
  EXPECT_EQ(strong.code, kFine) << strong.out;
  EXPECT_THAT(strong.out, HasSubstr("mutants: 1 of 1 caught (100%)\n"));
}

TEST_F(Commands, TestRunsOnlyWhatFitsThePattern) {
  council_.write("rules/a.test.toml", kMany + kFew);
  TestOptions options{.paths = {at("rules")}, .run = "^fe", .require_tests = true};
  const Said few = run([&] { return test(options); });
  EXPECT_EQ(few.code, kFine);
  EXPECT_THAT(few.out, StartsWith("1 passed, 0 failed"));
  options.run = "nobody";
  const Said none = run([&] { return test(options); });
  EXPECT_EQ(none.code, kTestsFailed);
  EXPECT_THAT(none.out, EndsWith("no test was run\n"));
  options.require_tests = false;
  EXPECT_EQ(run([&] { return test(options); }).code, kFine);
  options.run = "(";
  const Said wrong = run([&] { return test(options); });
  EXPECT_EQ(wrong.code, kUsage);
  EXPECT_THAT(wrong.err, HasSubstr("--run is not a pattern: `(`"));
}

TEST_F(Commands, TestWritesItsReportToAFile) {
  council_.write("rules/a.test.toml", kMany + kFew);
  TestOptions options{.paths = {at("rules")}, .format = "json", .output = at("report.json")};
  const Said said = run([&] { return test(options); });
  EXPECT_EQ(said.code, kFine);
  EXPECT_EQ(said.out, "2 passed, 0 failed, coverage 1 of 1 rules (100%)\n");
  const boost::json::value report = boost::json::parse(council_.text("report.json"));
  EXPECT_EQ(report.at("schema"), "lockgate.test/1");
  EXPECT_EQ(report.at("passed"), 2);
  options.output = at("nowhere/report.json");
  EXPECT_EQ(run([&] { return test(options); }).code, kCouldNot);
}

TEST_F(Commands, MemberAddPrintsALinkAndMayBeRepeated) {
  const MemberOptions options{.place = place(), .login = "ann.brook", .name = "Ann Brook"};
  const Said first = run([&] { return member_add(options); });
  EXPECT_EQ(first.code, kFine) << first.err;
  EXPECT_THAT(first.out,
              MatchesRegex("https://lockgate\\.example\\.gov\\.uk/set-password/[A-Za-z0-9_-]+\n"));
  const Said second = run([&] { return member_add(options); });
  EXPECT_EQ(second.code, kFine) << second.err;
  EXPECT_NE(first.out, second.out);
}

TEST_F(Commands, AuditVerifyMakesNothingThatIsNotThere) {
  const Said said = run([&] { return audit_verify({.place = place()}); });
  EXPECT_EQ(said.code, kCouldNot);
  EXPECT_THAT(said.err, HasSubstr("ledger.key` is not there"));
  EXPECT_FALSE(std::filesystem::exists(council_.path() / "ledger.key"));
  EXPECT_FALSE(std::filesystem::exists(council_.path() / "lockgate.db"));
}

TEST_F(Commands, TriggerIsAnsweredAndTheRecordHolds) {
  CouncilFolder council = read_council(council_.path());
  App app(std::move(council), {});
  testing::internal::CaptureStderr();
  const auto started = app.start();
  testing::internal::GetCapturedStderr();
  ASSERT_TRUE(started) << started.error().message;
  council_.write("body.json", R"({"data": {"case": "CASE-1"}})");
  TriggerOptions options{.place = place(), .file = at("body.json"), .source = "casework"};
  options.to = app.address();
  const Said said = run([&] { return trigger(options); });
  EXPECT_EQ(said.code, kFine) << said.err;
  EXPECT_EQ(boost::json::parse(said.out).at("verdict"), "approve");

  options.source = "nobody";
  EXPECT_EQ(run([&] { return trigger(options); }).code, kCouldNot);
  options.source = "casework";
  council_.write("body.json", "{}");
  EXPECT_EQ(run([&] { return trigger(options); }).code, kCouldNot);

  testing::internal::CaptureStderr();
  app.stop();
  testing::internal::GetCapturedStderr();
  const Said audit = run([&] { return audit_verify({.place = place()}); });
  EXPECT_EQ(audit.code, kFine) << audit.out << audit.err;
  EXPECT_THAT(audit.out, StartsWith("ok: "));
  EXPECT_THAT(audit.out, HasSubstr("1 prototype, 1 event, 1 deliver"));
}

TEST_F(Commands, OutsideAConfigurationFolderSayWhereToLook) {
  const Said said = run([&] { return member_add({.place = {at("rules")}, .login = "a"}); });
  EXPECT_EQ(said.code, kCouldNot);
  EXPECT_THAT(said.err, HasSubstr("name its folder with -c FOLDER"));
}

}  // namespace
}  // namespace lockgate::app
