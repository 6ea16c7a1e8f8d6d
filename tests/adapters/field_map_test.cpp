#include "adapters/field_map.hpp"

#include <gtest/gtest.h>

#include "adapters/json_text.hpp"
#include "adapters/strict_json.hpp"

namespace lockgate::adapters {
namespace {

MapSettings all_mapped() {
  MapSettings map;
  map.case_key = "/data/case";
  map.title = "/data/title";
  map.gate = "/data/gate";
  map.proposer = "/data/proposer";
  map.editors = "/data/editors";
  map.facts = "/data/facts";
  map.fact = {{"people.participants", "/data/households"}};
  return map;
}

Result<Submission> read(std::string_view json, const MapSettings& settings = all_mapped()) {
  return FieldMap(settings).read(*parse_json(json));
}

std::string text_of(const FactValue& value) {
  std::string out;
  JsonText(out).fact(value);
  return out;
}

TEST(FieldMap, FindsEverythingWhereTheSettingsSay) {
  const auto submission = read(R"({"data":{"case":"CASE-1","title":"A chatbot","gate":"run",
      "proposer":"sam.osei@example.gov.uk","editors":["ann","bo"],"households":12,
      "facts":{"people":{"children":true},"cost":{"total":8400}}}})");
  ASSERT_TRUE(submission.has_value()) << submission.error().message;
  EXPECT_EQ(submission->case_key, "CASE-1");
  EXPECT_EQ(submission->title, "A chatbot");
  EXPECT_EQ(submission->gate, Gate::run);
  EXPECT_EQ(submission->proposer, "sam.osei@example.gov.uk");
  EXPECT_EQ(submission->editors, (std::vector<std::string>{"ann", "bo"}));
  ASSERT_EQ(submission->facts.size(), 2u);
  EXPECT_EQ(submission->facts[0].path, "");
  EXPECT_EQ(submission->facts[0].pointer, "/data/facts");
  EXPECT_EQ(text_of(submission->facts[0].value),
            R"({"people":{"children":true},"cost":{"total":8400}})");
  EXPECT_EQ(submission->facts[1].path, "people.participants");
  EXPECT_EQ(submission->facts[1].pointer, "/data/households");
  EXPECT_EQ(text_of(submission->facts[1].value), "12");
}

TEST(FieldMap, LetsTwoThingsStandInOnePlace) {
  MapSettings map = all_mapped();
  map.title = "/data/facts/title";
  map.fact = {{"a.b", "/data/facts/n"}, {"a.c", "/data/facts/n"}};
  const auto submission = read(R"({"data":{"case":"C","facts":{"title":"T","n":[1]}}})", map);
  ASSERT_TRUE(submission.has_value());
  EXPECT_EQ(submission->title, "T");
  ASSERT_EQ(submission->facts.size(), 3u);
  EXPECT_EQ(text_of(submission->facts[0].value), R"({"title":"T","n":[1]})");
  EXPECT_EQ(text_of(submission->facts[1].value), "[1]");
  EXPECT_EQ(text_of(submission->facts[2].value), "[1]");
}

TEST(FieldMap, TakesWhatIsAbsentOrNullAsNotMapped) {
  for (const char* json : {R"({"data":{"case":"C"}})",
                           R"({"data":{"case":"C","title":null,"gate":null,"proposer":null,
                              "editors":null,"facts":null}})"}) {
    const auto submission = read(json);
    ASSERT_TRUE(submission.has_value());
    EXPECT_EQ(submission->gate, Gate::submit);
    EXPECT_EQ(submission->title, "");
    EXPECT_EQ(submission->proposer, "");
    EXPECT_TRUE(submission->editors.empty());
    EXPECT_TRUE(submission->facts.empty());
  }
}

TEST(FieldMap, GivesAFactThatIsNullAsNull) {
  const auto submission = read(R"({"data":{"case":"C","households":null}})");
  ASSERT_TRUE(submission.has_value());
  ASSERT_EQ(submission->facts.size(), 1u);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(submission->facts[0].value));
}

