// The rules that Lockgate ships: they load, pass their own tests, and find in the
// worked examples exactly what examples/council/expected.toml says.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include <toml++/toml.h>

#include "adapters/field_map.hpp"
#include "adapters/strict_json.hpp"
#include "rules/evaluate.hpp"
#include "rules/rule_test.hpp"

namespace lockgate::rules {
namespace {

namespace fs = std::filesystem;

const fs::path kPacks = "rules/packs";
const fs::path kCouncil = "examples/council";

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

toml::table table_of(const fs::path& path) {
  toml::parse_result parsed = toml::parse(bytes_of(path), path.string());
  if (!parsed) {
    ADD_FAILURE() << path << ": " << parsed.error().description();
    return {};
  }
  return std::move(parsed).table();
}

bool is_test(const fs::path& path) { return path.stem().extension() == ".test"; }

// The files of the packs, or those that test them, by name.
std::vector<SourceFile> files(bool tests) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(kPacks)) {
    const fs::path& path = entry.path();
    if (path.extension() == ".toml" && is_test(path) == tests) paths.push_back(path);
  }
  std::sort(paths.begin(), paths.end());
  std::vector<SourceFile> found;
  for (const fs::path& path : paths) {
    found.push_back({"packs/" + path.filename().string(), bytes_of(path)});
  }
  return found;
}

std::string text_of(const std::vector<Issue>& issues, const std::vector<SourceFile>& sources) {
  return in_human(issues, [&](std::string_view name) -> std::string_view {
    for (const SourceFile& source : sources) {
      if (source.path == name) return source.bytes;
    }
    return {};
  });
}

const RuleSet& packs() {
  static const std::shared_ptr<const RuleSet> rules = [] {
    const std::vector<SourceFile> sources = files(false);
    Loaded loaded = load(sources);
    if (!loaded.rules) throw std::runtime_error(text_of(loaded.issues, sources));
    return loaded.rules;
  }();
  return *rules;
}

TEST(Packs, LoadWithoutAnyIssue) {
  const std::vector<SourceFile> sources = files(false);
  const Loaded loaded = load(sources);
  ASSERT_TRUE(loaded.issues.empty()) << text_of(loaded.issues, sources);
  ASSERT_NE(loaded.rules, nullptr);
}

TEST(Packs, AreComplete) {
  std::map<std::string, int> rules_of;
  for (const Rule& rule : packs().rules()) ++rules_of[rule.id.substr(0, rule.id.find('-'))];
  EXPECT_THAT(rules_of, testing::ElementsAre(testing::Pair("ad", 11), testing::Pair("dp", 14),
                                             testing::Pair("eq", 10), testing::Pair("ex", 15),
                                             testing::Pair("fp", 13), testing::Pair("gv", 15),
                                             testing::Pair("hs", 15), testing::Pair("ln", 12),
                                             testing::Pair("rk", 11), testing::Pair("sg", 14)));
  EXPECT_EQ(packs().rules().size(), 130u);
  EXPECT_EQ(packs().vocabulary().facts().size(), 180u);
  EXPECT_EQ(packs().settings().size(), 17u);
  EXPECT_EQ(packs().expressions().size(), 7u);
  EXPECT_EQ(packs().roles().size(), 24u);
}

TEST(Packs, SayHowToPutRightWhatTheyFindAndHowLongItTakes) {
  for (const Rule& rule : packs().rules()) {
    EXPECT_FALSE(rule.fix.empty()) << rule.id;
    EXPECT_FALSE(rule.takes.empty()) << rule.id;
  }
}

TEST(Packs, PassTheirTestsWhichMakeEveryRuleTrueAndFalse) {
  const std::vector<SourceFile> tests = files(true);
  EXPECT_EQ(tests.size(), 10u);
  const TestRun run = run_tests(packs(), tests);
  ASSERT_TRUE(run.issues.empty()) << text_of(run.issues, tests);
  for (const FailedTest& failed : run.report.failed) {
    std::string why;
    for (const std::string& line : lines_of(failed.differences)) why += "\n  " + line;
    ADD_FAILURE_AT(failed.file.c_str(), static_cast<int>(failed.line)) << failed.name << why;
  }
  EXPECT_GE(run.report.passed, 600);
  EXPECT_EQ(run.report.rules, 130u);
  EXPECT_THAT(run.report.never_true, testing::IsEmpty());
  EXPECT_THAT(run.report.never_false, testing::IsEmpty());
}

