// Macros of two variables, cel.bind and cel.block.

#include "cases.hpp"

namespace lockgate::cel {
namespace {

TEST(TwoVariables, GoThroughListsAndMaps) {
  const Yielding cases[] = {
      {"[5, 6].all(i, v, v == i + 5)", "true"},
      {"[5, 6].all(i, v, i == 0)", "false"},
      {"[].all(i, v, false)", "true"},
      {"[].all(i, v, 1 / i == v)", "true"},
      {"[1, 2, 3].all(i, v, 6 / (2 - v) == i)", "false"},
      {"[1, 2].all(i, v, v / i > 0)", "error: division by zero"},
      {"[5, 6].exists(i, v, i == 1 && v == 6)", "true"},
      {"[5, 6].exists(i, v, i == 1 && v == 5)", "false"},
      {"[0, 1].exists(i, v, 1 / v == 1)", "true"},
      {"[].exists(i, v, true)", "false"},
      {"[5, 6].exists_one(i, v, v > 5)", "true"},
      {"[5, 6].existsOne(i, v, v > 4)", "false"},
      {"[3, 2].existsOne(i, v, v / i > 1)", "error: division by zero"},
      {"{'a': 1, 'b': 2}.all(k, v, k < 'c' && v < 3)", "true"},
      {"{'a': 1, 'b': 2}.exists(k, v, k == 'b' && v == 2)", "true"},
      {"{'a': 1, 'b': 2}.exists(k, v, k == 'b' && v == 1)", "false"},
      {"{'a': 1, 'b': 2}.existsOne(k, v, v == 1)", "true"},
      {"{}.all(k, v, false)", "true"},
      {"dyn([5]).all(i, v, v == 5)", "true"},
      {"dyn(5).all(i, v, true)",
       "error: no such overload: only a list or a map can be gone through"},
  };
  expect_results(cases);
}

TEST(TwoVariables, BuildListsAndMaps) {
  const Yielding cases[] = {
      {"[2, 4].transformList(i, v, v * 10 + i)", "[20, 41]"},
      {"[2, 4].transformList(i, v, i > 0, v)", "[4]"},
      {"[].transformList(i, v, i / v)", "[]"},
      {"[2, 1].transformList(i, v, v / i)", "error: division by zero"},
      {"[2, 1].transformList(i, v, v / i > 0, v)", "error: division by zero"},
      {"{'a': 1, 'b': 2}.transformList(k, v, k + string(v))", "['a1', 'b2']"},
      {"[10, 20].transformMap(i, v, v + i)", "{0: 10, 1: 21}"},
      {"[10, 20].transformMap(i, v, v > 10, v)", "{1: 20}"},
      {"{'a': 1, 'b': 2}.transformMap(k, v, v * 2)", "{'a': 2, 'b': 4}"},
      {"{'a': 1, 'b': 2}.transformMap(k, v, k != 'a', v)", "{'b': 2}"},
      {"{'a': 0}.transformMap(k, v, 1 / v)", "error: division by zero"},
      {"{}.transformMap(k, v, v)", "{}"},
      {"['a', 'b'].transformMapEntry(i, v, {v: i})", "{'a': 0, 'b': 1}"},
      {"{'a': 1}.transformMapEntry(k, v, {v: k})", "{1: 'a'}"},
      {"[1, 2].transformMapEntry(i, v, v > 1, {v: i, string(v): i})", "{2: 1, '2': 1}"},
      {"[1].transformMapEntry(i, v, {})", "{}"},
      {"[1, 2].transformMapEntry(i, v, {?v: v > 1 ? optional.of(i) : optional.none()})", "{2: 1}"},
      {"['a', 'a'].transformMapEntry(i, v, {v: i})", "error: a map has the same key twice"},
      {"[1].transformMapEntry(i, v, dyn(1))",
       "error: no such overload: `transformMapEntry` needs a map"},
      {"[1].transformMapEntry(i, v, {1 / 0: v})", "error: division by zero"},
  };
  expect_results(cases);
}

TEST(TwoVariables, HideAndSeeOthers) {
  const Yielding cases[] = {
      {"[1].all(i, v, [5].all(i, v, i == 0 && v == 5) && v == 1)", "true"},
      {"[1, 2].all(i, v, [3].all(j, w, w > v && j <= i))", "true"},
      {"[[1], [2, 3]].map(row, row.transformList(i, v, v * 10 + i))", "[[10], [20, 31]]"},
      {"[[1], [2]].transformList(i, row, row.map(v, v + i))", "[[1], [3]]"},
      {"[7].transformList(i, v, [8].map(x, x + v))[0]", "[15]"},
      {"[1, 2].transformList(i, v, v).transformList(i, v, v + i)", "[1, 3]"},
      {"[3].transformList(i, v, i) + [4].transformList(i, v, v)", "[0, 4]"},
  };
  expect_results(cases);
}

TEST(Bind, NamesAValue) {
  const Yielding cases[] = {
      {"cel.bind(x, 2, x * x)", "4"},
      {"cel.bind(x, 1, cel.bind(x, x + 1, x))", "2"},
      {"cel.bind(x, 1, cel.bind(y, x + 1, x + y))", "3"},
      {"cel.bind(x, 1, x) - cel.bind(y, 2, y)", "-1"},
      {"[cel.bind(x, 1, x), cel.bind(x, 2, x), cel.bind(x, 3, x)]", "[1, 2, 3]"},
      {"cel.bind(x, cel.bind(x, 4, x), x)", "4"},
      {"cel.bind(x, 1 / 0, true)", "true"},
      {"cel.bind(x, 1 / 0, x == 1)", "error: division by zero"},
      {"cel.bind(x, 1 / 0, x == 1 || true)", "true"},
      {"cel.bind(m, {'a': {'b': 1}}, m.a.b)", "1"},
      {"cel.bind(m, {'a': 1}, has(m.a) && !has(m.b))", "true"},
      {"cel.bind(l, [4, 5], l[1])", "5"},
      {"[1, 2].map(v, cel.bind(w, v + 1, w * w))", "[4, 9]"},
      {"cel.bind(l, [1, 2], l.map(v, l.size() + v))", "[3, 4]"},
      {"cel.bind(cel, 1, cel + 1)", "2"},
      {"cel.bind(x, 1, true ? x : x + 1)", "1"},
  };
  expect_results(cases);
}

TEST(Block, NumbersItsValues) {
  const Yielding cases[] = {
      {"cel.block([], 5)", "5"},
      {"cel.block([1], cel.index(0))", "1"},
      {"cel.block([1, cel.index(0) + 1, cel.index(1) * 2], cel.index(2))", "4"},
      {"cel.block([1 / 0], true)", "true"},
      {"cel.block([1 / 0, cel.index(0)], cel.index(1))", "error: division by zero"},
      {"cel.block([1], cel.block([2], cel.index(0)))", "2"},
      {"cel.block([{'a': 1}], cel.index(0).a + cel.index(0)['a'])", "2"},
      {"[1, 2].map(cel.iterVar(0, 0), cel.iterVar(0, 0) + 1)", "[2, 3]"},
      {"[1].transformList(cel.iterVar(0, 0), cel.iterVar(0, 1), cel.iterVar(0, 1))", "[1]"},
      {"[3].map(cel.accuVar(0, 0), cel.accuVar(0, 0))", "[3]"},
      {"cel.block([[1, 2]], [3].map(cel.iterVar(0, 0), cel.iterVar(0, 0) in cel.index(0)))",
       "[false]"},
  };
  expect_results(cases);
}

TEST(Macro, TellsTheAuthorWhatIsWrong) {
  const char* all = "write x.all(key, value, condition)";
  const char* bind = "write cel.bind(name, value, expression)";
  const char* block = "write cel.block([value, ...], expression)";
  const Mistaken cases[] = {
      {"[1].all(i, i, true)", 11, "`all` needs two different names", all},
      {"[1].all(1, v, true)", 8, "`all` needs two plain names first", all},
      {"[1].all(i, v.x, true)", 11, "`all` needs two plain names first", all},
      {"[1].all(i, .v, true)", 12, "`all` needs two plain names first", all},
      {"[1].exists(i, v, 1)", 17, "the condition must be true or false", ""},
      {"[1].all(i, v, w)", 14, "unknown name `w`", ""},
      {"[1].all(i, v, v == i) && v == 1", 25, "unknown name `v`", ""},
      {"[1].all(i, v, v == 'a')", 14, "`==` does not take a whole number and text", ""},
      {"{'a': 1}.all(k, v, k == 1)", 19, "`==` does not take text and a whole number", ""},
      {"'a'.all(i, v, true)", 0, "only a list or a map can be gone through", ""},
      {"[1].all(i)", 0, "unknown function `all`", "write x.all(item, condition)"},
      {"[1].transformList(1)", 0, "unknown function `transformList`",
       "write x.transformList(key, value, result)"},
      {"[1].transformList(i, v, 1, v)", 24, "the condition must be true or false", ""},
      {"[1].transformMapEntry(i, v, 1)", 28, "the result must be a map", "write {key: value}"},
      {"[1].transformMap(i, i, 1)", 20, "`transformMap` needs two different names",
       "write x.transformMap(key, value, result)"},
      {"cel.bind(1, 2, 3)", 9, "`cel.bind` needs a plain name first", bind},
      {"cel.bind(x, 1)", 0, "`cel.bind` takes a name, its value and an expression", bind},
      {"cel.bind(x, 1, y)", 15, "unknown name `y`", ""},
      {"cel.bind(x, x, 1)", 12, "unknown name `x`", ""},
      {"cel.bind(x, 1, x) == x", 21, "unknown name `x`", ""},
      {"cel.bind(x, 'a', x + 1)", 17, "`+` does not take text and a whole number", ""},
      {"cel.block(1, 2)", 0, "`cel.block` takes a list and an expression", block},
      {"cel.block([1])", 0, "`cel.block` takes a list and an expression", block},
      {"cel.block([?optional.of(1)], 2)", 11, "a value of `cel.block` cannot be optional", block},
      {"cel.block([cel.index(0)], 1)", 11, "unknown name `cel.index(0)`", ""},
      {"cel.block([1], cel.index(1))", 15, "unknown name `cel.index(1)`", ""},
      {"cel.index(x)", 0, "`cel.index` takes a whole number", "write cel.index(0)"},
      {"cel.index(-1)", 0, "`cel.index` takes a whole number", "write cel.index(0)"},
      {"cel.iterVar(1)", 0, "`cel.iterVar` takes two whole numbers", "write cel.iterVar(0, 0)"},
      {"cel.bnid(x, 1, x)", 0, "unknown function `cel.bnid`", ""},
      {"cel.nosuch(1)", 0, "unknown function `cel.nosuch`", ""},
  };
  expect_mistakes(cases);
}

}  // namespace
}  // namespace lockgate::cel
