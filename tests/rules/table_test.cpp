// Decision tables as admins write them: what they give, what rules make of it,
// which mistakes are told.

#include "tests/rules/small_council.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <boost/json.hpp>

#include "tests/rules/counted_memory.hpp"

namespace lockgate::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string table(const std::string& lines, const std::string& rows,
                  const std::string& name = "calc.t") {
  return "[[table]]\nname = \"" + name + "\"\nmeaning = \"a table\"\n" + lines + "\nrows = [\n" +
         rows + "\n]\n\n";
}

std::string read(const std::string& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// What the table `calc.t` gives, as text, or why a rule that uses it cannot tell.
std::string given_by(const std::string& tables, const Given& facts) {
  const auto rules =
      council(tables + rule("zz-01", "calc.t == calc.t", R"(submit = "note")", "Board"));
  if (!rules) return "not loaded";
  const Check made = check(*rules, facts);
  const Finding& finding = made.findings.at(0);
  if (!finding.trouble.empty()) return finding.trouble;
  if (!finding.waits_for.empty()) {
    std::string text = "waits for";
    for (const std::string& fact : finding.waits_for) text += ' ' + fact;
    return text;
  }
  struct Show {
    std::string operator()(std::monostate) const { return "null"; }
    std::string operator()(bool held) const { return held ? "true" : "false"; }
    std::string operator()(std::int64_t held) const { return std::to_string(held); }
    std::string operator()(std::uint64_t held) const { return std::to_string(held); }
    std::string operator()(double held) const { return std::to_string(held).substr(0, 4); }
    std::string operator()(const std::string& held) const { return held; }
    std::string operator()(const FactList& held) const {
      std::string text;
      for (const FactValue& each : held) text += each_text(each) + ' ';
      return text;
    }
    std::string operator()(const FactMap& held) const {
      std::string text;
      for (const auto& [key, each] : held) text += key + '=' + each_text(each) + ' ';
      return text;
    }
    static std::string each_text(const FactValue& value) {
      return std::visit(Show{}, static_cast<const FactValue::variant&>(value));
    }
  };
  return Show::each_text(finding.facts.at(0).value);
}

struct LookUp {
  const char* name;
  std::string tables;
  Given facts;
  const char* result;
};

void PrintTo(const LookUp& c, std::ostream* out) { *out << c.name; }

class TableGives : public testing::TestWithParam<LookUp> {};

TEST_P(TableGives, ItsResult) {
  EXPECT_EQ(given_by(GetParam().tables, GetParam().facts), GetParam().result);
}

const std::string kPeople = R"(inputs = ["people.participants"])";
const std::string kBands = table("hit = \"unique\"\n" + kPeople,
                                 R"x({ if = ["..9"], then = "few" },
  { if = ["[10..100)"], then = "some" },
  { if = [">= 100"], then = "many" })x");

std::string overlapping(const std::string& lines) {
  return table(lines + '\n' + kPeople, R"({ if = ["> 10"], then = 1 },
  { if = ["> 20"], then = 4 },
  { if = ["> 30"], then = 2 })");
}

std::string children(const std::string& yes, const std::string& no) {
  return table("hit = \"unique\"\ninputs = [\"data.personal\", \"data.dpia\"]",
               "{ if = [true, \"-\"], then = \"" + yes + "\" },\n{ if = [false, \"-\"], then = \"" +
                   no + "\" }");
}

const std::string kDates = table(R"(hit = "first"
inputs = ["now"]
default = "later")",
                                 R"({ if = ["..2026-11-22"], then = "before" },
  { if = [2026-11-23], then = "that day" },
  { if = ["2026-11-24T00:00:00Z..2026-11-24T12:00:00Z"], then = "the morning after" })");

