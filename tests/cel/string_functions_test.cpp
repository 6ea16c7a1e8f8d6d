#include "tests/cel/yields.hpp"

namespace lockgate::cel {
namespace {

TEST(StringFunctions, CountInCodePoints) {
  constexpr Yields cases[] = {
      {"'abc'.charAt(0)", "'a'"},
      {"'abc'.charAt(2)", "'c'"},
      {"'abc'.charAt(3)", "''"},
      {"''.charAt(0)", "''"},
      {"'h\u00e9\U0001F600!'.charAt(1)", "'\u00e9'"},
      {"'h\u00e9\U0001F600!'.charAt(2)", "'\U0001F600'"},
      {"'h\u00e9\U0001F600!'.charAt(3)", "'!'"},
      {"'h\u00e9\U0001F600!'.charAt(4)", "''"},
      {"'abc'.charAt(4)", "error: index out of range: 4"},
      {"'abc'.charAt(-1)", "error: index out of range: -1"},
      {"'abc'.charAt(9223372036854775807)", "error: index out of range: 9223372036854775807"},
      {"'\u00e9\u00e9a'.indexOf('a')", "2"},
      {"'\u00e9\u00e9a'.indexOf('\u00e9', 1)", "1"},
      {"'\U0001F600x\U0001F600'.lastIndexOf('\U0001F600')", "2"},
      {"'\U0001F600x\U0001F600'.lastIndexOf('\U0001F600', 1)", "0"},
      {"'\U0001F600\u00e9z'.substring(1)", "'\u00e9z'"},
      {"'\U0001F600\u00e9z'.substring(1, 2)", "'\u00e9'"},
      {"'\U0001F600\u00e9z'.substring(3)", "''"},
      {"'\U0001F600\u00e9z'.substring(4)", "error: index out of range: 4"},
      {"'a\u00e9\U0001F600'.reverse()", "'\U0001F600\u00e9a'"},
      {"'a\u00e9'.split('')", "['a', '\u00e9']"},
      {"'\u00e9\u00e9'.replace('', '-')", "'-\u00e9-\u00e9-'"},
      {"size('a\u00e9\U0001F600')", "3"},
  };
  expect_all(cases);
}

TEST(StringFunctions, FindText) {
  constexpr Yields cases[] = {
      {"'tacocat'.indexOf('a')", "1"},
      {"'tacocat'.indexOf('cat')", "4"},
      {"'tacocat'.indexOf('tacocat')", "0"},
      {"'tacocat'.indexOf('tacocats')", "-1"},
      {"'tacocat'.indexOf('')", "0"},
      {"''.indexOf('')", "0"},
      {"''.indexOf('a')", "-1"},
      {"'tacocat'.indexOf('a', 2)", "5"},
      {"'tacocat'.indexOf('a', 5)", "5"},
      {"'tacocat'.indexOf('a', 6)", "-1"},
      {"'tacocat'.indexOf('a', 7)", "-1"},
      {"'tacocat'.indexOf('', 7)", "7"},
      {"'tacocat'.indexOf('a', 8)", "error: index out of range: 8"},
      {"'tacocat'.indexOf('', 8)", "error: index out of range: 8"},
      {"'tacocat'.indexOf('a', -1)", "error: index out of range: -1"},
      {"'tacocat'.lastIndexOf('a')", "5"},
      {"'tacocat'.lastIndexOf('a', 4)", "1"},
      {"'tacocat'.lastIndexOf('a', 5)", "5"},
      {"'tacocat'.lastIndexOf('a', 0)", "-1"},
      {"'tacocat'.lastIndexOf('t', 0)", "0"},
      {"'tacocat'.lastIndexOf('cat', 7)", "4"},
      {"'tacocat'.lastIndexOf('')", "7"},
      {"'tacocat'.lastIndexOf('', 2)", "2"},
      {"'tacocat'.lastIndexOf('a', 8)", "error: index out of range: 8"},
      {"'tacocat'.lastIndexOf('a', -1)", "error: index out of range: -1"},
      {"''.lastIndexOf('a')", "-1"},
      {"'aaa'.lastIndexOf('aa')", "1"},
      {"'a\\u0000b'.indexOf('\\u0000')", "1"},
      {"'a\\u0000b'.contains('b')", "true"},
      {"''.contains('')", "true"},
      {"''.contains('a')", "false"},
  };
  expect_all(cases);
}

TEST(StringFunctions, CutText) {
  constexpr Yields cases[] = {
      {"'tacocat'.substring(0)", "'tacocat'"},
      {"'tacocat'.substring(4)", "'cat'"},
      {"'tacocat'.substring(7)", "''"},
      {"'tacocat'.substring(0, 4)", "'taco'"},
      {"'tacocat'.substring(4, 7)", "'cat'"},
      {"'tacocat'.substring(7, 7)", "''"},
      {"'tacocat'.substring(0, 0)", "''"},
      {"'tacocat'.substring(8)", "error: index out of range: 8"},
      {"'tacocat'.substring(-1)", "error: index out of range: -1"},
      {"'tacocat'.substring(-3, 2)", "error: index out of range: -3"},
      {"'tacocat'.substring(2, 8)", "error: index out of range: 8"},
      {"'tacocat'.substring(49, 50)", "error: index out of range: 49"},
      {"'tacocat'.substring(2, 1)", "error: invalid substring range. start: 2, end: 1"},
      {"'tacocat'.substring(-9223372036854775808, 9223372036854775807)",
       "error: index out of range: -9223372036854775808"},
      {"'a,b,c'.split(',')", "['a', 'b', 'c']"},
      {"'a,b,c'.split(',', -1)", "['a', 'b', 'c']"},
      {"'a,b,c'.split(',', 0)", "[]"},
      {"'a,b,c'.split(',', 1)", "['a,b,c']"},
      {"'a,b,c'.split(',', 2)", "['a', 'b,c']"},
      {"'a,b,c'.split(',', 3)", "['a', 'b', 'c']"},
      {"'a,b,c'.split(',', 9)", "['a', 'b', 'c']"},
      {"','.split(',')", "['', '']"},
      {"',a,'.split(',')", "['', 'a', '']"},
      {"'abc'.split(',')", "['abc']"},
      {"''.split(',')", "['']"},
      {"''.split('')", "[]"},
      {"'abc'.split('')", "['a', 'b', 'c']"},
      {"'abc'.split('', 1)", "['abc']"},
      {"'abc'.split('', 2)", "['a', 'bc']"},
      {"'abc'.split('', 3)", "['a', 'b', 'c']"},
      {"'abc'.split('', 4)", "['a', 'b', 'c']"},
      {"'aXXb'.split('XX')", "['a', 'b']"},
      {"'XXX'.split('XX')", "['', 'X']"},
      {"'  both \\t\\n'.trim()", "'both'"},
      {"' in side '.trim()", "'in side'"},
      {"'   '.trim()", "''"},
      {"''.trim()", "''"},
      {"'\\u00a0\\u1680\\u3000x\\u0085\\u2029'.trim()", "'x'"},
      {"'\\u200bx'.trim() == '\\u200bx'", "true"},
      {"'\\u180ex'.trim() == '\\u180ex'", "true"},
  };
  expect_all(cases);
}

TEST(StringFunctions, BuildText) {
  constexpr Yields cases[] = {
      {"['x', 'y', 'z'].join()", "'xyz'"},
      {"['x', 'y', 'z'].join(', ')", "'x, y, z'"},
      {"['x'].join(', ')", "'x'"},
      {"['', ''].join('-')", "'-'"},
      {"[].join(', ')", "''"},
      {"[].join()", "''"},
      {"dyn(['x', 1]).join()",
       "error: no such overload: `join` takes a list of text, not of a whole number"},
      {"['x', dyn(null)].join()",
       "error: no such overload: `join` takes a list of text, not of null"},
      {"'MiXed \u00c9 9!'.lowerAscii()", "'mixed \u00c9 9!'"},
      {"'MiXed \u00e9 9!'.upperAscii()", "'MIXED \u00e9 9!'"},
      {"'@[`{'.lowerAscii() + '@[`{'.upperAscii()", "'@[`{@[`{'"},
      {"'12 days 12 hours'.replace('12', '3')", "'3 days 3 hours'"},
      {"'12 days 12 hours'.replace('12', '3', 1)", "'3 days 12 hours'"},
      {"'12 days 12 hours'.replace('12', '3', 0)", "'12 days 12 hours'"},
      {"'12 days 12 hours'.replace('12', '3', -5)", "'3 days 3 hours'"},
      {"'aaaa'.replace('aa', 'b')", "'bb'"},
      {"'aaa'.replace('aa', 'b')", "'ba'"},
      {"'abab'.replace('ab', '')", "''"},
      {"'abc'.replace('x', 'y')", "'abc'"},
      {"'abc'.replace('', '-')", "'-a-b-c-'"},
      {"'abc'.replace('', '-', 2)", "'-a-bc'"},
      {"'abc'.replace('', '-', 4)", "'-a-b-c-'"},
      {"''.replace('', '-')", "'-'"},
      {"''.replace('a', '-')", "''"},
      {"'gums'.reverse()", "'smug'"},
      {"''.reverse()", "''"},
      {"strings.quote('plain')", "'\"plain\"'"},
      {"strings.quote('')", "'\"\"'"},
      {"strings.quote('say \"hi\"')", "'\"say \\\"hi\\\"\"'"},
      {"strings.quote('a\\\\b')", "'\"a\\\\b\"'"},
      {"strings.quote('\\a\\b\\f\\n\\r\\t\\v')", "'\"\\a\\b\\f\\n\\r\\t\\v\"'"},
      {"strings.quote('\u00e9\U0001F600')", "'\"\u00e9\U0001F600\"'"},
      {"strings.quote('\\u0000').size()", "3"},
      {"base64.encode(b'')", "''"},
      {"base64.encode(b'f')", "'Zg=='"},
      {"base64.encode(b'fo')", "'Zm8='"},
      {"base64.encode(b'foo')", "'Zm9v'"},
      {"base64.encode(b'foobar')", "'Zm9vYmFy'"},
      {"base64.encode(b'\\xff\\xfe\\xfd')", "'//79'"},
      {"base64.decode('Zg==')", "b'f'"},
      {"base64.decode('Zg')", "b'f'"},
      {"base64.decode('Zm8')", "b'fo'"},
      {"base64.decode('Zm9vYmFy')", "b'foobar'"},
      {"base64.decode('//79') == b'\\xff\\xfe\\xfd'", "true"},
      {"base64.decode('')", "b''"},
      {"base64.decode('Z')", "error: the text is not base64"},
      {"base64.decode('Zg=')", "error: the text is not base64"},
      {"base64.decode('Zg===')", "error: the text is not base64"},
      {"base64.decode('=')", "error: the text is not base64"},
      {"base64.decode('====')", "error: the text is not base64"},
      {"base64.decode('Z g=')", "error: the text is not base64"},
      {"base64.decode('_-79')", "error: the text is not base64"},
  };
  expect_all(cases);
}

TEST(StringFunctions, TakeNothingElse) {
  constexpr Yields cases[] = {
      {"(1).charAt(0)", "mistake: `charAt` does not take a whole number and a whole number"},
      {"dyn(1).charAt(0)",
       "error: no such overload: `charAt` does not take a whole number and a whole number"},
      {"'a'.charAt(dyn('0'))", "error: no such overload: `charAt` does not take text and text"},
      {"'a'.charAt('0')", "mistake: `charAt` does not take text and text"},
      {"'a'.charAt()", "mistake: `charAt` does not take text"},
      {"'a'.indexOf('a', 0, 0)",
       "mistake: `indexOf` does not take text and text and a whole number and a whole number"},
      {"'a'.replace('a', dyn(1))",
       "error: no such overload: `replace` does not take text and text and a whole number"},
      {"'a'.replace('a', 'b', dyn('c'))",
       "error: no such overload: `replace` does not take text and text and text and text"},
      {"[1, 2].join()", "mistake: `join` does not take a list of int"},
      {"['a'].join(1)", "mistake: `join` does not take a list of string and a whole number"},
      {"dyn(1).reverse()", "error: no such overload: `reverse` does not take a whole number"},
      {"dyn({}).trim()", "error: no such overload: `trim` does not take a map"},
      {"strings.quote(1)", "mistake: `strings.quote` does not take a whole number"},
      {"strings.quote(dyn(1))",
       "error: no such overload: `strings.quote` does not take a whole number"},
      {"base64.encode('text')", "mistake: `base64.encode` does not take text"},
      {"base64.decode(dyn(b'x'))", "error: no such overload: `base64.decode` does not take bytes"},
      {"strings.qoute('x')", "mistake: unknown function `strings.qoute`"},
      {"strings.charAt('x', 0)", "mistake: unknown function `strings.charAt`"},
      {"strings", "mistake: unknown name `strings`"},
      {"strings.quote", "mistake: unknown name `strings.quote`"},
  };
  expect_all(cases);
}

TEST(StringFunctions, SuggestTheNameThatWasMeant) {
  const auto help = [](const char* source) {
    const auto program = compile(source, {});
    return program ? std::string() : program.error().front().help;
  };
  EXPECT_EQ(help("'A'.lowerAsci()"), "did you mean `lowerAscii`?");
  EXPECT_EQ(help("strings.qoute('x')"), "did you mean `strings.quote`?");
  EXPECT_EQ(help("math.gratest(1, 2)"), "did you mean `math.greatest`?");
  EXPECT_EQ(help("trim('x')"), "write x.trim(...)");
  EXPECT_EQ(help("'1'.int()"), "write int(x)");
  EXPECT_EQ(help("'A'.nothingLikeIt()"), "");
}

// A fact may have the name of a library.
TEST(StringFunctions, GiveWayToAVariableOfThatName) {
  Declarations declarations;
  declarations.declare("sets", Kind::string);
  const auto member = compile("sets.contains('b')", declarations);
  ASSERT_TRUE(member.has_value()) << member.error().front().message;
  EXPECT_TRUE(member->evaluate(std::vector{Value::string("abc")}).is_true());
  EXPECT_EQ(text_of("['abc'].exists(sets, sets.contains('b'))"), "true");
  EXPECT_EQ(text_of("sets.contains(['abc'], ['abc'])"), "true");
}

TEST(StringFunctions, AreCharged) {
  // 2 characters, ten times as many by each replacement.
  std::string tenfold = "'aa'";
  for (int i = 0; i < 18; ++i) tenfold += ".replace('a', 'aaaaaaaaaa')";
  const std::string between = tenfold + ".replace('', 'a')";
  const std::string joined = "[" + tenfold + "].join('-')";
  const char* const sources[] = {
      tenfold.c_str(),
      between.c_str(),
      joined.c_str(),
      "lists.range(3000).map(x, '----------------').join('----------------')",
      "lists.range(5000).map(x, 'ab').join().split('')",
  };
  expect_too_costly(sources);
}

TEST(StringFunctions, AreChargedForWhatTheySearch) {
  Declarations declarations;
  declarations.declare("text", Kind::string);
  declarations.declare("key", Kind::string);
  declarations.declare("map", Type::map(Kind::string, Kind::integer));
  const Value text = Value::string(std::string(1 << 20, 'a'));
  const Value key = Value::string(std::string((1 << 20) - 1, 'a') + "b");
  const std::vector<Value> values = {text, key, Value::map({{text, Value::integer(1)}})};
  for (const char* source :
       {"text.lastIndexOf(key) > 0", "text.indexOf(key) > 0", "text.contains(key)", "text < key",
        "text == key", "key in map", "size(text) > 0", "text.matches(key)", "text.trim() == ''",
        "has(map.a) || map[key] == 1", "[key].distinct() == [text]", "[text, key].sort() == []",
        "sets.contains([text], [key])", "isIP(text)", "base64.decode(text) == b''"}) {
    const auto program = compile(source, declarations);
    ASSERT_TRUE(program.has_value()) << source << ": " << program.error().front().message;
    EXPECT_EQ(program->evaluate(values, {.cost = 10'000}).text(),
              "error: the expression takes too many steps")
        << source;
  }
}

}  // namespace
}  // namespace lockgate::cel