TEST(ExampleCouncil, HasASeatForEveryRoleThatThePacksMayReferTo) {
  std::set<std::string> seated;
  const toml::table board = table_of(kCouncil / "boards/prototype-board.toml");
  for (const toml::node& seat : *board["seat"].as_array()) {
    for (const toml::node& role : *seat.as_table()->at("roles").as_array()) {
      seated.insert(role.value_or(std::string()));
    }
  }
  for (const std::string& role : packs().referred_roles())
    EXPECT_EQ(seated.count(role), 1u) << role;
  EXPECT_EQ(seated.count("Proposer"), 0u);
}

// A delivery in our words, as the example's source maps it.
Submission submission_of(const std::string& example) {
  const toml::table source = table_of(kCouncil / "sources/casework.toml");
  const auto pointer = [&](std::string_view key) {
    return source["map"][key].value_or(std::string());
  };
  adapters::MapSettings map;
  map.case_key = pointer("case");
  map.title = pointer("title");
  map.gate = pointer("gate");
  map.proposer = pointer("proposer");
  map.editors = pointer("editors");
  map.facts = pointer("facts");
  auto json = adapters::parse_json(bytes_of(kCouncil / "deliveries" / (example + ".json")));
  if (!json) {
    ADD_FAILURE() << json.error().message;
    return {};
  }
  Result<Submission> read = adapters::FieldMap(map).read(*std::move(json));
  if (!read) {
    ADD_FAILURE() << read.error().message;
    return {};
  }
  return *std::move(read);
}

class WorkedExample : public testing::TestWithParam<const char*> {};

TEST_P(WorkedExample, GetsItsVerdictAndItsFindingsNoMoreAndNoLess) {
  const Submission submission = submission_of(GetParam());
  const Result<Facts> facts = read_facts(packs().vocabulary(), submission.facts);
  ASSERT_TRUE(facts.has_value()) << facts.error().message;
  const Check check =
      evaluate(packs(), *facts, submission.gate, *time_from_text("2026-11-23T12:00:00.000000Z"));

  const toml::table all = table_of(kCouncil / "expected.toml");
  const auto expected = all[GetParam()];
  EXPECT_EQ(to_text(check.verdict), expected["verdict"].value_or(std::string()));
  std::map<std::string, std::string> wanted;
  ASSERT_TRUE(expected["findings"].is_table());
  for (const auto& [rule, outcome] : *expected["findings"].as_table()) {
    wanted.emplace(rule.str(), outcome.value_or(std::string()));
  }
  std::map<std::string, std::string> found;
  for (const Finding& finding : check.findings) {
    found.emplace(finding.rule, to_text(finding.outcome));
    EXPECT_EQ(finding.trouble, "") << finding.rule;
    EXPECT_THAT(finding.waits_for, testing::IsEmpty()) << finding.rule;
  }
  EXPECT_EQ(found, wanted);
  EXPECT_EQ(check.findings.size(), wanted.size());
  EXPECT_THAT(check.unknown, testing::IsEmpty());
}

constexpr const char* kExamples[] = {"D01", "D02", "D03", "D04", "D05", "D06", "D07",
                                     "D08", "D09", "D10", "D11", "D12", "D13"};
INSTANTIATE_TEST_SUITE_P(All, WorkedExample, testing::ValuesIn(kExamples),
                         [](const auto& example) { return std::string(example.param); });

TEST(WorkedExamples, AreThirteenAndEachIsExpectedAndSent) {
  const std::set<std::string> names(std::begin(kExamples), std::end(kExamples));
  std::set<std::string> sent;
  for (const auto& entry : fs::directory_iterator(kCouncil / "deliveries")) {
    sent.insert(entry.path().stem().string());
  }
  std::set<std::string> expected;
  for (const auto& [name, unused] : table_of(kCouncil / "expected.toml")) {
    expected.emplace(name.str());
  }
  EXPECT_EQ(sent, names);
  EXPECT_EQ(expected, names);
}

}  // namespace
}  // namespace lockgate::rules