const LookUp kLookUps[] = {
    {"Range", kBands, {{"people.participants", 9}}, "few"},
    {"RangeWithoutItsEnd", kBands, {{"people.participants", 99}}, "some"},
    {"Comparison", kBands, {{"people.participants", 100}}, "many"},
    {"Unknown", kBands, {}, "waits for people.participants"},
    {"First", overlapping("hit = \"first\"\ndefault = 0"), {{"people.participants", 25}}, "1"},
    {"Default", overlapping("hit = \"first\"\ndefault = 0"), {{"people.participants", 10}}, "0"},
    {"Priority",
     overlapping("hit = \"priority\"\nresults = [4, 2, 1, 0]\ndefault = 0"),
     {{"people.participants", 40}},
     "4"},
    {"List", overlapping("hit = \"collect\""), {{"people.participants", 25}}, "1 4 "},
    {"EmptyList", overlapping("hit = \"collect\""), {{"people.participants", 1}}, ""},
    {"Sum",
     overlapping("hit = \"collect\"\ncollect = \"sum\""),
     {{"people.participants", 40}},
     "7"},
    {"SumOfNothing",
     overlapping("hit = \"collect\"\ncollect = \"sum\""),
     {{"people.participants", 1}},
     "0"},
    {"Least",
     overlapping("hit = \"collect\"\ncollect = \"min\"\ndefault = 9"),
     {{"people.participants", 40}},
     "1"},
    {"Greatest",
     overlapping("hit = \"collect\"\ncollect = \"max\"\ndefault = 9"),
     {{"people.participants", 40}},
     "4"},
    {"Count",
     overlapping("hit = \"collect\"\ncollect = \"count\""),
     {{"people.participants", 31}},
     "3"},
    {"Any",
     table("hit = \"any\"\ndefault = 0\n" + kPeople,
           "{ if = [\"> 10\"], then = 5 },\n{ if = [\"> 20\"], then = 5 }"),
     {{"people.participants", 30}},
     "5"},
    {"UnknownThatMakesNoDifference", children("same", "same"), {}, "same"},
    {"UnknownThatDoes", children("one", "other"), {}, "waits for data.personal"},
    {"NullFact",
     children("one", "other"),
     {{"data.personal", FactValue()}},
     "`calc.t`: `data.personal` is null"},
    {"DayAndMoments", kDates, {}, "that day"},
    {"Not",
     table("hit = \"unique\"\ninputs = [\"data.dpia\"]",
           R"({ if = [{ not = ["none", "draft"] }], then = true },
  { if = [["none", "draft"]], then = false })"),
     {{"data.dpia", "draft"}},
     "false"},
    {"NotOne",
     table("hit = \"unique\"\ninputs = [\"data.dpia\"]",
           R"({ if = ["!= draft"], then = 1 }, { if = ["draft"], then = 2.5 })"),
     {{"data.dpia", "none"}},
     "1.00"},
    {"MoneyToThePenny",
     table("hit = \"unique\"\ninputs = [\"money.cost_gbp\"]",
           R"({ if = ["..99.99"], then = "low" }, { if = ["100.."], then = "high" })"),
     {{"money.cost_gbp", 99.99}},
     "low"},
    {"Cel",
     table("hit = \"first\"\ndefault = \"small\"\ninputs = [\"data.personal\"]",
           R"({ if = [{ cel = 'people.participants > 20 && data.personal' }], then = "large" })"),
     {{"data.personal", true}, {"people.participants", 21}},
     "large"},
    {"CelThatWaits",
     table("hit = \"first\"\ndefault = \"small\"\ninputs = [\"data.personal\"]",
           R"({ if = [{ cel = 'people.participants > 20 && data.personal' }], then = "large" })"),
     {{"data.personal", true}},
     "waits for people.participants"},
    {"CelThatFails",
     table("hit = \"first\"\ndefault = \"small\"\ninputs = [\"data.personal\"]",
           R"({ if = [{ cel = '1 / people.participants > 0' }], then = "large" })"),
     {{"data.personal", true}, {"people.participants", 0}},
     "`calc.t`: division by zero"},
    {"CelThatFailsInARowThatDoesNotMatch",
     table("hit = \"first\"\ndefault = \"small\"\ninputs = [\"data.personal\", \"data.personal\"]",
           R"({ if = [false, { cel = '1 / people.participants > 0' }], then = "large" })"),
     {{"data.personal", true}, {"people.participants", 0}},
     "small"},
    {"InputInCel",
     table("hit = \"first\"\ndefault = 0\ninputs = [\"people.participants * 2\"]",
           R"({ if = [[7, "20..22"]], then = 1 })"),
     {{"people.participants", 11}},
     "1"},
    {"NoRowForWhatIsComputed",
     table("hit = \"unique\"\ninputs = [\"people.participants * 2\"]",
           "{ if = [\"..20\"], then = 1 }"),
     {{"people.participants", 11}},
     "`calc.t`: no row matches, and it has no default"},
    {"TwoRowsForWhatIsComputed",
     table("hit = \"unique\"\ndefault = 0\ninputs = [\"people.participants * 2\"]",
           "{ if = [\"..20\"], then = 1 }, { if = [\"10..\"], then = 2 }"),
     {{"people.participants", 6}},
     "`calc.t`: rows 1 and 2 match, and only one may"},
    {"SeveralOutputs",
     table("hit = \"unique\"\ninputs = [\"data.personal\"]",
           R"({ if = [true], then = { route = "panel", readers = 2 } },
  { if = [false], then = { route = "none", readers = 0 } })"),
     {{"data.personal", true}},
     "readers=2 route=panel "},
    {"TableOfATable",
     table("hit = \"first\"\ndefault = 0\ninputs = [\"calc.band\"]",
           "{ if = [\"many\"], then = 1 }") +
         table("hit = \"unique\"\n" + kPeople,
               "{ if = [\"..9\"], then = \"few\" }, { if = [\"> 9\"], then = \"many\" }",
               "calc.band"),
     {{"people.participants", 10}},
     "1"},
};

