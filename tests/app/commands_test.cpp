// The commands as functions; tests/system meets them as a program.

#include "plugin/app/commands.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json.hpp>

#include "plugin/app/app.hpp"
#include "plugin/app/exit_code.hpp"
#include "tests/app/council_on_disk.hpp"

namespace lockgate::app {
namespace {

using test::CouncilOnDisk;
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
         "review_by = 2027-11-23\n";
}

// What a command said, and its exit code.
struct Said {
  int code = 0;
  std::string out;
  std::string err;
};

template <class Command>
Said run(Command command) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Said said;
  said.code = command();
  said.out = testing::internal::GetCapturedStdout();
  said.err = testing::internal::GetCapturedStderr();
  return said;
}

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
