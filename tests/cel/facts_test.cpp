// Expressions over declared names: mistakes their authors are told of, and
// what they yield while facts are missing.

#include <gtest/gtest.h>

#include <algorithm>

#include <string>
#include <vector>

#include "rules/cel/program.hpp"
#include "rules/cel/spelling.hpp"

namespace lockgate::cel {
namespace {

Declarations facts() {
  Declarations declarations;
  declarations.declare("data.dpia", Kind::boolean);
  declarations.declare("people.count", Kind::integer);
  declarations.declare("cost", Kind::real);
  declarations.declare("tags", Type::list(Kind::string));
  declarations.declare("name", Kind::string);
  return declarations;
}

struct Mistake {
  const char* source;
  std::size_t offset;
  const char* message;
  const char* help;
};

TEST(Compile, TellsTheAuthorWhatIsWrongAndWhere) {
  const Mistake cases[] = {
      {"data.dpai", 0, "unknown name `data.dpai`", "did you mean `data.dpia`?"},
      {"true && dpia", 8, "unknown name `dpia`", "did you mean `data.dpia`?"},
      {"wholly_other", 0, "unknown name `wholly_other`", ""},
      {"name + 1", 0, "`+` does not take text and a whole number", ""},
      {"cost * 2", 0, "`*` does not take a decimal number and a whole number",
       "write the whole number with `.0`, or double(x)"},
      {"name == 1", 0, "`==` does not take text and a whole number", ""},
      {"1 in tags", 0, "`in` does not take a whole number and a list of string", ""},
      {"nosuch(1)", 0, "unknown function `nosuch`", ""},
      {"contains(name, 'a')", 0, "unknown function `contains`", "write x.contains(...)"},
      {"name && true", 0, "each side of `&&` must be true or false", ""},
      {"cost ? 1 : 2", 0, "what stands before `?` must be true or false", ""},
      {"name.matches('(')", 13, "not a valid pattern",
       "patterns have RE2's syntax: no backreferences, no lookaround"},
      {"cost.pence", 0, "there is no `pence` in a decimal number", ""},
      {"cost = 1.0", 5, "`=` has no meaning here", "write `==` to compare"},
      {"data.dpia & true", 10, "`&` has no meaning here", "write `&&` for and"},
      {"1 +", 3, "the expression ends too early", ""},
      {"", 0, "the expression ends too early", ""},
      {"(1", 2, "the expression ends too early", "expected `)`"},
      {"1 2", 2, "did not expect `2` here", ""},
      {"'open", 0, "a quotation is never closed", ""},
      {"'\\q'", 1, "`\\q` begins no valid escape",
       "write `\\\\` for a backslash, or put `r` before the quotation"},
      {"9223372036854775808", 0, "the number is too large", ""},
      {"while", 0, "`while` is a reserved word", "choose another name"},
      {"has(name)", 4, "has() takes a name with a dot", "write has(a.b), or `'b' in a`"},
      {"tags.all(1, true)", 9, "`all` needs a plain name first", "write x.all(item, condition)"},
      {"tags[name]", 5, "the index must be a whole number", ""},
      {"cost.all(x, true)", 0, "only a list or a map can be gone through", ""},
  };
  for (const Mistake& c : cases) {
    SCOPED_TRACE(c.source);
    const auto program = compile(c.source, facts());
    ASSERT_FALSE(program.has_value());
    const Diagnostic& first = program.error().front();
    EXPECT_EQ(first.message, c.message);
    EXPECT_EQ(first.offset, c.offset);
    EXPECT_EQ(first.help, c.help);
  }
}

struct Waiting {
  const char* source;
  std::vector<std::size_t> slots;  // empty: it yields `result` all the same
  const char* result;
};

TEST(Evaluate, WaitsOnlyForFactsThatMatter) {
  const Waiting cases[] = {
      {"data.dpia", {0}, ""},
      {"data.dpia && false", {}, "false"},
      {"data.dpia || true", {}, "true"},
      {"data.dpia || false", {0}, ""},
      {"data.dpia && people.count > 1", {0, 1}, ""},
      {"people.count + 1 > 2", {1}, ""},
      {"people.count > 1 || 1 / 0 == 1", {1}, ""},
      {"1 / 0 == 1 || people.count > 1", {1}, ""},
      {"data.dpia ? people.count : 1", {0}, ""},
      {"tags.exists(t, t == 'a')", {3}, ""},
      {"[1, 2].exists(x, x == people.count)", {1}, ""},
      {"[1, people.count]", {1}, ""},
      {"name.startsWith(name)", {4}, ""},
      {"has(data.dpia)", {0}, ""},
      {"cost > 5.0", {}, "true"},
  };
  const std::vector<Value> values = {Value::unknown(0), Value::unknown(1), Value::real(7),
                                     Value::unknown(3), Value::unknown(4)};
  for (const Waiting& c : cases) {
    SCOPED_TRACE(c.source);
    const auto program = compile(c.source, facts());
    ASSERT_TRUE(program.has_value()) << program.error().front().message;
    const Value result = program->evaluate(values);
    if (c.slots.empty()) {
      EXPECT_EQ(result.text(), c.result);
    } else {
      ASSERT_TRUE(result.is_unknown()) << result.text();
      EXPECT_TRUE(std::ranges::equal(result.waits_for(), c.slots)) << result.text();
    }
  }
}

TEST(Evaluate, TreatsSlotsBeyondTheGivenOnesAsUnknown) {
  const auto program = compile("name == 'a'", facts());
  ASSERT_TRUE(program.has_value());
  const Value result = program->evaluate({});
  ASSERT_EQ(result.waits_for().size(), 1u);
  EXPECT_EQ(result.waits_for()[0], 4u);
}

TEST(Program, TellsItsTypeAndTheSlotsItReads) {
  const auto program = compile("cost > 1.0 && data.dpia && cost < 9.0", facts());
  ASSERT_TRUE(program.has_value());
  EXPECT_EQ(program->type(), Type(Kind::boolean));
  EXPECT_EQ(std::vector(program->slots().begin(), program->slots().end()),
            (std::vector<std::size_t>{2, 0}));
}

TEST(Evaluate, TakesWhatItUsedFromTheStepsThatAreLeft) {
  const auto program = compile("people.count + 1 > 2", facts());
  ASSERT_TRUE(program.has_value());
  const std::vector<Value> values = {Value::boolean(true), Value::integer(3)};
  std::uint64_t left = 10;
  EXPECT_TRUE(program->evaluate(values, {}, left).is_true());
  EXPECT_EQ(left, 5u);  // two operators, two constants, one fact
  EXPECT_TRUE(program->evaluate(values, {}, left).is_error()) << "the last step is never taken";
  EXPECT_EQ(left, 0u);
  EXPECT_TRUE(program->evaluate(values, {}, left).is_error());
  EXPECT_EQ(left, 0u);
}

TEST(Evaluate, RefusesWhatIsNotFiniteWhereItIsAskedTo) {
  for (const char* source : {"1.0 / 0.0 > cost", "cost / cost == 1.0", "1e308 * 10.0 > cost",
                             "double('NaN') > cost", "-(1.0 / cost) < 0.0"}) {
    SCOPED_TRACE(source);
    const auto program = compile(source, facts());
    ASSERT_TRUE(program.has_value());
    const std::vector<Value> values = {Value::boolean(true), Value::integer(3), Value::real(0)};
    EXPECT_TRUE(program->evaluate(values).is(Kind::boolean));
    EXPECT_TRUE(program->evaluate(values, {.finite = true}).is_error());
  }
}

TEST(Compile, TellsFormNamesAndTypesApart) {
  const auto fault = [](const char* source) {
    return compile(source, facts()).error().front().fault;
  };
  EXPECT_EQ(fault("data.dpia &&"), Fault::form);
  EXPECT_EQ(fault("nosuch(1)"), Fault::form);
  EXPECT_EQ(fault("name.matches('(')"), Fault::form);
  EXPECT_EQ(fault("data.dpai"), Fault::name);
  EXPECT_EQ(fault("has(data.dpai)"), Fault::name);
  EXPECT_EQ(fault("name + 1"), Fault::type);
}

struct Spelling {
  const char* word;
  const char* nearest;
};

TEST(Spelling, FindsTheNearestKnownWord) {
  const std::vector<std::string> known = {"say", "to", "when", "people.participants", "submit"};
  for (const auto& [word, expected] : {
           Spelling{"sya", "say"},
           Spelling{"sai", "say"},
           Spelling{"saying", ""},
           Spelling{"sumbit", "submit"},
           Spelling{"submitt", "submit"},
           Spelling{"ubmit", "submit"},
           Spelling{"submxxit", "submit"},
           Spelling{"submxxxit", ""},
           Spelling{"wehn", "when"},
           Spelling{"people.partcipant", "people.participants"},
           Spelling{"x", ""},
           Spelling{"t", "to"},
           Spelling{"", ""},
       }) {
    EXPECT_EQ(nearest(word, known), expected) << word;
  }
  EXPECT_EQ(nearest(std::string(100'000, 'a'), known), "");
  const std::vector<std::string> longest = {std::string(100, 'a'), std::string(102, 'b')};
  EXPECT_EQ(nearest(std::string(99, 'a'), longest), longest[0]);
  EXPECT_EQ(nearest(std::string(100, 'b'), longest), longest[1]);
}

TEST(Names, AreFoundInTheContainerFirstAndByTheLongestPrefix) {
  Declarations declarations;
  declarations.declare("a.b", Type::map(Kind::string, Kind::integer));
  declarations.declare("a.b.c", Kind::integer);
  declarations.declare("b.c", Kind::integer);
  const std::vector<Value> values = {Value::map({{Value::string("d"), Value::integer(1)}}),
                                     Value::integer(2), Value::integer(3)};
  const auto value_of = [&](const char* source) {
    const auto program = compile(source, declarations, {.container = "a"});
    return program ? program->evaluate(values).text() : program.error().front().message;
  };
  EXPECT_EQ(value_of("a.b.c"), "2");
  EXPECT_EQ(value_of("a.b.d"), "1");
  EXPECT_EQ(value_of("b.c"), "2");
  EXPECT_EQ(value_of(".b.c"), "3");
}

}  // namespace
}  // namespace lockgate::cel