INSTANTIATE_TEST_SUITE_P(Tables, TableGives, testing::ValuesIn(kLookUps),
                         [](const auto& c) { return std::string(c.param.name); });

struct Wrong {
  const char* name;
  std::string tables;
  std::string says;  // part of its only issue or, without one, advice
};

void PrintTo(const Wrong& c, std::ostream* out) { *out << c.name; }

class TableIsToldWrong : public testing::TestWithParam<Wrong> {};

TEST_P(TableIsToldWrong, WithAnExample) {
  const Loaded loaded = load_with(GetParam().tables, true);
  std::vector<Issue> told = loaded.issues.empty() ? loaded.advice : loaded.issues;
  std::erase_if(told, [](const Issue& each) {  // what nothing uses does not matter here
    return each.code == "LG207" || each.code == "LG208";
  });
  EXPECT_EQ(loaded.rules == nullptr, !loaded.issues.empty());
  ASSERT_EQ(told.size(), 1U) << in_plain(told);
  const Issue& one = told.front();
  EXPECT_EQ(one.severity, loaded.issues.empty() ? Severity::warning : Severity::error);
  EXPECT_THAT(one.code + ". " + one.message + ". " + one.help, HasSubstr(GetParam().says));
}

std::string unique(const std::string& input, const std::string& rows) {
  return table("hit = \"unique\"\ninputs = [\"" + input + "\"]", rows);
}

