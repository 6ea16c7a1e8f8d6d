#include "tests/cel/yields.hpp"

namespace lockgate::cel {
namespace {

TEST(ListFunctions, TakeListsApart) {
  constexpr Yields cases[] = {
      {"[1, 2, 3, 4].slice(1, 3)", "[2, 3]"},
      {"[1, 2, 3, 4].slice(0, 4)", "[1, 2, 3, 4]"},
      {"[1, 2, 3, 4].slice(4, 4)", "[]"},
      {"[].slice(0, 0)", "[]"},
      {"[1, 2].slice(0, 3)", "error: slice(0, 3): the list has 2"},
      {"[1, 2].slice(2, 1)", "error: slice(2, 1): the start is after the end"},
      {"[1, 2].slice(-1, 1)", "error: slice(-1, 1): an index is negative"},
      {"[1, 2].slice(0, 9223372036854775807)",
       "error: slice(0, 9223372036854775807): the list has 2"},
      {"[1, 2].slice(0)", "mistake: `slice` does not take a list of int and a whole number"},
      {"[1, 2].slice('a', 1)",
       "mistake: `slice` does not take a list of int and text and a whole number"},
      {"dyn({}).slice(0, 0)",
       "error: no such overload: `slice` does not take a map and a whole number and a whole "
       "number"},
      {"[1, [2, 3], [4]].flatten()", "[1, 2, 3, 4]"},
      {"[1, [2, [3, 4]]].flatten()", "[1, 2, [3, 4]]"},
      {"[1, [2, [3, [4]]]].flatten(2)", "[1, 2, 3, [4]]"},
      {"[1, [2, [3, [4]]]].flatten(0)", "[1, [2, [3, [4]]]]"},
      {"[1, [2, [3, [4]]]].flatten(9223372036854775807)", "[1, 2, 3, 4]"},
      {"[[], [[]], []].flatten()", "[[]]"},
      {"[].flatten()", "[]"},
      {"[1].flatten(-1)", "error: `flatten` by a negative number of levels"},
      {"[1].flatten('1')", "mistake: `flatten` does not take a list of int and text"},
      {"dyn({}).flatten()", "error: no such overload: `flatten` does not take a map"},
      {"[1, 2, 2, 3, 1].distinct()", "[1, 2, 3]"},
      {"['b', 'b', 'c', 'a', 'c'].distinct()", "['b', 'c', 'a']"},
      {"[1, 1.0, 1u, 2].distinct()", "[1, 2]"},
      {"[[1], [1.0], {'a': 1}, {'a': 1u}, null, null].distinct()", "[[1], {'a': 1}, null]"},
      {"[0.0 / 0.0, 0.0 / 0.0].distinct().size()", "2"},
      {"[].distinct()", "[]"},
      {"[1, 2, 3].reverse()", "[3, 2, 1]"},
      {"[].reverse()", "[]"},
      {"lists.range(4)", "[0, 1, 2, 3]"},
      {"lists.range(0)", "[]"},
      {"lists.range(-5)", "[]"},
      {"lists.range(1.5)", "mistake: `lists.range` does not take a decimal number"},
      {"lists.range(dyn(4u))",
       "error: no such overload: `lists.range` does not take an unsigned whole number"},
  };
  expect_all(cases);
}

TEST(ListFunctions, PutListsInOrder) {
  constexpr Yields cases[] = {
      {"[3, 1, 2].sort()", "[1, 2, 3]"},
      {"['b', 'c', 'a'].sort()", "['a', 'b', 'c']"},
      {"['\u00e9', 'z', ''].sort()", "['', 'z', '\u00e9']"},
      {"[b'b', b'a'].sort()", "[b'a', b'b']"},
      {"[true, false].sort()", "[false, true]"},
      {"[2u, 1u].sort()", "[1u, 2u]"},
      {"[0.5, -1.0 / 0.0, 0.0 / 0.0, 1.0 / 0.0, -0.5].sort()",
       "[NaN, -Infinity, -0.5, 0.5, Infinity]"},
      {"[timestamp(2), timestamp(1)].sort()", "[1970-01-01T00:00:01Z, 1970-01-01T00:00:02Z]"},
      {"[duration('2s'), duration('1s')].sort()", "[1s, 2s]"},
      {"[].sort()", "[]"},
      {"[1].sort()", "[1]"},
      {"[1, 'a'].sort()", "error: no such overload: to be sorted, all must be of one kind"},
      {"[1, 2.0].sort()", "error: no such overload: to be sorted, all must be of one kind"},
      {"[[1], [2]].sort()", "mistake: `sort` does not take a list of list(int)"},
      {"[dyn(null)].sort()", "error: no such overload: null has no place in an order"},
      {"[dyn([1])].sort()", "error: no such overload: a list has no place in an order"},
      {"[1, 2].sort(1)", "mistake: `sort` does not take a list of int and a whole number"},
      {"['bb', 'a', 'ccc'].sortBy(x, size(x))", "['a', 'bb', 'ccc']"},
      {"[-3, 1, -5, -2, 4].sortBy(e, -(e * e))", "[-5, 4, -3, -2, 1]"},
      {"[{'n': 2}, {'n': 1}].sortBy(e, e.n)", "[{'n': 1}, {'n': 2}]"},
      // Equals stay as they were.
      {"['b1', 'a1', 'b0', 'a0'].sortBy(x, x.charAt(0))", "['a1', 'a0', 'b1', 'b0']"},
      {"[].sortBy(e, e)", "[]"},
      {"lists.range(3).sortBy(e, -e)", "[2, 1, 0]"},
      {"[[2, 1], [4, 3]].sortBy(x, x.sort()[0]).map(x, x.sortBy(y, y))", "[[1, 2], [3, 4]]"},
      {"[1, 0].sortBy(e, 1 / e)", "error: division by zero"},
      {"[1, 2].sortBy(e, [e])", "mistake: the key must have an order"},
      {"[1, 2].sortBy(e, dyn([e]))", "error: no such overload: a list has no place in an order"},
      {"[1, 2].sortBy(e, e > 1 ? dyn('a') : dyn(1))",
       "error: no such overload: to be sorted, all must be of one kind"},
      {"dyn({'a': 1}).sortBy(e, e)", "error: no such overload: only a list can be sorted"},
      {"dyn(1).sortBy(e, e)", "error: no such overload: only a list or a map can be gone through"},
      {"[1].sortBy(1, 1)", "mistake: `sortBy` needs a plain name first"},
  };
  expect_all(cases);
}

TEST(ListFunctions, KeepTheTypeOfTheElements) {
  constexpr Yields cases[] = {
      {"[2, 1].sort()[0] + 1", "2"},
      {"[2, 1].sort()[0] + 'a'", "mistake: `+` does not take a whole number and text"},
      {"[1].slice(0, 1)[0] + 'a'", "mistake: `+` does not take a whole number and text"},
      {"[1].reverse()[0] + 'a'", "mistake: `+` does not take a whole number and text"},
      {"[1].distinct()[0] + 'a'", "mistake: `+` does not take a whole number and text"},
      {"[1].sortBy(x, x)[0] + 'a'", "mistake: `+` does not take a whole number and text"},
      {"[[1]].flatten()[0] + 'a'", "mistake: `+` does not take a whole number and text"},
      {"[1].flatten()[0] + 'a'", "mistake: `+` does not take a whole number and text"},
      {"lists.range(1)[0] + 'a'", "mistake: `+` does not take a whole number and text"},
      {"'a'.split('')[0] + 1", "mistake: `+` does not take text and a whole number"},
      {"'a'.reverse() + 1", "mistake: `+` does not take text and a whole number"},
      {"math.greatest([1])[0]", "mistake: only a list or a map has elements"},
      {"[[1], ['a']].flatten()[0] + 1", "2"},
  };
  expect_all(cases);
}

TEST(SetFunctions, CompareListsAsSets) {
  constexpr Yields cases[] = {
      {"sets.contains([], [])", "true"},
      {"sets.contains([], [1])", "false"},
      {"sets.contains([1], [])", "true"},
      {"sets.contains([1, 2, 3, 4], [2, 3])", "true"},
      {"sets.contains([1, 2], [2, 3])", "false"},
      {"sets.contains([1, 2.0, 3u], [1.0, 2u, 3])", "true"},
      {"sets.contains([[1], [2, 3]], [[2, 3.0]])", "true"},
      {"sets.equivalent([], [])", "true"},
      {"sets.equivalent([1], [1, 1])", "true"},
      {"sets.equivalent([1], [1u, 1.0])", "true"},
      {"sets.equivalent([1, 2, 3], [3u, 2.0, 1])", "true"},
      {"sets.equivalent([1, 2], [1])", "false"},
      {"sets.equivalent([1], [1, 2])", "false"},
      {"sets.intersects([1], [])", "false"},
      {"sets.intersects([], [1])", "false"},
      {"sets.intersects([1], [1, 2])", "true"},
      {"sets.intersects([1], [2])", "false"},
      {"sets.intersects([[1], [2, 3]], [[1, 2], [2, 3.0]])", "true"},
      {"sets.intersects(['a'], [1])",
       "mistake: `sets.intersects` does not take a list of string and a list of int"},
      {"sets.intersects(dyn(['a']), [1])", "false"},
      {"sets.contains([1], 1)",
       "mistake: `sets.contains` does not take a list of int and a whole "
       "number"},
      {"sets.contains([1], dyn({}))",
       "error: no such overload: `sets.contains` does not take a list and a map"},
      {"sets.contains([1])", "mistake: `sets.contains` does not take a list of int"},
      {"[1].contains(1)", "mistake: `contains` does not take a list of int and a whole number"},
  };
  expect_all(cases);
}

TEST(ListFunctions, AreCharged) {
  std::string doubled = "[1]";
  for (int i = 0; i < 40; ++i) doubled += ".map(x, [x, x])";
  doubled += ".flatten(99)";
  const char* const sources[] = {
      doubled.c_str(),
      "lists.range(9223372036854775807)",
      "lists.range(20000)",
      "lists.range(12000).slice(0, 12000)",
      "lists.range(12000).reverse()",
      "lists.range(300).distinct()",
      "lists.range(3000).sort()",
      "lists.range(2000).sortBy(x, -x)",
      "sets.contains(lists.range(200), lists.range(200))",
      "sets.equivalent(lists.range(150), lists.range(150))",
      "sets.intersects(lists.range(200), lists.range(200).map(x, x + 1000))",
      "math.greatest(lists.range(12000))",
      "lists.range(5000).all(x, lists.range(x).size() == x)",
  };
  expect_too_costly(sources);
}

}  // namespace
}  // namespace lockgate::cel
