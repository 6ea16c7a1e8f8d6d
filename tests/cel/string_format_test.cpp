#include "tests/cel/yields.hpp"

namespace lockgate::cel {
namespace {

TEST(StringFormat, WritesEveryClause) {
  constexpr Yields cases[] = {
      {"'plain'.format([])", "'plain'"},
      {"''.format([])", "''"},
      {"'100%%'.format([])", "'100%'"},
      {"'%%%%'.format([])", "'%%'"},
      {"'%s and %s'.format(['a', 'b'])", "'a and b'"},
      {"'%s'.format([1])", "'1'"},
      {"'%s'.format([-1])", "'-1'"},
      {"'%s'.format([18446744073709551615u])", "'18446744073709551615'"},
      {"'%s'.format([1.0])", "'1'"},
      {"'%s'.format([-0.0])", "'-0'"},
      {"'%s'.format([0.000000002])", "'0.000000002'"},
      {"'%s'.format([1e21])", "'1000000000000000000000'"},
      {"'%s'.format([1e308]).size()", "309"},
      {"'%s'.format([5e-324]).size()", "326"},
      {"'%s'.format([true])", "'true'"},
      {"'%s'.format([null])", "'null'"},
      {"'%s'.format([int])", "'int'"},
      {"'%s'.format([type(timestamp(0))])", "'google.protobuf.Timestamp'"},
      {"'%s'.format([b'ab'])", "'ab'"},
      {"'%s'.format([b'a\\xff\\xfeb\\xff'])", "'a\uFFFDb\uFFFD'"},
      {"'%s'.format([timestamp('2026-01-31T10:00:00+01:00')])", "'2026-01-31T09:00:00Z'"},
      {"'%s'.format([duration('1h')])", "'3600s'"},
      {"'%s'.format([duration('2ns')])", "'0.000000002s'"},
      {"'%s'.format([duration('-1.5s')])", "'-1.5s'"},
      {"'%s'.format([ip('2001:DB8::1')])", "'2001:db8::1'"},
      {"'%s'.format([cidr('10.0.0.0/8')])", "'10.0.0.0/8'"},
      {"'%s'.format([[]])", "'[]'"},
      {"'%s'.format([['a', 1, [2.5, null]]])", "'[a, 1, [2.5, null]]'"},
      {"'%s'.format([{}])", "'{}'"},
      {"'%s'.format([{'b': 1, 'a': [2]}])", "'{a: [2], b: 1}'"},
      {"'%s'.format([{10: 'x', 9u: 'y', true: 'z', 'k': {}}])", "'{10: x, 9: y, k: {}, true: z}'"},
      {"'%d'.format([42])", "'42'"},
      {"'%d'.format([-9223372036854775808])", "'-9223372036854775808'"},
      {"'%d'.format([42u])", "'42'"},
      {"'%d'.format([3.14])", "'3.14'"},
      {"'%d'.format([0.0 / 0.0])", "'NaN'"},
      {"'%f'.format([1])", "'1.000000'"},
      {"'%f'.format([9223372036854775807])", "'9223372036854775807.000000'"},
      {"'%.1f'.format([18446744073709551615u])", "'18446744073709551615.0'"},
      {"'%.2f'.format([2.005])", "'2.00'"},
      {"'%.0f'.format([0.5])", "'0'"},
      {"'%.0f'.format([1.5])", "'2'"},
      {"'%.0f'.format([2.5])", "'2'"},
      {"'%.0f'.format([-2.5])", "'-2'"},
      {"'%.1f'.format([0.25])", "'0.2'"},
      {"'%.3f'.format([-0.0001])", "'-0.000'"},
      {"'%.100f'.format([1.0]).size()", "102"},
      {"'%.100f'.format([-1.7976931348623157e308]).size()", "411"},
      {"'%f'.format([1.0 / 0.0])", "'Infinity'"},
      {"'%f'.format([-1.0 / 0.0])", "'-Infinity'"},
      {"'%e'.format([0.0])", "'0.000000e+00'"},
      {"'%e'.format([1234.5])", "'1.234500e+03'"},
      {"'%.1e'.format([-3.14])", "'-3.1e+00'"},
      {"'%.0e'.format([25000])", "'2e+04'"},
      {"'%.2e'.format([1e-300])", "'1.00e-300'"},
      {"'%.5e'.format([1052u])", "'1.05200e+03'"},
      {"'%e'.format([0.0 / 0.0])", "'NaN'"},
      {"'%x'.format([255])", "'ff'"},
      {"'%x'.format([-255])", "'-ff'"},
      {"'%X'.format([255u])", "'FF'"},
      {"'%x'.format([-9223372036854775808])", "'-8000000000000000'"},
      {"'%x'.format(['\u00e9'])", "'c3a9'"},
      {"'%X'.format(['\u00e9'])", "'C3A9'"},
      {"'%x'.format([b'\\x00\\x0f'])", "'000f'"},
      {"'%x'.format([''])", "''"},
      {"'%o'.format([8])", "'10'"},
      {"'%o'.format([-8])", "'-10'"},
      {"'%o'.format([65535u])", "'177777'"},
      {"'%b'.format([5])", "'101'"},
      {"'%b'.format([-5])", "'-101'"},
      {"'%b'.format([0])", "'0'"},
      {"'%b'.format([18446744073709551615u]).size()", "64"},
      {"'%b'.format([-9223372036854775808]).size()", "65"},
      {"'%b%b'.format([true, false])", "'10'"},
      {"'%.2s|%.0d'.format(['abc', 5])", "'abc|5'"},
      {"'\u00e9%s\U0001F600'.format(['\u00fc'])", "'\u00e9\u00fc\U0001F600'"},
  };
  expect_all(cases);
}

TEST(StringFormat, RefusesWhatItCannotWrite) {
  constexpr Yields cases[] = {
      {"'%'.format([])", "error: unexpected end of string"},
      {"'a%'.format(['b'])", "error: unexpected end of string"},
      {"'%a'.format([1])",
       "error: could not parse formatting clause: unrecognized formatting clause \"a\""},
      {"'%E'.format([1.5])",
       "error: could not parse formatting clause: unrecognized formatting clause \"E\""},
      {"'%\u00e9'.format([1])",
       "error: could not parse formatting clause: unrecognized formatting clause \"\u00e9\""},
      {"'% d'.format([1])",
       "error: could not parse formatting clause: unrecognized formatting clause \" \""},
      {"'%.3%'.format([1])",
       "error: could not parse formatting clause: unrecognized formatting clause \"%\""},
      {"'%.34'.format([5.0])",
       "error: could not parse formatting clause: error while parsing precision: could not find "
       "end of precision specifier"},
      {"'%.'.format([5.0])",
       "error: could not parse formatting clause: error while parsing precision: could not find "
       "end of precision specifier"},
      {"'%.f'.format([5.0])",
       "error: could not parse formatting clause: error while parsing precision: there is no "
       "number after the point"},
      {"'%.-1f'.format([5.0])",
       "error: could not parse formatting clause: error while parsing precision: there is no "
       "number after the point"},
      {"'%.101f'.format([5.0])",
       "error: could not parse formatting clause: error while parsing precision: the number after "
       "the point is more than 100"},
      {"'%.99999999999999999999f'.format([5.0])",
       "error: could not parse formatting clause: error while parsing precision: the number after "
       "the point is more than 100"},
      {"'%d %d %d'.format([0, 1])", "error: index 2 out of range"},
      {"'%s'.format([])", "error: index 0 out of range"},
      {"'%s'.format(['a', 'b'])",
       "error: too many arguments supplied to string.format (expected 1, got 2)"},
      {"'%d'.format(['1'])",
       "error: error during formatting: decimal clause can only be used on integers, was given "
       "string"},
      {"'%d'.format([true])",
       "error: error during formatting: decimal clause can only be used on integers, was given "
       "bool"},
      {"'%f'.format(['1'])",
       "error: error during formatting: fixed-point clause can only be used on doubles, was given "
       "string"},
      {"'%e'.format([null])",
       "error: error during formatting: scientific clause can only be used on doubles, was given "
       "null_type"},
      {"'%x'.format([0.5])",
       "error: error during formatting: only integers, byte buffers, and strings can be formatted "
       "as hex, was given double"},
      {"'%X'.format([[1]])",
       "error: error during formatting: only integers, byte buffers, and strings can be formatted "
       "as hex, was given list"},
      {"'%o'.format([0.5])",
       "error: error during formatting: octal clause can only be used on integers, was given "
       "double"},
      {"'%b'.format([{}])",
       "error: error during formatting: only integers and bools can be formatted as binary, was "
       "given map"},
      {"'%s'.format('a')", "mistake: `format` does not take text and text"},
      {"dyn(1).format([])",
       "error: no such overload: `format` does not take a whole number and a list"},
  };
  expect_all(cases);
}

TEST(StringFormat, IsCharged) {
  std::string doubled = "['x']";
  for (int i = 0; i < 40; ++i) doubled += ".map(x, [x, x])";
  doubled = "'%s'.format([" + doubled + "])";
  const char* const sources[] = {
      doubled.c_str(),
      "'%s'.format([lists.range(9000)])",
      "'%s'.format([lists.range(2500).map(x, "
      "'--------------------------------------------------')])",
      "'%x'.format([lists.range(2000).map(x, '------------------------------').join()])",
  };
  expect_too_costly(sources);
}

}  // namespace
}  // namespace lockgate::cel