const Wrong kWrong[] = {
    {"Gap",
     unique("people.participants", "{ if = [\"..9\"], then = 1 }, { if = [\"11..\"], then = 2 }"),
     "LG133. no row of `calc.t` matches where `people.participants` is 10."},
    {"GapOfPence",
     unique("money.cost_gbp", "{ if = [\"< 10\"], then = 1 }, { if = [\"10.01..\"], then = 2 }"),
     "matches where `money.cost_gbp` is 10"},
    {"GapOfAnEnum",
     unique("data.dpia", "{ if = [[\"none\", \"draft\", \"signed_off\"]], then = 1 }"),
     "where `data.dpia` is `screened_out`"},
    {"GapOfTwo",
     table("hit = \"unique\"\ninputs = [\"data.personal\", \"people.children\"]",
           "{ if = [true, true], then = 1 }, { if = [false, \"-\"], then = 2 }"),
     "where `data.personal` is true and `people.children` is false"},
    {"GapThatMayNotBe",
     unique("calc.score", "{ if = [\"..9\"], then = 1 }, { if = [\"11..\"], then = 2 }"),
     "where `calc.score` is 10, if that can be"},
    {"Overlap",
     unique("people.participants", "{ if = [\"..10\"], then = 1 }, { if = [\"10..\"], then = 2 }"),
     "LG134. row 1 and row 2 both match where `people.participants` is 10"},
    {"OverlapOfAny",
     table("hit = \"any\"\ninputs = [\"data.personal\"]",
           "{ if = [\"-\"], then = 1 }, { if = [true], then = 2 }"),
     "both match where `data.personal` is true"},
    {"OverlapThatMayNotBe",
     unique("calc.score", "{ if = [\"..10\"], then = 1 }, { if = [\"10..\"], then = 2 }"),
     "both match where `calc.score` is 10, if that can be"},
    {"Never",
     table("hit = \"first\"\ndefault = 0\n" + kPeople, "{ if = [\"> 100000\"], then = 1 }"),
     "LG135. row 1 can never match"},
    {"Shadowed",
     table("hit = \"first\"\ndefault = 0\n" + kPeople,
           "{ if = [\"..10\"], then = 1 }, { if = [\"11..20\"], then = 2 }, { if = [\"5..15\"], "
           "then = 3 }"),
     "row 3 never decides"},
    {"TooFewCells", table("hit = \"first\"\ndefault = 0\n" + kPeople, "{ if = [], then = 1 }"),
     "LG130. this row has 0 cells, and the table 1 inputs"},
    {"NoRows",
     "[[table]]\nname = \"calc.t\"\nmeaning = \"m\"\nhit = \"first\"\n" + kPeople + "\nrows = []\n",
     "LG130. `rows` has no row"},
    {"CellOfAnotherType", unique("people.participants", "{ if = [true], then = 1 }"),
     "LG131. this cell is true or false"},
    {"NotARange", unique("people.participants", "{ if = [\"few\"], then = 1 }"),
     "LG131. `few` does not fit this input"},
    {"RangeFromTheWrongEnd", unique("people.participants", "{ if = [\"20..10\"], then = 1 }"),
     "LG131. `20..10` accepts nothing"},
    {"MisspeltWord", unique("data.dpia", "{ if = [\"drat\"], then = 1 }"),
     "LG131. `drat` is not a value of this input. did you mean `draft`?"},
    {"NoSuchDay", unique("now", "{ if = [\"2026-02-30\"], then = 1 }"),
     "LG131. `2026-02-30` does not fit this input"},
    {"CellThatIsATable", unique("data.dpia", "{ if = [{ is = 1 }], then = 1 }"),
     "LG131. a cell is a value, a list"},
    {"CelThatIsNotTrueOrFalse", unique("data.dpia", "{ if = [{ cel = '1 + 1' }], then = 1 }"),
     "LG112. a cell in CEL must be true or false"},
    {"CelWithAnUnknownName",
     unique("data.dpia", "{ if = [{ cel = 'data.dpai == \"draft\"' }], then = 1 }"), "LG111."},
    {"UnknownInput", unique("people.participant", "{ if = [1], then = 1 }"), "LG111."},
    {"ResultsOfTwoTypes",
     unique("data.personal", "{ if = [true], then = 1 }, { if = [false], then = \"no\" }"),
     "LG132. this result is text, and the first is not"},
    {"ResultNotListed",
     table("hit = \"priority\"\nresults = [\"board\", \"nobody\"]\ninputs = [\"data.personal\"]",
           "{ if = [\"-\"], then = \"bord\" }"),
     "LG132. `bord` is not among the `results`. did you mean `board`?"},
    {"PriorityWithoutResults",
     table("hit = \"priority\"\ninputs = [\"data.personal\"]", "{ if = [\"-\"], then = \"x\" }"),
     "LG132. `priority` needs a list"},
    {"OutputsThatDiffer",
     unique("data.personal",
            "{ if = [true], then = { a = 1, b = 2 } }, { if = [false], then = { a = 1, c = 2 } }"),
     "LG132. this result has no `b`"},
    {"MisspeltOutput",
     unique("data.personal", "{ if = [\"-\"], then = { route = \"panel\", readers = 2 } }") +
         rule("zz-01", "calc.t.rout == \"panel\"", R"(submit = "note")"),
     "LG111. the record has no `rout`. did you mean `route`?"},
    {"OutputOfAnotherType",
     unique("data.personal", "{ if = [\"-\"], then = { route = \"panel\", readers = 2 } }") +
         rule("zz-01", "calc.t.readers == \"panel\"", R"(submit = "note")"),
     "LG112."},
    {"SumOfWords",
     table("hit = \"collect\"\ncollect = \"sum\"\ninputs = [\"data.personal\"]",
           "{ if = [true], then = \"x\" }"),
     "LG132. only numbers can be summed"},
    {"UnknownPolicy", table("hit = \"best\"\n" + kPeople, "{ if = [\"-\"], then = 1 }"), "LG105."},
    {"UnknownKey", table("hit = \"first\"\nelse = 1\n" + kPeople, "{ if = [\"-\"], then = 1 }"),
     "LG102."},
    {"Circle", unique("calc.t", "{ if = [1], then = 1 }"), "LG114. `calc.t` depends on itself"},
    {"DeclaredTwice", kBands + "[[expression]]\nname = \"calc.t\"\nmeaning = \"m\"\nis = '1'\n",
     "LG107."},
    {"WordTheTableNeverGives", kBands + rule("zz-01", "calc.t == \"meny\"", R"(submit = "note")"),
     "LG113."},
};

