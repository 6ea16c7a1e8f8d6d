// The public interface: what it adds to the parts that it is made of.

#include <gmock/gmock.h>

#include <stdexcept>

#include "lockgate/rules.hpp"
#include "tests/rules/small_council.hpp"

namespace lockgate::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

LoadedEngine engine_of(const std::string& rules) {
  return load_engine({{"rules/core.toml", kCore}, {"rules/own.toml", rules}});
}

Engine small_engine() {
  return engine_of(rule("fp-01", "people.participants >= 30", R"(submit = "refer")"))
      .engine.value();
}

TEST(Engine, JudgesAndExplains) {
  const Engine engine = small_engine();
  EXPECT_THAT(engine.rules(), ElementsAre("fp-01"));
  const auto facts = engine.read_json(R"({"people": {"participants": 40}})");
  ASSERT_TRUE(facts);
  EXPECT_THAT(facts->given(), SizeIs(1));
  const Check check = engine.evaluate(*facts, Gate::submit, kNoon);
  EXPECT_EQ(check.verdict, Verdict::refer);
  EXPECT_EQ(check.rule_set, engine.hash());
  const auto why = engine.explain(*facts, Gate::submit, kNoon, "fp-01");
  ASSERT_TRUE(why);
  EXPECT_EQ(why->answer, Answer::applies);
  EXPECT_THAT(why->parts, SizeIs(1));
}

TEST(Engine, SaysWhichRuleThereIsNot) {
  const Engine engine = small_engine();
  const auto facts = engine.read_json("{}");
  ASSERT_TRUE(facts);
  const auto why = engine.explain(*facts, Gate::submit, kNoon, "fp-10");
  ASSERT_FALSE(why);
  EXPECT_EQ(why.error().code, Errc::not_found);
  EXPECT_THAT(why.error().message, HasSubstr("did you mean `fp-01`"));
}

TEST(Engine, TellsEveryMistakeOfTheFiles) {
  const LoadedEngine loaded = engine_of(rule("fp-01", "people.participnts", R"(submit = "refer")"));
  EXPECT_FALSE(loaded.engine);
  ASSERT_FALSE(loaded.diagnostics.empty());
  EXPECT_EQ(loaded.diagnostics[0].file, "rules/own.toml");
  EXPECT_FALSE(loaded.diagnostics[0].is_warning);
  EXPECT_THAT(loaded.text, HasSubstr("did you mean `people.participants`"));
}

TEST(Engine, TellsWhichFolderIsNotThere) {
  const LoadedEngine loaded = load_engine_folders({"no/such/folder", "packs"});
  EXPECT_FALSE(loaded.engine);
  EXPECT_THAT(loaded.diagnostics, SizeIs(2));
}

TEST(Engine, RefusesFactsThatAnotherHasRead) {
  const Engine engine = small_engine();
  const auto facts = small_engine().read_json("{}");
  ASSERT_TRUE(facts);
  EXPECT_THROW(engine.evaluate(*facts, Gate::submit, kNoon), std::invalid_argument);
  const Engine copy = engine;
  const auto own = engine.read_json("{}");
  ASSERT_TRUE(own);
  EXPECT_EQ(copy.evaluate(*own, Gate::submit, kNoon).verdict, Verdict::ask_for_info);
}

TEST(Engine, OutlivesNothingThatItsFactsNeed) {
  std::optional<Engine> engine = small_engine();
  const auto facts = JsonReader(*engine).read(R"({"people.participants": 7})");
  engine.reset();
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->given()[0].path, "people.participants");
}

TEST(Engine, ReadsGivenFactsAsItReadsJson) {
  const Engine engine = small_engine();
  const GivenFact given{.path = "people.participants", .pointer = "/n", .value = "many"};
  const auto facts = engine.read({&given, 1});
  ASSERT_FALSE(facts);
  EXPECT_EQ(facts.error().code, Errc::invalid);
  EXPECT_EQ(facts.error().problems[0].pointer, "/n");
}

// --- One expression. ---

const std::vector<Variable> kVariables = {
    {"age", "int"}, {"name", "string"}, {"born", "date"}, {"tags", "list(string)"}};

CelAnswer answer(std::string_view source, const std::vector<FactValue>& values) {
  const auto expression = CelExpression::compile(source, kVariables);
  if (!expression) return {.trouble = "did not compile: " + expression.error()[0].message};
  return expression->evaluate(values);
}

TEST(CelExpression, IsEvaluatedWithValues) {
  EXPECT_TRUE(answer("age >= 18 && name.startsWith('A')", {std::int64_t{20}, "Ada"}).is_true());
  EXPECT_FALSE(answer("age >= 18", {std::int64_t{7}}).is_true());
  EXPECT_EQ(answer("age + 1", {std::int64_t{7}}).value, FactValue(std::int64_t{8}));
  EXPECT_TRUE(answer("born < timestamp('2000-01-01T00:00:00Z')", {{}, {}, "1999-12-31"}).is_true());
  EXPECT_TRUE(answer("'b' in tags", {{}, {}, {}, FactList{"a", "b"}}).is_true());
}

TEST(CelExpression, NamesWhatItWaitsFor) {
  const CelAnswer waits = answer("age > 3 || name == 'x'", {std::monostate(), "y"});
  EXPECT_THAT(waits.waits_for, ElementsAre("age"));
  EXPECT_FALSE(waits.is_true());
  EXPECT_THAT(answer("age > 3 || name == 'x'", {}).waits_for, ElementsAre("age", "name"));
  EXPECT_THAT(answer("age > 3 || name == 'x'", {std::int64_t{4}}).waits_for, IsEmpty());
}

TEST(CelExpression, SaysWhyItHasNoAnswer) {
  EXPECT_THAT(answer("age / 0 > 1", {std::int64_t{1}}).trouble, HasSubstr("zero"));
  const CelAnswer misfit = answer("age > 3", {"a secret"});
  EXPECT_EQ(misfit.trouble, "`age` is not of the type `int`");
}

TEST(CelExpression, TellsWhatIsWrongAndWhere) {
  const auto misspelt = CelExpression::compile("age > 3 &&\n  nmae == 'x'", kVariables);
  ASSERT_FALSE(misspelt);
  EXPECT_EQ(misspelt.error()[0].line, 2u);
  EXPECT_EQ(misspelt.error()[0].column, 3u);
  EXPECT_THAT(misspelt.error()[0].help, HasSubstr("`name`"));
  const auto untyped = CelExpression::compile("a", {{"a", "itn"}, {"b", "int"}, {"b", "int"}});
  ASSERT_FALSE(untyped);
  ASSERT_THAT(untyped.error(), SizeIs(2));
  EXPECT_THAT(untyped.error()[0].help, HasSubstr("`int`"));
}

}  // namespace
}  // namespace lockgate::rules
