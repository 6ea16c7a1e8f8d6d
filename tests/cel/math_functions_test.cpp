#include "tests/cel/yields.hpp"

namespace lockgate::cel {
namespace {

TEST(MathFunctions, FindTheGreatestAndTheLeast) {
  constexpr Yields cases[] = {
      {"math.greatest(1)", "1"},
      {"math.greatest(1, 2)", "2"},
      {"math.greatest(3, 2, 1)", "3"},
      {"math.greatest(1, 5, 2, 4, 3)", "5"},
      {"math.greatest(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)", "11"},
      {"math.greatest(-1.5, -2.5)", "-1.5"},
      {"math.greatest(1u, 2u, 3u)", "3u"},
      {"math.least(1)", "1"},
      {"math.least(3, 1, 2)", "1"},
      {"math.least(2.5, 1.5, 3.5, 0.5)", "0.5"},
      {"math.least(1u, 2u)", "1u"},
      // Numbers of all kinds are on one line; of equals the first is taken.
      {"math.greatest(1, 1.0, 1u)", "1"},
      {"math.greatest(1u, 1, 1.0)", "1u"},
      {"math.least(1.0, 1u, 1) == 1.0 && type(math.least(1.0, 1u, 1)) == double", "true"},
      {"math.greatest(-1, 0u)", "0u"},
      {"math.greatest(9223372036854775807, 18446744073709551615u)", "18446744073709551615u"},
      {"math.least(-9223372036854775808, 0u, -1.5)", "-9223372036854775808"},
      {"math.greatest(5.4, 10, 3u, -5.0, 1e300) == 1e300", "true"},
      {"math.greatest([1, 3, 2])", "3"},
      {"math.least([1.5])", "1.5"},
      {"math.least([5.4, 10u, 3u, 1u, 3.5])", "1u"},
      {"math.greatest([1, 2].map(x, x * 2))", "4"},
      {"math.greatest(0.0 / 0.0, 1.0)", "NaN"},
      {"math.greatest(1.0, 0.0 / 0.0)", "NaN"},
      {"math.least(1.0, 2.0, 3.0, 0.0 / 0.0, 0.0)", "NaN"},
      {"math.greatest(1.0, 1.0 / 0.0)", "Infinity"},
      {"math.greatest(1, 1 / 0)", "error: division by zero"},
      {"math.greatest(1, 2, 3, 4, 1 / 0, 5)", "error: division by zero"},
      {"math.greatest([])", "error: `math.greatest` of an empty list"},
      {"math.least(dyn([]))", "error: `math.least` of an empty list"},
      {"math.greatest()", "mistake: `math.greatest` takes something between its brackets"},
      {"math.greatest('a')", "mistake: `math.greatest` does not take text"},
      {"math.greatest(1, 'a', 2)",
       "mistake: `math.greatest` does not take a whole number and text and a whole number"},
      {"math.greatest(['a'])", "mistake: `math.greatest` does not take a list of string"},
      {"math.greatest([1], [2])",
       "mistake: `math.greatest` does not take a list of int and a list of int"},
      {"math.greatest(dyn('a'))", "error: no such overload: `math.greatest` takes only numbers"},
      {"math.least(1, dyn(true))", "error: no such overload: `math.least` takes only numbers"},
      {"math.least([1, dyn('a')])", "error: no such overload: `math.least` takes only numbers"},
      {"math.least(dyn([1]), 2)", "error: no such overload: `math.least` takes only numbers"},
      {"math.greatest(1, 2) + 1", "3"},
      {"math.greatest(1, 2) + 1.0",
       "mistake: `+` does not take a whole number and a decimal number"},
      {"math.greatest(1, 2.5) + 1.0", "3.5"},
      {"greatest(1, 2)", "mistake: unknown function `greatest`"},
  };
  expect_all(cases);
}

TEST(MathFunctions, TakeAnyNumberOfNumbers) {
  std::string many = "math.least(1000";
  for (int i = 999; i > 0; --i) many += ", " + std::to_string(i);
  const auto program = compile(many + ")", {}, {.max_source = 100'000});
  ASSERT_TRUE(program.has_value());
  EXPECT_EQ(program->evaluate({}).text(), "1");
}

TEST(MathFunctions, Round) {
  constexpr Yields cases[] = {
      {"math.ceil(1.2)", "2"},
      {"math.ceil(-1.2)", "-1"},
      {"math.ceil(-0.5)", "-0"},
      {"math.floor(1.8)", "1"},
      {"math.floor(-1.2)", "-2"},
      {"math.round(1.4)", "1"},
      {"math.round(1.5)", "2"},
      {"math.round(2.5)", "3"},
      {"math.round(-1.5)", "-2"},
      {"math.round(-2.5)", "-3"},
      {"math.round(0.49999999999999994)", "0"},
      {"math.round(4503599627370497.0)", "4503599627370497"},
      {"math.round(1e300) == 1e300", "true"},
      {"math.trunc(1.9)", "1"},
      {"math.trunc(-1.9)", "-1"},
      {"math.trunc(0.0 / 0.0)", "NaN"},
      {"math.floor(1.0 / 0.0)", "Infinity"},
      {"math.ceil(1)", "mistake: `math.ceil` does not take a whole number"},
      {"math.round(dyn(1))", "error: no such overload: `math.round` does not take a whole number"},
      {"math.trunc(dyn('1'))", "error: no such overload: `math.trunc` does not take text"},
      {"math.abs(-11)", "11"},
      {"math.abs(11)", "11"},
      {"math.abs(11u)", "11u"},
      {"math.abs(-1.5)", "1.5"},
      {"math.abs(-0.0)", "0"},
      {"math.abs(0.0 / 0.0)", "NaN"},
      {"math.abs(-1.0 / 0.0)", "Infinity"},
      {"math.abs(-9223372036854775807)", "9223372036854775807"},
      {"math.abs(-9223372036854775808)", "error: the number is out of range"},
      {"math.abs('1')", "mistake: `math.abs` does not take text"},
      {"math.abs(dyn('1'))", "error: no such overload: `math.abs` does not take text"},
      {"math.sign(-42)", "-1"},
      {"math.sign(0)", "0"},
      {"math.sign(42)", "1"},
      {"math.sign(-9223372036854775808)", "-1"},
      {"math.sign(42u)", "1u"},
      {"math.sign(0u)", "0u"},
      {"math.sign(-0.3)", "-1"},
      {"math.sign(-0.0)", "0"},
      {"math.sign(0.0 / 0.0)", "NaN"},
      {"math.sign(dyn(null))", "error: no such overload: `math.sign` does not take null"},
      {"math.sqrt(81)", "9"},
      {"math.sqrt(81u)", "9"},
      {"math.sqrt(2.25)", "1.5"},
      {"math.sqrt(0)", "0"},
      {"math.sqrt(-1)", "NaN"},
      {"math.sqrt(dyn('4'))", "error: no such overload: `math.sqrt` does not take text"},
      {"math.isNaN(0.0 / 0.0)", "true"},
      {"math.isNaN(1.0 / 0.0)", "false"},
      {"math.isInf(1.0 / 0.0)", "true"},
      {"math.isInf(-1.0 / 0.0)", "true"},
      {"math.isInf(1e308)", "false"},
      {"math.isFinite(1e308)", "true"},
      {"math.isFinite(1.0 / 0.0)", "false"},
      {"math.isFinite(0.0 / 0.0)", "false"},
      {"math.isFinite(dyn(1))",
       "error: no such overload: `math.isFinite` does not take a whole number"},
  };
  expect_all(cases);
}

TEST(MathFunctions, WorkOnBits) {
  constexpr Yields cases[] = {
      {"math.bitAnd(3, 5)", "1"},
      {"math.bitAnd(-3, -5)", "-7"},
      {"math.bitAnd(3u, 2u)", "2u"},
      {"math.bitOr(1, 2)", "3"},
      {"math.bitOr(-2, -4)", "-2"},
      {"math.bitOr(1u, 2u)", "3u"},
      {"math.bitXor(1, 3)", "2"},
      {"math.bitXor(3u, 5u)", "6u"},
      {"math.bitXor(-1, -1)", "0"},
      {"math.bitNot(1)", "-2"},
      {"math.bitNot(-1)", "0"},
      {"math.bitNot(0u)", "18446744073709551615u"},
      {"math.bitShiftLeft(1, 2)", "4"},
      {"math.bitShiftLeft(-1, 2)", "-4"},
      {"math.bitShiftLeft(1, 63)", "-9223372036854775808"},
      {"math.bitShiftLeft(1u, 63)", "9223372036854775808u"},
      {"math.bitShiftLeft(1, 64)", "0"},
      {"math.bitShiftLeft(1u, 9223372036854775807)", "0u"},
      {"math.bitShiftLeft(1, 0)", "1"},
      {"math.bitShiftRight(1024, 2)", "256"},
      {"math.bitShiftRight(-1024, 3)", "2305843009213693824"},
      {"math.bitShiftRight(-1, 63)", "1"},
      {"math.bitShiftRight(-1, 64)", "0"},
      {"math.bitShiftRight(1024u, 64)", "0u"},
      {"math.bitShiftLeft(1, -1)", "error: `math.bitShiftLeft` by a negative number of bits"},
      {"math.bitShiftRight(1u, -64)", "error: `math.bitShiftRight` by a negative number of bits"},
      {"math.bitAnd(1, 1u)",
       "mistake: `math.bitAnd` does not take a whole number and an unsigned whole number"},
      {"math.bitAnd(1, dyn(1u))",
       "error: no such overload: `math.bitAnd` does not take a whole number and an unsigned whole "
       "number"},
      {"math.bitOr(dyn(1.5), 1)",
       "error: no such overload: `math.bitOr` does not take a decimal number and a whole number"},
      {"math.bitNot(dyn(''))", "error: no such overload: `math.bitNot` does not take text"},
      {"math.bitShiftLeft(1, dyn(1u))",
       "error: no such overload: `math.bitShiftLeft` does not take a whole number and an unsigned "
       "whole number"},
      {"math.bitShiftRight(dyn(b'1'), 1)",
       "error: no such overload: `math.bitShiftRight` does not take bytes and a whole number"},
  };
  expect_all(cases);
}

TEST(MathFunctions, RefuseWhatIsNotFiniteWhereThatIsAsked) {
  const Limits finite{.finite = true};
  EXPECT_EQ(text_of("math.sqrt(-1.0)", finite), "error: the number is out of range");
  EXPECT_EQ(text_of("math.sqrt(4.0)", finite), "2");
  EXPECT_EQ(text_of("math.isFinite(double('Infinity'))", finite),
            "error: the number is out of range");
}

}  // namespace
}  // namespace lockgate::cel