INSTANTIATE_TEST_SUITE_P(Mistakes, TableIsToldWrong, testing::ValuesIn(kWrong),
                         [](const auto& c) { return std::string(c.param.name); });

TEST(DecisionTable, IsKeptWithWhatItLookedAt) {
  const auto rules = council(kBands + rule("zz-01", "calc.t == \"many\"", R"(submit = "refer")"));
  ASSERT_TRUE(rules);
  const Check made = check(*rules, {{"people.participants", 400}});
  ASSERT_EQ(made.findings.size(), 1U);
  EXPECT_THAT(made.findings[0].facts, ElementsAre(KeptFact{"calc.t", FactValue("many")},
                                                  KeptFact{"people.participants", FactValue(400)}));
}

TEST(DecisionTable, TellsWhichRowsMadeItsResult) {
  const auto rules = council(overlapping("hit = \"collect\"") +
                             rule("zz-01", "calc.t.size() > 5", R"(submit = "note")"));
  ASSERT_TRUE(rules);
  const auto facts = facts_of(*rules, {{"people.participants", 25}});
  ASSERT_TRUE(facts);
  const std::vector<RowsUsed> used = rows_used(*rules, *facts, Gate::submit, kNoon);
  ASSERT_EQ(used.size(), 1U);
  EXPECT_EQ(used[0].table, "calc.t");
  EXPECT_THAT(used[0].rows, ElementsAre(0, 1));
}

