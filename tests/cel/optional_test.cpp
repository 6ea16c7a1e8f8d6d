// Optionals: how they are made, looked into, opened, and left out.

#include "cases.hpp"

namespace lockgate::cel {
namespace {

const CompileOptions unchecked{.check = false};

TEST(Optional, IsMade) {
  const Yielding cases[] = {
      {"optional.of(1)", "optional.of(1)"},
      {"optional.of('a')", "optional.of('a')"},
      {"optional.of(null)", "optional.of(null)"},
      {"optional.of([])", "optional.of([])"},
      {"optional.of(optional.of(1))", "optional.of(optional.of(1))"},
      {"optional.of(optional.none())", "optional.of(optional.none())"},
      {"optional.of(1 / 0)", "error: division by zero"},
      {"optional.none()", "optional.none()"},
      {".optional.of(1)", "optional.of(1)"},
      {"type(optional.of(1))", "optional_type"},
      {"type(optional.none()) == optional_type", "true"},
      {"type(optional_type)", "type"},
      {"optional.ofNonZeroValue(null)", "optional.none()"},
      {"optional.ofNonZeroValue(false)", "optional.none()"},
      {"optional.ofNonZeroValue(0)", "optional.none()"},
      {"optional.ofNonZeroValue(0u)", "optional.none()"},
      {"optional.ofNonZeroValue(0.0)", "optional.none()"},
      {"optional.ofNonZeroValue(-0.0)", "optional.none()"},
      {"optional.ofNonZeroValue('')", "optional.none()"},
      {"optional.ofNonZeroValue(b'')", "optional.none()"},
      {"optional.ofNonZeroValue([])", "optional.none()"},
      {"optional.ofNonZeroValue({})", "optional.none()"},
      {"optional.ofNonZeroValue(duration('0s'))", "optional.none()"},
      {"optional.ofNonZeroValue(timestamp(0))", "optional.none()"},
      {"optional.ofNonZeroValue(true)", "optional.of(true)"},
      {"optional.ofNonZeroValue(-1)", "optional.of(-1)"},
      {"optional.ofNonZeroValue(1u)", "optional.of(1u)"},
      {"optional.ofNonZeroValue(0.5)", "optional.of(0.5)"},
      {"optional.ofNonZeroValue(0.0 / 0.0)", "optional.of(NaN)"},
      {"optional.ofNonZeroValue(' ')", "optional.of(' ')"},
      {"optional.ofNonZeroValue([0])", "optional.of([0])"},
      {"optional.ofNonZeroValue({'a': 0})", "optional.of({'a': 0})"},
      {"optional.ofNonZeroValue(duration('1s'))", "optional.of(1s)"},
      {"optional.ofNonZeroValue(int)", "optional.of(int)"},
      {"optional.ofNonZeroValue(optional.none())", "optional.of(optional.none())"},
  };
  expect_results(cases);
}

TEST(Optional, IsOpened) {
  const Yielding cases[] = {
      {"optional.of(1).hasValue()", "true"},
      {"optional.none().hasValue()", "false"},
      {"optional.of(1).value()", "1"},
      {"optional.of(optional.of(1)).value()", "optional.of(1)"},
      {"optional.none().value()", "error: the optional has no value"},
      {"optional.none().value() == 1 || true", "true"},
      {"optional.of(1).orValue(2)", "1"},
      {"optional.none().orValue(2)", "2"},
      {"optional.of(1).orValue(1 / 0)", "1"},
      {"optional.none().orValue(1 / 0)", "error: division by zero"},
      {"optional.of(1 / 0).orValue(1)", "error: division by zero"},
      {"optional.of(1).or(optional.of(2))", "optional.of(1)"},
      {"optional.none().or(optional.of(2))", "optional.of(2)"},
      {"optional.none().or(optional.none())", "optional.none()"},
      {"optional.of(1).or(optional.of(1 / 0))", "optional.of(1)"},
      {"optional.none().or(optional.none()).or(optional.of(3)).value()", "3"},
      {"optional.none().or(optional.none()).orValue(42)", "42"},
      {"optional.of(2).optMap(x, x * 2)", "optional.of(4)"},
      {"optional.none().optMap(x, x * 2)", "optional.none()"},
      {"optional.none().optMap(x, 1 / 0)", "optional.none()"},
      {"optional.of(1).optMap(x, x / 0)", "error: division by zero"},
      {"optional.of(1).optMap(x, optional.of(x))", "optional.of(optional.of(1))"},
      {"optional.of(1).optFlatMap(x, optional.of(x + 1))", "optional.of(2)"},
      {"optional.of(1).optFlatMap(x, x > 1 ? optional.of(x) : optional.none())", "optional.none()"},
      {"optional.none().optFlatMap(x, optional.of(x))", "optional.none()"},
      {"optional.of(1).optMap(x, optional.of(2).optMap(y, x + y).value())", "optional.of(3)"},
      {"[1, 2].map(x, optional.of(x).optMap(y, x + y).value())", "[2, 4]"},
  };
  expect_results(cases);
}

TEST(Optional, IsLookedInto) {
  const Yielding cases[] = {
      {"{'a': 1}.?a", "optional.of(1)"},
      {"{'a': 1}.?b", "optional.none()"},
      {"{'a': null}.?a", "optional.of(null)"},
      {"{'a-b': 1}.?`a-b`", "optional.of(1)"},
      {"{'a': {'b': 2}}.?a.b", "optional.of(2)"},
      {"{'a': {'b': 2}}.?a.?b", "optional.of(2)"},
      {"{'a': {'b': 2}}.?a.c", "optional.none()"},
      {"{'a': {'b': 2}}.?x.b", "optional.none()"},
      {"{'a': {'b': 2}}.a.?b.orValue(3)", "2"},
      {"{'a': {'b': 2}}.?x.b.orValue(3)", "3"},
      {"{'a': [5, 6]}.?a[1]", "optional.of(6)"},
      {"{'a': [5, 6]}.?a[7]", "optional.none()"},
      {"{'a': [5, 6]}.?x[1]", "optional.none()"},
      {"[1, 2][?1]", "optional.of(2)"},
      {"[1, 2][?2]", "optional.none()"},
      {"[1, 2][?-1]", "optional.none()"},
      {"[1, 2][?dyn(1u)]", "optional.of(2)"},
      {"[1, 2][?dyn(1.0)]", "optional.of(2)"},
      {"{'a': 1}[?'a']", "optional.of(1)"},
      {"{'a': 1}[?'b']", "optional.none()"},
      {"{1: 'x'}[?dyn(1.0)]", "optional.of('x')"},
      {"{1: 'x'}[?dyn(1.5)]", "optional.none()"},
      {"optional.of([1])[0]", "optional.of(1)"},
      {"optional.of([1])[?0]", "optional.of(1)"},
      {"optional.of([1])[1]", "optional.none()"},
      {"optional.of({'a': 1}).a", "optional.of(1)"},
      {"optional.of({'a': 1})['b']", "optional.none()"},
      {"optional.none()[?'a']['b'].c", "optional.none()"},
      {"has({'a': {'b': 1}}.?a.b)", "true"},
      {"has({'a': {'b': 1}}.?a.c)", "false"},
      {"has({'a': {'b': 1}}.?x.b)", "false"},
      {"has(optional.none().a)", "false"},
      {"[1, 2].first()", "optional.of(1)"},
      {"[1, 2].last()", "optional.of(2)"},
      {"[].first()", "optional.none()"},
      {"[].last()", "optional.none()"},
      {"optional.unwrap([optional.of(1), optional.none(), optional.of(3)])", "[1, 3]"},
      {"[optional.none(), optional.of('a')].unwrapOpt()", "['a']"},
      {"{'a': 1}.b ? .5 : 1.0", "error: no such key `b`"},
  };
  expect_results(cases, unchecked);
}

TEST(Optional, MayBeLeftOutOfAListOrMap) {
  const Yielding cases[] = {
      {"[?optional.of(1), 2]", "[1, 2]"},
      {"[?optional.none(), 2]", "[2]"},
      {"[?optional.none()]", "[]"},
      {"[1, ?{'a': 2}.?a, ?{'a': 2}.?b,]", "[1, 2]"},
      {"[?optional.of(optional.none())]", "[optional.none()]"},
      {"[?optional.of(1 / 0)]", "error: division by zero"},
      {"{?'a': optional.of(1), 'b': 2}", "{'a': 1, 'b': 2}"},
      {"{?'a': optional.none(), 'b': 2}", "{'b': 2}"},
      {"{?'a': optional.none()}", "{}"},
      {"{'b': 2, ?'a': optional.of(1),}", "{'b': 2, 'a': 1}"},
      {"{'a': 1, ?'a': optional.none()}", "{'a': 1}"},
      {"{'a': 1, ?'a': optional.of(2)}", "error: a map has the same key twice"},
      {"{?string(1 / 0): optional.none()}", "error: division by zero"},
      {"{?'a': [?optional.none()].first()}", "{}"},
      {"[1, 2].map(x, [?optional.of(x)])", "[[1], [2]]"},
      {"[1, 2].map(x, {?x: x > 1 ? optional.of(x) : optional.none()})", "[{}, {2: 2}]"},
  };
  expect_results(cases);
}

TEST(Optional, IsComparedByItsContent) {
  const Yielding cases[] = {
      {"optional.of(1) == optional.of(1)", "true"},
      {"optional.of(1) == optional.of(2)", "false"},
      {"optional.of(1) != optional.of(2)", "true"},
      {"optional.none() == optional.none()", "true"},
      {"optional.none() == optional.of(null)", "false"},
      {"optional.of(1) == optional.none()", "false"},
      {"optional.of(dyn(1)) == optional.of(1.0)", "true"},
      {"dyn(optional.of(1)) == 1", "false"},
      {"optional.none() == null", "false"},
      {"optional.of([1]) == optional.of([1])", "true"},
      {"optional.of(1) in [optional.none(), optional.of(1)]", "true"},
      {"optional.of(0.0 / 0.0) == optional.of(0.0 / 0.0)", "false"},
  };
  expect_results(cases);
}

TEST(Optional, OfTheWrongKindIsAnError) {
  const Yielding cases[] = {
      {"dyn(1).hasValue()", "error: no such overload: `hasValue` does not take a whole number"},
      {"dyn(1).value()", "error: no such overload: `value` does not take a whole number"},
      {"dyn(1).orValue(2)",
       "error: no such overload: `orValue` needs an optional value, not a whole number"},
      {"dyn('a').or(optional.none())",
       "error: no such overload: `or` needs an optional value, not text"},
      {"optional.none().or(dyn(1))",
       "error: no such overload: `or` needs an optional value, not a whole number"},
      {"dyn(1).optMap(x, x)",
       "error: no such overload: `optMap` needs an optional value, not a whole number"},
      {"optional.of(1).optFlatMap(x, dyn(x))",
       "error: no such overload: `optFlatMap` needs an optional value, not a whole number"},
      {"[?dyn(1)]", "error: no such overload: `?` needs an optional value, not a whole number"},
      {"{?'a': dyn('b')}", "error: no such overload: `?` needs an optional value, not text"},
      {"dyn(1).?a", "error: no such overload: there is no `a` in a whole number"},
      {"{'a': dyn(null)}.?a.b", "error: no such overload: there is no `b` in null"},
      {"dyn(1)[?0]", "error: no such overload: only a list or a map has elements"},
      {"[1][?dyn(0.5)]", "error: the index is not a whole number in the list"},
      {"[1][?dyn('a')]", "error: no such overload: a list's index is a whole number"},
      {"dyn(1).first()", "error: no such overload: `first` does not take a whole number"},
      {"optional.unwrap([dyn(1)])",
       "error: no such overload: `optional.unwrap` does not take a list"},
      {"{optional.of(1): 2}", "error: a map's key cannot be an optional value"},
  };
  expect_results(cases);
}

TEST(Optional, TellsTheAuthorWhatIsWrong) {
  const char* open = "open the optional with `.orValue(...)`";
  const char* leave = "leave out the `?`, or write `optional.of(...)`";
  const Mistaken cases[] = {
      {"{}.?a(1)", 5, "did not expect `(` here", "only a field can be optional: write a.?b.c()"},
      {"{}.?1", 4, "did not expect `1` here", "expected a name after the dot"},
      {"[1][?]", 5, "did not expect `]` here", ""},
      {"[?]", 2, "did not expect `]` here", ""},
      {"size(?[])", 5, "did not expect `?` here", ""},
      {"has({}.?a)", 4, "has() takes no `.?`", "write has(a.b), or a.?b.hasValue()"},
      {"[?1]", 2, "what follows `?` must be an optional value", leave},
      {"[2, ?1]", 5, "what follows `?` must be an optional value", leave},
      {"{?'a': 1}", 7, "what follows `?` must be an optional value", leave},
      {"optional.of(1) + 1", 0, "`+` does not take an optional int and a whole number", open},
      {"optional.of(1) == 1", 0, "`==` does not take an optional int and a whole number", open},
      {"size(optional.of('a'))", 0, "`size` does not take an optional string", open},
      {"!optional.of(true)", 0, "`!` does not take an optional bool", open},
      {"optional.of(true) && true", 0, "each side of `&&` must be true or false", open},
      {"optional.of(1) && true", 0, "each side of `&&` must be true or false", ""},
      {"optional.of(true) ? 1 : 2", 0, "what stands before `?` must be true or false", open},
      {"optional.of(1) < optional.of(2)", 0,
       "`<` does not take an optional int and an optional int", open},
      {"optional.of([1]).all(x, true)", 0, "only a list or a map can be gone through", open},
      {"optional.of(1).orValue('a')", 0, "`orValue` does not take an optional int and text", ""},
      {"optional.of(1).or(2)", 0, "`or` does not take an optional int and a whole number", ""},
      {"optional.of(1).orvalue(2)", 0, "unknown function `orvalue`", "did you mean `orValue`?"},
      {"optional.off(1)", 0, "unknown function `optional.off`", "did you mean `optional.of`?"},
      {"orValue(1)", 0, "unknown function `orValue`", "write x.orValue(...)"},
      {"optional.of()", 0, "`optional.of` takes something between its brackets", ""},
      {"optional.none(1)", 0, "`optional.none` does not take a whole number", ""},
      {"1.value()", 0, "`value` does not take a whole number", ""},
      {"'a'.value()", 0, "`value` does not take text", ""},
      {"[1].optMap(x, x)", 0, "only an optional value has a content", ""},
      {"optional.of(1).optFlatMap(x, x)", 29, "the result must be an optional value",
       "write `optMap`, or `optional.of(...)`"},
      {"optional.of(1).optMap(1, 2)", 22, "`optMap` needs a plain name first",
       "write x.optMap(content, result)"},
      {"optional.of(1).optMap(x)", 0, "unknown function `optMap`",
       "write x.optMap(content, result)"},
      {"optional.of(1).x", 0, "there is no `x` in a whole number", ""},
      {"[1][?'a']", 5, "the index must be a whole number", ""},
      {"{'a': 1}[?1]", 10, "the index must be text", ""},
      {"optional", 0, "unknown name `optional`", ""},
  };
  expect_mistakes(cases);
}

TEST(Optional, OfADeclaredNameHoldsIt) {
  Declarations facts;
  facts.declare("data.dpia", Kind::boolean);
  facts.declare("site", Type::map(Kind::string, Kind::integer));
  const auto program = compile("data.?dpia.orValue(false)", facts);
  ASSERT_TRUE(program.has_value()) << program.error().front().message;
  EXPECT_EQ(program->type(), Type(Kind::boolean));
  EXPECT_TRUE(program->evaluate(std::vector{Value::boolean(true)}).is_true());
  const Value waiting = program->evaluate({});
  ASSERT_TRUE(waiting.is_unknown());
  EXPECT_EQ(waiting.waits_for()[0], 0u);

  const auto inside = compile("site.?rooms.orValue(3) == 3 && !has(site.rooms)", facts);
  ASSERT_TRUE(inside.has_value()) << inside.error().front().message;
  EXPECT_TRUE(inside->evaluate(std::vector{Value::null(), Value::map({})}).is_true());

  const Mistaken cases[] = {
      {"data.?dpai", 0, "unknown name `data.dpai`", "did you mean `data.dpia`?"},
      {"data.?dpia.orValue(1)", 0, "`orValue` does not take an optional bool and a whole number",
       ""},
      {"site.rooms.?doors", 0, "there is no `doors` in a whole number", ""},
  };
  expect_mistakes(cases, facts);
}

TEST(Optional, WaitsOnlyForWhatMatters) {
  Declarations facts;
  facts.declare("a", Kind::integer);
  facts.declare("b", Kind::integer);
  struct Waiting {
    const char* source;
    std::vector<std::size_t> slots;
  };
  const Waiting cases[] = {
      {"optional.of(a)", {0}},
      {"optional.of(a).orValue(b)", {0}},
      {"optional.of(1).orValue(b)", {}},
      {"optional.none().orValue(b)", {1}},
      {"optional.none().or(optional.of(b))", {1}},
      {"optional.of(a).optMap(x, x + b)", {0}},
      {"optional.of(1).optMap(x, x + b)", {1}},
      {"optional.none().optMap(x, x + b)", {}},
      {"[?optional.of(a), b]", {0, 1}},
      {"{?a: optional.none()}", {0}},
      {"[1][?a]", {0}},
      {"[b][?a]", {0, 1}},
      {"{'k': a}.?k", {0}},
  };
  for (const Waiting& c : cases) {
    SCOPED_TRACE(c.source);
    const auto program = compile(c.source, facts);
    ASSERT_TRUE(program.has_value()) << program.error().front().message;
    const Value result = program->evaluate({});
    ASSERT_EQ(result.is_unknown(), !c.slots.empty()) << result.text();
    if (!c.slots.empty()) {
      EXPECT_TRUE(std::equal(result.waits_for().begin(), result.waits_for().end(), c.slots.begin(),
                             c.slots.end()));
    }
  }
}

}  // namespace
}  // namespace lockgate::cel
