// Every mistake that an author can make has one message, with its place, what to
// do, and a code that means nothing else.

#include "tests/rules/small_council.hpp"

#include <gmock/gmock.h>

#include <set>

namespace lockgate::rules {
namespace {

// "out of `from` comes `to`", in text that holds `from`.
std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

const std::string kRule = rule("fp-01", "people.participants > 20", R"(submit = "refer")");

std::string with_when(const std::string& when) {
  return replaced(kRule, "'people.participants > 20'", when);
}
std::string changed(const std::string& from, const std::string& to) {
  return replaced(kRule, from, to);
}
std::string fact(const std::string& lines) {
  return "[[fact]]\nname = \"x.y\"\nmeaning = \"m\"\nquestion = \"q?\"\n" + lines;
}

struct Mistake {
  const char* name;
  std::string rules;  // beside the small council's core
  const char* code;
  const char* under;  // what the caret underlines
  const char* message;
  const char* label = "";
  const char* help = "";
};

// What stands at the issue's place.
std::string underlined(const Issue& issue, std::string_view text) {
  for (std::size_t line = 1; line < issue.line; ++line) {
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  }
  return std::string(text.substr(issue.column - 1, issue.length));
}

class OneMistake : public testing::TestWithParam<Mistake> {};

TEST_P(OneMistake, HasOneMessageAtItsPlace) {
  const Mistake& expected = GetParam();
  const Loaded loaded = load_with(expected.rules);
  EXPECT_EQ(loaded.rules, nullptr);
  ASSERT_EQ(loaded.issues.size(), 1u) << in_plain(loaded.issues);
  const Issue& issue = loaded.issues.front();
  EXPECT_EQ(issue.code, expected.code);
  EXPECT_EQ(issue.message, expected.message);
  EXPECT_EQ(issue.label, expected.label);
  EXPECT_EQ(issue.help, expected.help);
  ASSERT_EQ(issue.file, "packs/rules.toml");
  EXPECT_EQ(underlined(issue, expected.rules), expected.under);
}

void PrintTo(const Mistake& mistake, std::ostream* out) { *out << mistake.name; }

std::string name_of(const testing::TestParamInfo<Mistake>& info) { return info.param.name; }

const std::string kOutcomeHelp = "`block`, `ask`, `refer`, `condition` or `note`";

// --- keys, types and words ---------------------------------------------------

const Mistake kKeys[] = {
    {"UnknownKeyNearNothing", changed("basis", "colour = \"red\"\nbasis"), "LG102", "colour",
     "unknown key `colour` in rule `fp-01`"},
    {"MisspeltKeyIsNotMissingToo", changed("say = ", "sya = "), "LG102", "sya",
     "unknown key `sya` in rule `fp-01`", "", "did you mean `say`?"},
    {"MisspeltIdIsReadAsMeant", changed("id = ", "idd = "), "LG102", "idd",
     "unknown key `idd` in this rule", "", "did you mean `id`?"},
    {"KeyGivenInTwoSpellings", changed("basis", "sayy = \"x\"\nbasis"), "LG102", "sayy",
     "unknown key `sayy` in rule `fp-01`", "", "did you mean `say`?"},
    {"UnknownTable", changed("[[rule]]", "[[rulle]]"), "LG102", "rulle", "unknown key `rulle`", "",
     "did you mean `rule`?"},
    {"MissingKey", changed("say = \"What fp-01 says.\"\n", ""), "LG103", "[[rule]]",
     "`say` is missing in rule `fp-01`"},
    {"MissingDate", changed("review_by = 2027-12-31\n", ""), "LG103", "[[rule]]",
     "`review_by` is missing in rule `fp-01`"},
    {"MissingSource", changed("source = [\"Standing orders\"]\n", ""), "LG103", "[[rule]]",
     "`source` is missing in rule `fp-01`"},
    {"MissingType", fact(""), "LG103", "[[fact]]", "`type` is missing in fact `x.y`"},
    {"MissingValues", fact("type = \"enum\"\n"), "LG103", "[[fact]]",
     "`values` is missing in fact `x.y`"},
    {"NumberForText", changed("\"What fp-01 says.\"", "2026.03"), "LG104", "2026.03",
     "`say` must be text", "this is a number", "put it in quotes: `say = \"2026.03\"`"},
    {"TextForDate", changed("2027-12-31", "\"2027-12-31\""), "LG104", "\"2027-12-31\"",
     "`review_by` must be a date such as 2026-11-23", "this is text", "write it without quotes"},
    {"MomentForDate", changed("2027-12-31", "2027-12-31T00:00:00Z"), "LG104",
     "2027-12-31T00:00:00Z", "`review_by` must be a date such as 2026-11-23",
     "this is a date or time"},
    {"TextForList", changed("[\"Standing orders\"]", "\"Standing orders\""), "LG104",
     "\"Standing orders\"", "`source` must be a list of texts", "this is text",
     "put it in brackets: `source = [\"Standing orders\"]`"},
    {"NumberInList", changed("\"Standing orders\"", "\"Standing orders\", 3"), "LG104", "3",
     "`source` must be a list of texts", "this is a number"},
    {"TextForTruth", fact("type = \"bool\"\nsensitive = \"yes\"\n"), "LG104", "\"yes\"",
     "`sensitive` must be true or false", "this is text", "write it without quotes"},
    {"TextForNumber", fact("type = \"int\"\nmax = \"7\"\n"), "LG104", "\"7\"",
     "`max` must be a number", "this is text", "write it without quotes"},
    {"NumberForOutcome", changed("submit = \"refer\"", "submit = 3"), "LG104", "3",
     "an outcome must be text", "this is a number", "put the word in quotes: `submit = \"refer\"`"},
    {"TableForList", "[rule]\n", "LG104", "[rule]",
     "`rule` must be a list of tables, written as [[rule]]", "this is a table"},
    {"TextForTable", changed("{ submit = \"refer\" }", "\"submit\""), "LG104", "\"submit\"",
     "`at` must be a table", "this is text"},
    {"UnknownOutcome", changed("\"refer\"", "\"blok\""), "LG105", "\"blok\"",
     "`blok` is not an outcome", "",
     "did you mean `block`? It may be `block`, `ask`, `refer`, `condition` or `note`"},
    {"UnknownGate", changed("submit = \"refer\"", "submitt = \"refer\""), "LG105", "submitt",
     "`submitt` is not a gate", "",
     "did you mean `submit`? It may be `submit`, `decide`, `run` or `close`"},
    {"UnknownBasis", changed("\"our default\"", "\"gossip\""), "LG105", "\"gossip\"",
     "`gossip` is not a basis", "", "write `law`, `guidance`, `local rules` or `our default`"},
    {"UnknownBefore", changed("basis", "before = \"closing\"\nbasis"), "LG105", "\"closing\"",
     "`closing` is not what a condition can hold", "", "write `start` or `close`"},
    {"UnknownFactType", fact("type = \"integer\"\n"), "LG105", "\"integer\"",
     "`integer` is not a type of fact", "",
     "write `bool`, `int`, `uint`, `double`, `string`, `enum`, `money`, `date`, `timestamp`, "
     "`duration`, `list`, `map` or `record`"},
    {"UnknownSettingType",
     "[[setting]]\nname = \"cfg.x\"\ntype = \"date\"\nvalue = 1\nmeaning = \"m\"\n", "LG105",
     "\"date\"", "`date` is not a type of setting", "",
     "write `int`, `uint`, `double`, `money`, `bool` or `string`"},
    {"UnknownOrigin", fact("type = \"bool\"\nfrom = \"locgate\"\n"), "LG105", "\"locgate\"",
     "`locgate` is not where a fact can come from", "",
     "did you mean `lockgate`? It may be `lockgate`"},
};
INSTANTIATE_TEST_SUITE_P(Keys, OneMistake, testing::ValuesIn(kKeys), name_of);

// --- form --------------------------------------------------------------------

const Mistake kForms[] = {
    {"IdWithOneDigit", changed("\"fp-01\"", "\"fp-1\""), "LG106", "\"fp-1\"",
     "`fp-1` is not an id for a rule", "",
     "write letters, a hyphen and at least two digits: `fp-03`"},
    {"IdInCapitals", changed("\"fp-01\"", "\"FP-01\""), "LG106", "\"FP-01\"",
     "`FP-01` is not an id for a rule", "",
     "write letters, a hyphen and at least two digits: `fp-03`"},
    {"QuestionThatIsNone", changed("Does fp-01 apply?", "It applies."), "LG106", "\"It applies.\"",
     "`question` does not end with a question mark", "",
     "ask it of a person: `How many people will take part?`"},
    {"EmptyText", changed("\"What fp-01 says.\"", "\"\""), "LG106", "\"\"", "`say` is empty"},
    {"EmptyExpression", with_when("''"), "LG106", "''", "`when` is empty"},
    {"NoGate", changed("{ submit = \"refer\" }", "{}"), "LG106", "{}", "`at` names no gate", "",
     "write `at = { submit = \"refer\", decide = \"block\" }`"},
    {"NoSource", changed("[\"Standing orders\"]", "[]"), "LG106", "[]", "`source` names no source",
     "", "say where the rule comes from: `[\"Children Act 1989 s.47\"]`"},
    {"FactNamedLikeTheSettings", replaced(fact("type = \"bool\"\n"), "x.y", "cfg"), "LG106",
     "\"cfg\"", "`cfg` is not a name for a fact", "",
     "use lower case with dots: `people.participants`"},
    {"FactInCapitals", replaced(fact("type = \"bool\"\n"), "x.y", "People.children"), "LG106",
     "\"People.children\"", "`People.children` is not a name for a fact", "",
     "use lower case with dots: `people.participants`"},
    {"FactWithAKeyword", replaced(fact("type = \"bool\"\n"), "x.y", "people.in"), "LG106",
     "\"people.in\"", "`people.in` is not a name for a fact", "",
     "use lower case with dots: `people.participants`"},
    {"FactThatLooksLikeASetting", replaced(fact("type = \"bool\"\n"), "x.y", "cfg.y"), "LG106",
     "\"cfg.y\"", "`cfg.y` is not a name for a fact", "",
     "use lower case with dots: `people.participants`"},
    {"SettingWithoutCfg",
     "[[setting]]\nname = \"quorum.min\"\ntype = \"int\"\nvalue = 1\nmeaning = \"m\"\n", "LG106",
     "\"quorum.min\"", "`quorum.min` is not a name for a setting", "",
     "use lower case with dots: `cfg.quorum_min`"},
    {"ExpressionWithoutCalc", "[[expression]]\nname = \"score\"\nmeaning = \"m\"\nis = '1'\n",
     "LG106", "\"score\"", "`score` is not a name for a named expression", "",
     "use lower case with dots: `calc.score`"},
    {"EnumOfNothing", fact("type = \"enum\"\nvalues = []\n"), "LG106", "[]",
     "`values` lists no word"},
    {"ValuesWithoutEnum", fact("type = \"bool\"\nvalues = [\"a\"]\n"), "LG106", "[\"a\"]",
     "only an `enum` has `values`", "", "take them out, or write `type = \"enum\"`"},
    {"LeastOfAText", fact("type = \"string\"\nmin = 1\n"), "LG106", "1",
     "only a number has a `min`", "", "take it out"},
    {"EmptyRole", "roles = [\"\"]\n", "LG106", "\"\"", "a role has no name", "", "take it out"},
    {"EmptyRuleToSwitchOff", "[[switch_off]]\nrule = \"\"\nreason = \"r\"\n", "LG106", "\"\"",
     "`rule` is empty"},
    {"DatesInTheWrongOrder", changed("2027-12-31", "2026-11-22"), "LG109", "2026-11-22",
     "`review_by` is before `checked_on`", "", "give the day by which somebody must look again"},
    {"DefaultOfAnotherType", fact("type = \"int\"\ndefault = \"many\"\n"), "LG108", "\"many\"",
     "`default` does not fit `x.y`, an `int`", "", "write a whole number: 40"},
    {"DefaultWithTooManyDecimals", fact("type = \"money\"\ndefault = 0.125\n"), "LG108", "0.125",
     "`default` does not fit `x.y`, a `money`", "",
     "write pounds as a number with at most two decimals: 8400.50"},
    {"DefaultThatIsNoValue", fact("type = \"enum\"\nvalues = [\"none\"]\ndefault = \"nome\"\n"),
     "LG108", "\"nome\"", "`default` does not fit `x.y`, an `enum`", "", "did you mean `none`?"},
    {"DefaultBelowLeast", fact("type = \"int\"\nmin = 1\ndefault = 0\n"), "LG108", "0",
     "`default` does not fit `x.y`, an `int`", "", "write at least 1"},
    {"DefaultAboveMost", fact("type = \"int\"\nmax = 5\ndefault = 6\n"), "LG108", "6",
     "`default` does not fit `x.y`, an `int`", "", "write at most 5"},
    {"DefaultThatIsNoNumber", fact("type = \"double\"\ndefault = nan\n"), "LG108", "nan",
     "`default` does not fit `x.y`, a `double`"},
    {"DefaultThatIsNoDay", fact("type = \"date\"\ndefault = \"2026-02-30\"\n"), "LG108",
     "\"2026-02-30\"", "`default` does not fit `x.y`, a `date`", "",
     "write a date: \"2026-11-23\""},
    {"MostBelowLeast", fact("type = \"int\"\nmin = 2\nmax = 1\n"), "LG108", "1",
     "`max` is less than `min`"},
    {"InfiniteMost", fact("type = \"double\"\nmax = inf\n"), "LG108", "inf",
     "`max` is not a number"},
    {"SettingThatDoesNotFit",
     "[[setting]]\nname = \"cfg.x\"\ntype = \"int\"\nvalue = 1.5\nmeaning = \"m\"\n", "LG108",
     "1.5", "`value` does not fit `cfg.x`, an `int`", "", "write a whole number: 40"},
};
INSTANTIATE_TEST_SUITE_P(Forms, OneMistake, testing::ValuesIn(kForms), name_of);

// --- expressions ---------------------------------------------------------------

std::string expression(const std::string& name, const std::string& is) {
  return "[[expression]]\nname = \"calc." + name + "\"\nmeaning = \"m\"\nis = '" + is + "'\n";
}

const Mistake kExpressions[] = {
    {"OneEqualsSign", with_when("'data.personal = true'"), "LG110", "=", "`=` has no meaning here",
     "", "write `==` to compare"},
    {"WordsForOperators", with_when("'data.personal and people.children'"), "LG110", "and",
     "did not expect `and` here"},
    {"ExpressionThatEndsEarly", with_when("'data.personal &&'"), "LG110", "'",
     "the expression ends too early"},
    {"PlaceInALiteralOfSeveralLines",
     with_when("'''\n  people.participants > 20 &&\n  people.chidlren\n'''"), "LG111",
     "people.chidlren", "unknown name `people.chidlren`", "", "did you mean `people.children`?"},
    {"PlaceInATextWithEscapes", with_when(R"("data.dpia == \"draft\" && \u0070eople.chidlren")"),
     "LG111", R"(\u0070eople.chidlren)", "unknown name `people.chidlren`", "",
     "did you mean `people.children`?"},
    {"PlaceBehindJoinedLines", with_when("\"\"\"\n data.personal \\\n    && people.chidlren\"\"\""),
     "LG111", "people.chidlren", "unknown name `people.chidlren`", "",
     "did you mean `people.children`?"},
    {"PlaceBehindLettersOfSeveralBytes",
     with_when("'data.dpia.contains(\"é€\") || people.chidlren'"), "LG111", "people.chidlren",
     "unknown name `people.chidlren`", "", "did you mean `people.children`?"},
    {"UnknownFact", with_when("'people.partcipants > 20'"), "LG111", "people.partcipants",
     "unknown name `people.partcipants`", "", "did you mean `people.participants`?"},
    {"FactWithoutItsBranch", with_when("'participants > 20'"), "LG111", "participants",
     "unknown name `participants`", "", "did you mean `people.participants`?"},
    {"UnknownSetting", with_when("'calc.score > cfg.risk_hihg'"), "LG111", "cfg.risk_hihg",
     "unknown name `cfg.risk_hihg`", "", "did you mean `cfg.risk_high`?"},
    {"UnknownFunction", with_when("'today() > now'"), "LG110", "today()",
     "unknown function `today`"},
    {"NumberAgainstText", with_when("'people.participants > \"20\"'"), "LG112",
     "people.participants > \"20\"", "`>` does not take a whole number and text"},
    {"WholeNumberTimesMoney", with_when("'money.cost_gbp * 2 > 10.0'"), "LG112",
     "money.cost_gbp * 2", "`*` does not take a decimal number and a whole number", "",
     "write the whole number with `.0`, or double(x)"},
    {"ConditionThatIsANumber", with_when("'people.participants'"), "LG112", "'people.participants'",
     "`when` must be true or false", "this is a whole number",
     "compare it with something: `... > 0`"},
    {"NumberWithinAnd", with_when("'data.personal && people.participants'"), "LG112",
     "people.participants", "each side of `&&` must be true or false", "this is a whole number"},
    {"MistakeInANamedExpression", expression("x", "people.children + 1"), "LG112",
     "people.children + 1", "`+` does not take true or false and a whole number"},
    {"MisspeltWordOfAnEnum", with_when("'data.dpia == \"signd_off\"'"), "LG113", "\"signd_off\"",
     "`signd_off` is not a value of `data.dpia`", "",
     "did you mean `signed_off`? The values are `none`, `screened_out`, `draft` and `signed_off`"},
    {"MisspeltWordBeforeItsFact", with_when("'\"drafft\" != data.dpia'"), "LG113", "\"drafft\"",
     "`drafft` is not a value of `data.dpia`", "",
     "did you mean `draft`? The values are `none`, `screened_out`, `draft` and `signed_off`"},
    {"MisspeltWordInAList", with_when("'data.dpia in [\"none\", \"finished\"]'"), "LG113",
     "\"finished\"", "`finished` is not a value of `data.dpia`", "",
     "The values are `none`, `screened_out`, `draft` and `signed_off`"},
    {"MisspeltGate", with_when("'proposal.stage == \"decided\"'"), "LG113", "\"decided\"",
     "`decided` is not a value of `proposal.stage`", "",
     "did you mean `decide`? The values are `submit`, `decide`, `run` and `close`"},
    {"NotAPattern", with_when("'data.dpia.matches(\"(\")'"), "LG110", "\"(\"",
     "not a valid pattern", "", "patterns have RE2's syntax: no backreferences, no lookaround"},
    {"ExpressionThatUsesItself", expression("x", "calc.x + 1"), "LG114", "\"calc.x\"",
     "`calc.x` depends on itself", "", "`calc.x` uses `calc.x`"},
    {"ExpressionsInACircle",
     expression("a", "calc.b + 1") + expression("b", "calc.c") + expression("c", "calc.a"), "LG114",
     "\"calc.a\"", "`calc.a` depends on itself", "",
     "`calc.a` uses `calc.b`, which uses `calc.c`, which uses `calc.a`"},
    {"O34_RuleThatIsNeverTrue", with_when("'people.children && false'"), "LG115",
     "'people.children && false'", "this rule can never apply", "this is never true",
     "look for two conditions that exclude each other, or take the rule out"},
    {"RuleWithTwoWordsAtOnce", with_when("'data.dpia == \"none\" && data.dpia == \"draft\"'"),
     "LG115", "'data.dpia == \"none\" && data.dpia == \"draft\"'", "this rule can never apply",
     "this is never true", "look for two conditions that exclude each other, or take the rule out"},
    {"RuleForAGateAtWhichItIsNotAsked", with_when("'proposal.stage == \"close\"'"), "LG115",
     "'proposal.stage == \"close\"'", "this rule can never apply", "this is never true",
     "look for two conditions that exclude each other, or take the rule out"},
    {"TooLongAnExpression", with_when("'" + std::string(5000, ' ') + "true'"), "LG110", " ",
     "the expression is longer than 4096 characters", "", "split it into named parts"},
    {"TooDeepAnExpression",
     with_when("'" + std::string(40, '(') + "true" + std::string(40, ')') + "'"), "LG110", "(",
     "the expression is nested more than 32 deep", "", "split it into named parts"},
};
INSTANTIATE_TEST_SUITE_P(Expressions, OneMistake, testing::ValuesIn(kExpressions), name_of);

// --- what several parts disagree about -------------------------------------------

const Mistake kTogether[] = {
    {"O34_RuleDeclaredTwice", kRule + kRule, "LG107", "\"fp-01\"", "rule `fp-01` is declared twice",
     "", "keep one of them; the first is at packs/rules.toml:2:6"},
    {"FactDeclaredTwice", replaced(fact("type = \"bool\"\n"), "x.y", "data.personal"), "LG107",
     "\"data.personal\"", "fact `data.personal` is declared twice", "",
     "keep one of them; the first is at packs/core.toml:4:8"},
    {"SettingDeclaredTwice",
     "[[setting]]\nname = \"cfg.risk_high\"\ntype = \"int\"\nvalue = 1\nmeaning = \"m\"\n", "LG107",
     "\"cfg.risk_high\"", "setting `cfg.risk_high` is declared twice", "",
     "keep one of them; the first is at packs/core.toml:68:8"},
    {"ExpressionDeclaredTwice", expression("score", "1"), "LG107", "\"calc.score\"",
     "expression `calc.score` is declared twice", "",
     "keep one of them; the first is at packs/core.toml:74:8"},
    {"RoleDeclaredTwice", "roles = [\"Board\"]\n", "LG107", "\"Board\"",
     "role `Board` is declared twice", "",
     "keep one of them; the first is at packs/core.toml:1:10"},
    {"ValueListedTwice", fact("type = \"enum\"\nvalues = [\"a\", \"b\", \"a\"]\n"), "LG107",
     "[\"a\", \"b\", \"a\"]", "`a` is listed twice", "", "keep one of them"},
    {"FactBelowAFact", replaced(fact("type = \"bool\"\n"), "x.y", "data.dpia.date"), "LG107",
     "\"data.dpia.date\"", "`data.dpia.date` is a part of `data.dpia`, which is a fact itself", "",
     "rename one of them; the other is at packs/core.toml:10:8"},
    {"UnknownRole", changed("\"Board\"", "\"Bord\""), "LG116", "\"Bord\"",
     "there is no role `Bord`", "", "did you mean `Board`?"},
    {"ReferralToTheProposer", changed("\"Board\"", "\"Proposer\""), "LG116", "\"Proposer\"",
     "a `refer` cannot go to the proposer", "",
     "name a role that sits on a board, or write `condition`"},
    {"UnknownRoleNearNothing", changed("\"Board\"", "\"Fire Brigade\""), "LG116",
     "\"Fire Brigade\"", "there is no role `Fire Brigade`", "", "declare it with `roles = [...]`"},
    {"OverrideOfNoSetting", "[settings]\n\"cfg.risk_hihg\" = 1\n", "LG117", "\"cfg.risk_hihg\"",
     "there is no setting `cfg.risk_hihg`", "", "did you mean `cfg.risk_high`?"},
    {"OverrideInTheFolderOfItsSetting", "[settings]\n\"cfg.risk_high\" = 1\n", "LG118",
     "\"cfg.risk_high\"", "`cfg.risk_high` can be overridden only in a later folder", "",
     "change it where it is declared, at packs/core.toml:68:8"},
    {"SwitchOffOfNoRule", kRule + "[[switch_off]]\nrule = \"fp-02\"\nreason = \"r\"\n", "LG117",
     "\"fp-02\"", "there is no rule `fp-02`", "", "did you mean `fp-01`?"},
    {"SwitchOffInTheFolderOfItsRule", kRule + "[[switch_off]]\nrule = \"fp-01\"\nreason = \"r\"\n",
     "LG118", "\"fp-01\"", "`fp-01` can be switched off only in a later folder", "",
     "take the rule itself out, at packs/rules.toml:2:6"},
};
INSTANTIATE_TEST_SUITE_P(Together, OneMistake, testing::ValuesIn(kTogether), name_of);

// --- not TOML --------------------------------------------------------------------

const Mistake kToml[] = {
    {"NoClosingQuote", changed("\"What fp-01 says.\"", "\"What fp-01 says."), "LG101",
     "\"What fp-01 says.", "this text has no closing quote", "", "put the same quote at its end"},
    {"NoClosingSingleQuote", with_when("'people.children"), "LG101", "'people.children",
     "this text has no closing quote", "", "put the same quote at its end"},
    {"NoClosingTripleQuote", with_when("'''people.children"), "LG101", "'''people.children",
     "this text has no closing quote", "", "put the same quote at its end"},
    {"O34_TwoDefaults", fact("type = \"int\"\ndefault = 0\ndefault = 1\n"), "LG101", "default",
     "`default` is given twice", "", "keep one of them"},
    {"TableGivenTwice", "[settings]\n[settings]\n", "LG101", "settings",
     "`settings` is given twice", "", "put everything under one `[settings]`"},
    {"SingleAndDoubleBrackets", kRule + "[rule]\n", "LG101", "rule",
     "`rule` is written with single and with double brackets", "", "write `[[rule]]` each time"},
    {"NoEqualsSign", changed("say = ", "say "), "LG101", "\"What", "there is no `=` after this key",
     "", "write `key = value`"},
    {"NoValue", changed("\"What fp-01 says.\"", ""), "LG101", "\n",
     "there is no value after the `=`", "", "write `key = value`"},
    {"TextWithoutQuotes", changed("\"What fp-01 says.\"", "What fp-01 says."), "LG101", "What",
     "this is no value", "", "put text in quotes; write `true` and `false` without"},
    {"TrueInAnotherSpelling", fact("type = \"bool\"\ndefault = truth\n"), "LG101", "truth",
     "this is no value", "", "put text in quotes; write `true` and `false` without"},
    {"TwoValues", changed("2027-12-31", "2027-12-31 or later"), "LG101", "or",
     "this does not belong on this line", "", "begin a new line; text stands in quotes"},
    {"DayThatDoesNotExist", changed("2027-12-31", "2027-02-30"), "LG101", "2027-02-30",
     "this is not a date that exists", "", "write it as `2026-11-23`"},
    {"NumberThatIsTooLarge", fact("type = \"int\"\ndefault = 9223372036854775808\n"), "LG101",
     "9223372036854775808", "this number is too large", "",
     "put it in quotes if it is not counted with"},
    {"TimeThatDoesNotExist", changed("2027-12-31", "2027-12-31T25:00:00Z"), "LG101",
     "2027-12-31T25:00:00Z", "this is not a time that exists", "",
     "write it as `2026-11-23T12:00:00Z`"},
    {"UndefinedEscape", changed("What fp-01 says.", "\\u12"), "LG101", "\"",
     "this is not the number of a character", "", "write `\\u` and four hexadecimal digits"},
    {"KeyThatBeginsWithADot", ".title = \"x\"\n", "LG101", ".title",
     "a line cannot begin like this", "", "write `key = value`, `[table]` or `# comment`"},
    {"KeyThatEndsInADot", "title. = \"x\"\n", "LG101", "=", "a key cannot begin like this", "",
     "keys are letters, digits, `_` and `-`; put anything else in quotes"},
    {"CommaAlone", changed("[\"Standing orders\"]", "[\"Standing orders\",,]"), "LG101", ",",
     "a value is missing before this comma", "", ""},
    {"NumberWithALeadingZero", fact("type = \"int\"\ndefault = 007\n"), "LG101", "007",
     "a number does not begin with 0", "", "take the 0 away, or put it in quotes"},
    {"BackslashInAText", changed("What fp-01 says.", "C:\\qdir"), "LG101", "qdir\"",
     "this backslash means nothing here", "",
     "write `\\\\` for a backslash, or put the text in single quotes"},
    {"OpenList", changed("[\"Standing orders\"]", "[\"Standing orders\""), "LG101", "checked_on",
     "a comma or `]` is missing here", "", ""},
    {"TableOverSeveralLines", changed("{ submit = \"refer\" }", "{\n submit = \"refer\" }"),
     "LG101", "\n", "this table in `{ }` does not go on like this", "",
     "write it on one line: `{ submit = \"refer\", decide = \"block\" }`"},
    {"CommaTooMany", changed("\"refer\" }", "\"refer\", }"), "LG101", "}",
     "the comma before this `}` is one too many", "", ""},
    {"HeaderWithoutItsBracket", changed("[[rule]]", "[[rule]"), "LG101", "\n",
     "this table header lacks its `]`", "", "write `[name]` or `[[name]]` on a line of its own"},
    {"LineOfProse", "Rules of our council\n", "LG101", "of", "there is no `=` after this key", "",
     "write `key = value`"},
    {"NotUtf8", changed("What fp-01", "What \xE9 fp-01"), "LG101", " ",
     "the file is not valid UTF-8 here", "", "save it as UTF-8"},
};
INSTANTIATE_TEST_SUITE_P(Toml, OneMistake, testing::ValuesIn(kToml), name_of);

}  // namespace
}  // namespace lockgate::rules