// A fact with very many values, used by many tables.
TEST(DecisionTable, IsRefusedWhereAllTablesTakeTooMuch) {
  std::string text =
      "[[fact]]\nname = \"x.y\"\ntype = \"enum\"\nmeaning = \"m\"\nquestion = \"q?\"\nvalues = [";
  for (int i = 0; i < 10'000; ++i) text += "\"w" + std::to_string(i) + "\", ";
  text += "]\n";
  for (int i = 0; i < 500; ++i) {
    text += table("hit = \"first\"\ninputs = [\"x.y\"]", "{ if = [\"-\"], then = 1 }",
                  "calc.t" + std::to_string(i));
  }
  const MemoryPeak memory;
  const Loaded loaded = load_with(text);
  EXPECT_LT(memory.bytes(), 100'000'000U);
  ASSERT_FALSE(loaded.issues.empty());
  EXPECT_EQ(loaded.issues.front().code, "LG100");
}

// The example that docs/tables.md begins with.
TEST(DecisionTable, IsAsTheDocumentationSays) {
  const std::string text = read("docs/tables.md");
  const std::string fence = "```toml\n";
  const std::size_t begin = text.find(fence);
  ASSERT_NE(begin, std::string::npos);
  const std::size_t end = text.find("```", begin + fence.size());
  const std::string example = text.substr(begin + fence.size(), end - begin - fence.size());
  const Loaded loaded =
      load_with(example + rule("zz-01", "calc.readers == \"board\"", R"(submit = "refer")"));
  ASSERT_TRUE(loaded.rules) << in_plain(loaded.issues);
  EXPECT_EQ(in_plain(loaded.advice), in_plain({}));
  const Check made = check(*loaded.rules, {{"people.participants", 200}});
  EXPECT_THAT(made.questions, IsEmpty());
  EXPECT_EQ(made.verdict, Verdict::refer);
}

// The workload that engines are compared by: all of its rows, found as expected.
class Workload : public testing::Test {
 protected:
  void SetUp() override {
    const char* set = std::getenv("LOCKGATE_BENCH_WORKLOAD");
    folder_ = set ? set : "../shared/bench/workload";
    const std::string text = read(folder_ + "/table.json");
    if (text.empty()) {
      GTEST_SKIP() << "no table.json in " << folder_
                   << "; set LOCKGATE_BENCH_WORKLOAD to its folder";
    }
    json_ = boost::json::parse(text);
  }

  static std::string number(const boost::json::value& value) {
    return boost::json::serialize(value);
  }
  static std::string cell(const boost::json::value& cell) {
    if (cell.is_null()) return "\"-\"";
    const boost::json::object& object = cell.as_object();
    const boost::json::value& value = object.begin()->value();
    const std::string_view key = object.begin()->key();
    if (key == "eq" || key == "in") return number(value);
    if (key == "range") return '"' + number(value.at(0)) + ".." + number(value.at(1)) + '"';
    return (key == "lt" ? "\"< " : "\">= ") + number(value) + '"';
  }

  // The vocabulary and the table.
  std::string toml() const {
    std::string text = "roles = [\"Board\"]\n";
    std::string inputs;
    for (const boost::json::value& input : json_.at("inputs").as_array()) {
      const std::string path(input.at("path").as_string());
      const std::string type(input.at("type").as_string());
      text += "[[fact]]\nname = \"" + path + "\"\ntype = \"" + type +
              "\"\nmeaning = \"m\"\nquestion = \"q?\"\n";
      inputs += (inputs.empty() ? "\"" : ", \"") + path + '"';
    }
    text += "[[table]]\nname = \"calc.t\"\nmeaning = \"m\"\nhit = \"first\"\ninputs = [" + inputs +
            "]\nrows = [\n";
    for (const boost::json::value& row : json_.at("rows").as_array()) {
      std::string cells;
      for (const boost::json::value& each : row.at("cells").as_array()) {
        cells += (cells.empty() ? "" : ", ") + cell(each);
      }
      text += "{ if = [" + cells + "], then = { route = " + number(row.at("output").at("route")) +
              ", reviewers = " + number(row.at("output").at("reviewers")) + " } },\n";
    }
    return text + "]\n";
  }

  static cel::Value input(const boost::json::value& fact, std::string_view path) {
    const boost::json::value* at = &fact;
    while (true) {
      const std::size_t dot = path.find('.');
      at = &at->at(path.substr(0, dot));
      if (dot == path.npos) break;
      path.remove_prefix(dot + 1);
    }
    if (at->is_string()) return cel::Value::string(std::string(at->as_string()));
    return at->is_double() ? cel::Value::real(at->as_double())
                           : cel::Value::integer(at->as_int64());
  }

  std::string folder_;
  boost::json::value json_;
};

TEST_F(Workload, IsFoundRowByRow) {
  const Loaded loaded = load({{"a/table.toml", toml()}});
  ASSERT_TRUE(loaded.rules) << in_plain(loaded.issues).substr(0, 2000);
  const Table& table = *loaded.rules->expressions().at(0).table;
  std::ifstream facts(folder_ + "/facts.jsonl");
  std::ifstream expected(folder_ + "/expected.jsonl");
  std::size_t seen = 0;
  for (std::string fact, row; std::getline(facts, fact) && std::getline(expected, row); ++seen) {
    const boost::json::value parsed = boost::json::parse(fact);
    std::vector<cel::Value> inputs;
    for (const boost::json::value& each : json_.at("inputs").as_array()) {
      inputs.push_back(input(parsed, each.at("path").as_string()));
    }
    const MemoryPeak memory;
    const auto found = table.find(inputs);
    EXPECT_EQ(memory.bytes(), 0U);
    ASSERT_EQ(found, boost::json::parse(row).at("row").to_number<std::size_t>()) << seen;
  }
  EXPECT_EQ(seen, 1000U);
}

// A look-up in many rows, which are told apart only by comparing bounds.
TEST(DecisionTable, IsLookedUpWithoutMemory) {
  TableDefinition definition;
  definition.hit = HitPolicy::first;
  definition.inputs = {{"a", {.grain = Grain::whole}}, {"b", {.kind = ColumnKind::text}}};
  for (std::int64_t i = 0; i < 5000; ++i) {
    TableRow row;
    row.cells.resize(2);
    row.cells[0].ranges = {
        {Bound{cel::Value::integer(i * 10)}, Bound{cel::Value::integer(i * 10 + 8)}}};
    const cel::Value word = cel::Value::string("a rather long word, number " + std::to_string(i));
    row.cells[1].ranges = {{Bound{word}, Bound{word}}};
    definition.rows.push_back(std::move(row));
  }
  const Table table(std::move(definition));
  for (const std::int64_t i : {0, 1234, 4999}) {
    const std::vector<cel::Value> inside = {
        cel::Value::integer(i * 10 + 4),
        cel::Value::string("a rather long word, number " + std::to_string(i))};
    const std::vector<cel::Value> outside = {cel::Value::integer(i * 10 + 9), inside[1]};
    const MemoryPeak memory;
    const auto found = table.find(inside);
    const auto missed = table.find(outside);
    EXPECT_EQ(memory.bytes(), 0U);
    EXPECT_EQ(found, static_cast<std::size_t>(i));
    EXPECT_EQ(missed, std::nullopt);
  }
}

}  // namespace
}  // namespace lockgate::rules