TEST(FieldMap, TakesTheCaseAsTextOrWholeNumber) {
  EXPECT_EQ(read(R"({"data":{"case":4711}})")->case_key, "4711");
  EXPECT_EQ(read(R"({"data":{"case":"4711"}})")->case_key, "4711");
  EXPECT_EQ(read(R"({"data":{"case":18446744073709551615}})")->case_key, "18446744073709551615");
}

TEST(FieldMap, TakesOneEditorWithoutAList) {
  EXPECT_EQ(read(R"({"data":{"case":"C","editors":"ann"}})")->editors,
            (std::vector<std::string>{"ann"}));
}

TEST(FieldMap, CountsCharactersNotBytes) {
  std::string key;
  for (int i = 0; i < 200; ++i) key += "é";
  EXPECT_TRUE(read("{\"data\":{\"case\":\"" + key + "\"}}").has_value());
  EXPECT_FALSE(read("{\"data\":{\"case\":\"" + key + "é\"}}").has_value());
}

struct Wrong {
  std::string name;
  std::string json;
  std::string pointer;
  std::string detail;
};
void PrintTo(const Wrong& wrong, std::ostream* out) { *out << wrong.name; }

class FieldMapRefuses : public testing::TestWithParam<Wrong> {};

TEST_P(FieldMapRefuses, WithWhereAndWhyAndWhatToSend) {
  const auto submission = read(GetParam().json);
  ASSERT_FALSE(submission.has_value());
  EXPECT_EQ(submission.error().code, Errc::invalid);
  ASSERT_EQ(submission.error().problems.size(), 1u);
  const Problem& problem = submission.error().problems.front();
  EXPECT_EQ(problem.pointer, GetParam().pointer);
  EXPECT_EQ(problem.detail, GetParam().detail);
  EXPECT_FALSE(problem.fix.empty());
}

const Wrong kWrong[] = {
    {"NoCase", R"({"data":{}})", "/data/case", "the case is missing"},
    {"NullCase", R"({"data":{"case":null}})", "/data/case", "the case is missing"},
    {"EmptyCase", R"({"data":{"case":""}})", "/data/case", "the case is empty"},
    {"CaseIsAList", R"({"data":{"case":[]}})", "/data/case", "the case is a list"},
    {"CaseIsAFraction", R"({"data":{"case":1.5}})", "/data/case", "the case is a number"},
    {"CaseIsTrue", R"({"data":{"case":true}})", "/data/case", "the case is true or false"},
    {"CaseWithALineEnd", R"({"data":{"case":"a\nb"}})", "/data/case",
     "the case holds a control character"},
    {"NotAnObject", "[]", "/data/case", "the case is missing"},
    {"TitleIsANumber", R"({"data":{"case":"C","title":1}})", "/data/title",
     "the title is a number"},
    {"UnknownGate", R"({"data":{"case":"C","gate":"Submit"}})", "/data/gate",
     "`Submit` is not a gate"},
    {"GateIsAnObject", R"({"data":{"case":"C","gate":{}}})", "/data/gate", "the gate is an object"},
    {"ProposerIsAList", R"({"data":{"case":"C","proposer":["a"]}})", "/data/proposer",
     "the proposer is a list"},
    {"AnEditorIsANumber", R"({"data":{"case":"C","editors":["a",2]}})", "/data/editors/1",
     "an editor is a number"},
    {"FactsAreAList", R"({"data":{"case":"C","facts":[]}})", "/data/facts", "the facts are a list"},
};

INSTANTIATE_TEST_SUITE_P(Table, FieldMapRefuses, testing::ValuesIn(kWrong),
                         [](const auto& each) { return each.param.name; });

TEST(FieldMap, TellsEveryProblemAtOnce) {
  const auto submission = read(R"({"data":{"title":1,"gate":"x","editors":[1,2],"facts":3}})");
  ASSERT_FALSE(submission.has_value());
  EXPECT_EQ(submission.error().problems.size(), 6u);
}

}  // namespace
}  // namespace lockgate::adapters
