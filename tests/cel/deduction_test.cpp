// The type that is deduced for an expression, and what a name means where it stands.

#include "cases.hpp"

namespace lockgate::cel {
namespace {

struct Deduced {
  const char* source;
  const char* type;
};

TEST(Deduction, GivesTheNarrowestType) {
  const Deduced cases[] = {
      {"null", "null_type"},
      {"1", "int"},
      {"1u", "uint"},
      {"b'a'", "bytes"},
      {"timestamp(0)", "google.protobuf.Timestamp"},
      {"type(1)", "type"},
      {"1 == 1", "bool"},
      {"dyn(1)", "dyn"},
      {"dyn(1) + 1", "int"},
      {"dyn(1) + dyn(2)", "dyn"},
      {"[]", "list(dyn)"},
      {"[1]", "list(int)"},
      {"[1, 2]", "list(int)"},
      {"[1, 'a']", "list(dyn)"},
      {"[[], [1]]", "list(list(int))"},
      {"[[1], []]", "list(list(int))"},
      {"[[], [[]]]", "list(list(list(dyn)))"},
      {"{}", "map(dyn, dyn)"},
      {"{'a': 1}", "map(string, int)"},
      {"{'a': 1, 2: 3}", "map(dyn, int)"},
      {"{'a': []}", "map(string, list(dyn))"},
      {"[{}, {'a': 1}]", "list(map(string, int))"},
      {"[1] + []", "list(int)"},
      {"[] + ['a']", "list(string)"},
      {"true ? [] : [1]", "list(int)"},
      {"true ? 1 : 2", "int"},
      {"true ? 1 : 'a'", "dyn"},
      {"{'a': [1]}.a[0]", "int"},
      {"[].map(x, x)", "list(dyn)"},
      {"[].map(x, x)[0].a", "dyn"},
      {"[1].map(x, [x])", "list(list(int))"},
      {"[1].filter(x, x > 0)", "list(int)"},
      {"{'a': 1}.filter(k, true)", "list(string)"},
      {"[1].transformList(i, v, string(v))", "list(string)"},
      {"{'a': 1u}.transformList(k, v, v)", "list(uint)"},
      {"['a'].transformMap(i, v, v)", "map(int, string)"},
      {"{'a': 1}.transformMap(k, v, v > 0)", "map(string, bool)"},
      {"['a'].transformMapEntry(i, v, {v: i})", "map(string, int)"},
      {"['a'].transformMapEntry(i, v, dyn(v))", "map(dyn, dyn)"},
      {"[1].exists(i, v, true)", "bool"},
      {"cel.bind(x, 1u, [x])", "list(uint)"},
      {"cel.bind(x, [], x + [1])", "list(int)"},
      {"cel.block([1, [cel.index(0)]], cel.index(1))", "list(int)"},
      {"optional.none()", "optional_type(dyn)"},
      {"optional.of(1)", "optional_type(int)"},
      {"optional.of([])", "optional_type(list(dyn))"},
      {"[optional.none(), optional.of(1)]", "list(optional_type(int))"},
      {"[optional.of(1), null]", "list(optional_type(int))"},
      {"[null, optional.of(1)]", "list(optional_type(int))"},
      {"[optional.of(1), optional.of('a')]", "list(optional_type(dyn))"},
      {"true ? optional.none() : optional.of(1)", "optional_type(int)"},
      {"optional.of(1).value()", "int"},
      {"optional.none().value()", "dyn"},
      {"optional.none().orValue(1)", "int"},
      {"optional.of(1).orValue(dyn(1))", "dyn"},
      {"optional.of([]).orValue([1])", "list(int)"},
      {"optional.of(1).or(optional.none())", "optional_type(int)"},
      {"optional.none().or(optional.of(1))", "optional_type(int)"},
      {"{'a': 1}.?a", "optional_type(int)"},
      {"{'a': [1]}.?a[0]", "optional_type(int)"},
      {"dyn({}).?a", "optional_type(dyn)"},
      {"[1][?0]", "optional_type(int)"},
      {"optional.of({'a': 1}).a", "optional_type(int)"},
      {"has(optional.of({'a': 1}).a)", "bool"},
      {"[?optional.of(1)]", "list(int)"},
      {"[?optional.of(1), 2]", "list(int)"},
      {"[?optional.none(), 'a']", "list(string)"},
      {"{?'a': optional.of(1u)}", "map(string, uint)"},
      {"optional.of(1).optMap(x, string(x))", "optional_type(string)"},
      {"optional.of(1).optFlatMap(x, [x][?0])", "optional_type(int)"},
      {"[1].first()", "optional_type(int)"},
      {"[].last()", "optional_type(dyn)"},
      {"optional.unwrap([optional.of('a')])", "list(string)"},
      {"[optional.of(1)].unwrapOpt()", "list(int)"},
  };
  for (const Deduced& c : cases) {
    SCOPED_TRACE(c.source);
    const auto program = compile(c.source, {});
    if (!program) {
      ADD_FAILURE() << program.error().front().message;
      continue;
    }
    EXPECT_EQ(program->type().text(), c.type);
  }
}

TEST(Deduction, LimitsWhatFitsTogether) {
  const Mistaken cases[] = {
      {"[1] == ['a']", 0, "`==` does not take a list of int and a list of string", ""},
      {"optional.of(1) == optional.of('a')", 0,
       "`==` does not take an optional int and an optional string",
       "open the optional with `.orValue(...)`"},
      {"'a' in [1]", 0, "`in` does not take text and a list of int", ""},
      {"optional.of(1).or(optional.of('a'))", 0,
       "`or` does not take an optional int and an optional string", ""},
      {"[[1]][0] == [['a']][0]", 0, "`==` does not take a list of int and a list of string", ""},
  };
  expect_mistakes(cases);
}

TEST(HostFunction, IsCheckedByItsDeclaration) {
  const Type t = Type::parameter("T"), u = Type::parameter("U");
  Declarations host;
  host.declare({.name = "pair", .parameters = {t, u}, .result = Type::abstract("pair", {t, u})});
  host.declare({.name = "same", .parameters = {t, t}, .result = t});
  host.declare(
      {.name = "geo.distance", .parameters = {Kind::string, Kind::string}, .result = Kind::real});
  host.declare(
      {.name = "ward", .parameters = {Kind::string}, .result = Kind::string, .member = true});
  const Deduced cases[] = {
      {"pair(1, 'a')", "pair(int, string)"},
      {"[pair(1, 'a'), pair(dyn(1), 'b')]", "list(pair(dyn, string))"},
      {"same(1, 2)", "int"},
      {"same([], [1])", "list(int)"},
      {"same(1, dyn(2))", "dyn"},
      {"geo.distance('a', 'b')", "double"},
      {"'LS1'.ward()", "string"},
      {"pair(1, 2) == pair(1, dyn(2))", "bool"},
  };
  for (const Deduced& c : cases) {
    SCOPED_TRACE(c.source);
    const auto program = compile(c.source, host);
    ASSERT_TRUE(program.has_value()) << program.error().front().message;
    EXPECT_EQ(program->type().text(), c.type);
    EXPECT_TRUE(program->evaluate({}).is_error());
  }
  const Mistaken mistakes[] = {
      {"same(1, 'a')", 0, "`same` does not take a whole number and text", ""},
      {"geo.distance(1, 'b')", 0, "`geo.distance` does not take a whole number and text", ""},
      {"geo.distanse('a', 'b')", 0, "unknown function `geo.distanse`",
       "did you mean `geo.distance`?"},
      {"ward('a')", 0, "unknown function `ward`", ""},
      {"pair(1, 'a') == pair('a', 'a')", 0,
       "`==` does not take a pair(int, string) and a pair(string, string)", ""},
      {"pair(1, 'a') && true", 0, "each side of `&&` must be true or false", ""},
  };
  expect_mistakes(mistakes, host);
}

TEST(Name, IsLookedForInTheContainerFirst) {
  Declarations names;
  const char* declared[] = {"x", "a.x", "a.b.x", "a.b.y.z", "y.z", "b.only"};
  std::vector<Value> values;
  for (const char* name : declared) {
    names.declare(name, Kind::string);
    values.push_back(Value::string(name));
  }
  names.declare({.name = "a.f", .parameters = {Kind::integer}, .result = Kind::integer});
  struct Case {
    const char* container;
    const char* source;
    const char* result;
  };
  const Case cases[] = {
      {"", "x", "'x'"},
      {"a", "x", "'a.x'"},
      {"a.b", "x", "'a.b.x'"},
      {"a.b.c", "x", "'a.b.x'"},
      {"a.b", ".x", "'x'"},
      {"a.b", ".a.x", "'a.x'"},
      {"a", "b.x", "'a.b.x'"},
      {"a", "b.only", "'b.only'"},
      {"a.b", "y.z", "'a.b.y.z'"},
      {"a.b", ".y.z", "'y.z'"},
      {"a.b", "['v'].map(x, x)", "['v']"},
      {"a.b", "['v'].map(x, .x)", "['x']"},
      {"a.b", "[{'z': 'v'}].map(y, y.z)", "['v']"},
      {"a.b", "cel.bind(x, 'v', x)", "'v'"},
      {"a.b", "cel.bind(x, 'v', .a.x + x)", "'a.xv'"},
      {"a.b", "optional.of(x)", "optional.of('a.b.x')"},
      {"a.b", "[1].transformMap(i, x, x)", "{0: 1}"},
      {"a.b", "type(f(1)) == int || true", "true"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(std::string(c.container) + ": " + c.source);
    const auto program = compile(c.source, names, {.container = c.container});
    if (!program) {
      ADD_FAILURE() << program.error().front().message;
      continue;
    }
    EXPECT_EQ(program->evaluate(values).text(), c.result);
  }
}

TEST(Deduction, OfARecordAndAMapIsAMap) {
  const auto field = [](const char* name, Kind kind) {
    return std::make_shared<const Record>(std::vector<Record::Field>{{name, kind}});
  };
  const Type of_text = Type::record(field("a", Kind::string));
  const Type of_number = Type::record(field("a", Kind::integer));
  EXPECT_EQ(join(of_text, of_text).record(), of_text.record());
  EXPECT_EQ(join(of_text, of_number), Type::map(Kind::string, {}));
  EXPECT_EQ(join(of_text, Type::map(Kind::string, Kind::integer)), Type::map(Kind::string, {}));
  EXPECT_EQ(join(Type::map(Kind::integer, Kind::integer), of_text), Type::map({}, {}));
  EXPECT_EQ(join(Type::list(of_text), Type::list(of_number)).element().record(), nullptr);

  Declarations declarations;
  declarations.declare("r", of_text);
  const std::vector values = {Value::map(of_text.record()->shape(), {Value::string("x")})};
  const Yielding cases[] = {
      {"[r, {'a': 1}][1].a == 1", "true"}, {"(r.a == 'x' ? r : {'a': 1}).a == 'x'", "true"},
      {"[{'b': 2}, r][0].b == 2", "true"}, {"([r] + [{'a': 1}])[1].a + 1", "2"},
      {"r == {'a': 'x'}", "true"},         {"{'a': 'x'} in [r]", "true"},
  };
  for (const Yielding& c : cases) {
    SCOPED_TRACE(c.source);
    const auto program = compile(c.source, declarations);
    ASSERT_TRUE(program.has_value()) << program.error().front().message;
    EXPECT_EQ(program->evaluate(values).text(), c.result);
  }
}

}  // namespace
}  // namespace lockgate::cel
